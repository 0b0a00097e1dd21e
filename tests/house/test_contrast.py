"""Contrast, computed from the tokens in every theme: axe sees only what happens to be on screen."""

import re

import pytest

from .colour import contrast
from .places import STATIC

TEXT, EDGES, HIGH = 4.5, 3.0, 7.0
ROOT = re.compile(r"(?:@media\s*([^{]+?)\s*\{\s*)?:root(\[[^\]]*\])?\s*\{([^}]*)\}")
TOKEN = re.compile(r"--color-([\w-]+):\s*([^;]+);")
DIM = "[data-dim]"
DARK, MORE = "(prefers-color-scheme: dark)", "(prefers-contrast: more)"

# A theme is the rules that hold in it, in the order of the file.
THEMES = {
    "light": ("",),
    "dark": ("", DARK),
    "dim": ("", DIM),
    "dim on a dark tablet": ("", DARK, DIM),
    "high contrast": ("", MORE),
    "dark, high contrast": ("", DARK, MORE, f"{MORE} and {DARK}"),
}
ON_PAPER = ("ink", "ink-quiet", "accent", "positive", "caution", "negative")
PAIRS = [
    *((ink, ground) for ink in ON_PAPER for ground in ("canvas", "surface")),
    ("accent-ink", "accent"), ("ink", "accent-soft"), ("accent", "accent-soft"),
    *((f"on-level-{level}", f"level-{level}") for level in range(1, 5)),
]  # fmt: skip


def tokens(theme: str) -> dict[str, str]:
    source = re.sub(r"/\*.*?\*/", "", (STATIC / "css/tokens.css").read_text("utf-8"), flags=re.S)
    rules = {
        " ".join((media + chosen).split()): dict(TOKEN.findall(body))
        for media, chosen, body in ROOT.findall(source)
    }
    assert set(rules) == {media for medias in THEMES.values() for media in medias}
    return {name: value for media in THEMES[theme] for name, value in rules[media].items()}


def too_faint(theme: str, pairs: list[tuple[str, str]], least: float) -> list[str]:
    colours = tokens(theme)
    measured = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    return [f"{ink} on {on}: {got:.2f}" for (ink, on), got in measured.items() if got < least]


@pytest.mark.parametrize("theme", THEMES)
def test_every_ink_can_be_read_where_it_stands(theme: str) -> None:
    assert too_faint(theme, PAIRS, TEXT) == []


@pytest.mark.parametrize("theme", THEMES)
def test_focus_and_edges_of_controls_can_be_seen(theme: str) -> None:
    pairs = [(line, on) for line in ("focus", "edge") for on in ("canvas", "surface")]
    assert too_faint(theme, pairs, EDGES) == []


@pytest.mark.parametrize("theme", ["high contrast", "dark, high contrast"])
def test_high_contrast_is_higher(theme: str) -> None:
    pairs = [(ink, ground) for ink in ("ink", "ink-quiet") for ground in ("canvas", "surface")]
    assert too_faint(theme, pairs, HIGH) == []


def test_a_published_value_of_contrast_is_met() -> None:
    # #767676 on white is WCAG's own example of the least grey that passes.
    assert contrast("oklch(0.5659 0 0)", "oklch(1 0 0)") == pytest.approx(4.54, abs=0.03)
