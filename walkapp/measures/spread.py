"""How far the visits of one school lie apart: quartiles, and intervals that assume no shape."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile
from math import exp, lgamma, log
from statistics import quantiles

from .shares import CONFIDENCE
from .visits import Scored, means, observations

LEAST_VISITS = 2  # one visit has no spread

Ends = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spread:
    """Quartiles of a value over visits. An interval is None where there are too few for one."""

    lower: float
    median: float
    upper: float
    middle_half: float
    lower_ends: Ends | None
    median_ends: Ends | None
    upper_ends: Ends | None
    middle_half_ends: Ends | None
    visits: int
    observations: int


def spread(visits: Sequence[Scored]) -> Spread | None:
    """The quartiles (the method called "inclusive", type 7 of Hyndman and Fan 1996)."""
    if len(visits) < LEAST_VISITS:
        return None
    values = sorted(means(visits))
    lower, median, upper = quantiles(values, n=4, method="inclusive")
    below, at_half, above = (quantile_ends(values, at, CONFIDENCE) for at in (0.25, 0.5, 0.75))
    return Spread(
        lower, median, upper, upper - lower, below, at_half, above, middle_half_ends(values),
        len(visits), observations(visits),
    )  # fmt: skip


def quantile_ends(values: Sequence[float], at: float, confidence: float) -> Ends | None:
    """Two of the sorted values that hold the quantile between them with this confidence at least,
    whatever the shape (David and Nagaraja, Order Statistics, 7.1); None where no two do."""
    n, tail = len(values), (1 - confidence) / 2
    low = _most_in(tail, (_chance(k, n, at) for k in range(n)))
    high = n + 1 - _most_in(tail, (_chance(k, n, at) for k in range(n, 0, -1)))
    return (values[low - 1], values[high - 1]) if low and high <= n else None


def _most_in(tail: float, chances: Iterable[float]) -> int:
    """How many of these, from the first on, are together no more than the tail."""
    return sum(1 for _ in takewhile(lambda so_far: so_far <= tail, accumulate(chances)))


def _chance(k: int, n: int, at: float) -> float:
    """That k of n values are below the quantile; by logarithms, for n may be thousands."""
    ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return exp(ways + k * log(at) + (n - k) * log(1 - at))


def middle_half_ends(values: Sequence[float]) -> Ends | None:
    """Both quartiles are between their ends at once (Bonferroni), so their distance is in here."""
    both = 1 - (1 - CONFIDENCE) / 2
    lower, upper = quantile_ends(values, 0.25, both), quantile_ends(values, 0.75, both)
    if lower is None or upper is None:
        return None
    return max(0.0, upper[0] - lower[1]), upper[1] - lower[0]
