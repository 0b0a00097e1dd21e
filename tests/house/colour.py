"""OKLCH to contrast, by the published matrices of OKLab and WCAG 2's formula."""

import math
import re

OKLCH = re.compile(r"oklch\(\s*([\d.]+)(%?)\s+([\d.]+)\s+([\d.]+)(?:deg)?\s*\)")


def luminance(colour: str) -> float:
    """WCAG relative luminance of an opaque `oklch(…)`, clipped to what a screen can show."""
    found = OKLCH.fullmatch(colour.strip())
    assert found, f"{colour!r} is not an opaque oklch() colour"
    lightness = float(found[1]) / (100 if found[2] else 1)
    red, green, blue = linear_rgb(lightness, float(found[3]), math.radians(float(found[4])))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear_rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        clip(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        clip(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        clip(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def clip(value: float) -> float:
    return min(1.0, max(0.0, value))


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)
