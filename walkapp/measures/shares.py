"""Shares of visits, with an interval that says how little a few visits can tell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from .visits import Scored, observations

CONFIDENCE = 0.95
Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of visits between 0 and 1; `low` and `high` are the ends of its 95 % interval."""

    value: float
    low: float
    high: float
    visits: int
    observations: int


@dataclass(frozen=True, slots=True)
class Change:
    """A share less an earlier one, between -1 and 1."""

    value: float
    low: float
    high: float


def share(visits: Sequence[Scored], is_so: Callable[[float], bool]) -> Share | None:
    """The share of visits of which it is so; where observers differ, a visit counts in part."""
    if not visits:
        return None
    part = sum(sum(map(is_so, one.values)) / len(one.values) for one in visits)
    low, high = wilson(part, len(visits))
    return Share(part / len(visits), low, high, len(visits), observations(visits))


def wilson(part: float, n: int) -> tuple[float, float]:
    """The score interval without continuity correction (Wilson 1927; Newcombe 1998, method 3)."""
    p, z2 = part / n, Z * Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    # At both ends of the scale the interval ends there; rounding would miss it by a hair.
    low = 0.0 if p == 0 else max(0.0, middle - half)
    high = 1.0 if p == 1 else min(1.0, middle + half)
    return low, high


def change(before: Share, after: Share) -> Change:
    """The difference of two shares with the interval made of both (Newcombe 1998, method 10)."""
    value = after.value - before.value
    down = sqrt((after.value - after.low) ** 2 + (before.high - before.value) ** 2)
    up = sqrt((after.high - after.value) ** 2 + (before.value - before.low) ** 2)
    return Change(value, max(-1.0, value - down), min(1.0, value + up))
