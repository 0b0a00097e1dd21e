"""From single runs to medians, percentiles, and which of our targets are met."""

import math
import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from . import weight, workloads
from .runs import Runs

OURS = "walkapp"
A_FIFTH = 0.2
# What is measured, at which percentile, in whose hands the target is, and the target.
ASKED: tuple[tuple[str, int, float | None], ...] = (
    (workloads.TAP, 50, None),
    (workloads.TAP, 98, 100),
    (workloads.MOUNT, 50, 100),
    (workloads.AGAIN, 50, None),
    (workloads.TURN, 50, None),
    (workloads.TAP_SAVED, 95, 60),
    (workloads.LETTER_SAVED, 95, 60),
    (workloads.FROM_INPUT, 95, None),
    (workloads.TYPE, 95, 50),
    (workloads.START, 50, 500),
    (workloads.START_PAINTED, 50, None),
)


@dataclass(frozen=True)
class Line:
    """One row of the table: walkapp against its target, or a peer against walkapp."""

    peer: str
    what: str
    measured: float
    target: float | None = None
    ours: float | None = None

    def __str__(self) -> str:
        target = "" if self.target is None else f"{self.target:,.0f}"
        return f"| {self.peer} | {self.what} | {target} | {self.measured:,.0f} | {self._verdict} |"

    @property
    def _verdict(self) -> str:
        if self.ours is not None:
            return f"{self.measured / self.ours:.1f} times ours"
        if self.target is None:
            return ""
        off = self.measured - self.target
        return "met" if off <= 0 else f"missed by {off:,.0f}"


def percentile(ms: list[float], share: int) -> float:
    """The least value that this share of all does not exceed."""
    return sorted(ms)[max(0, math.ceil(len(ms) * share / 100) - 1)]


def tables(runs: Runs, ours: dict[str, int], theirs: dict[str, int]) -> Iterator[str]:
    yield "Milliseconds at a quarter of the speed: median of the rounds' percentiles"
    yield from _table(_times(runs))
    yield "Bytes to the tablet, brotli"
    yield from _table(_bytes(ours, theirs))
    others = [run["others"] for run in runs.all if "others" in run]
    middle, most = statistics.median(others), max(others)
    yield f"Foreign CPU while measuring: median {middle:.0%}, most {most:.0%}"
    felt = [run["times"] for run in runs.all if run["workload"] == workloads.SLOWNESS]
    yield f"The throttle as the pages felt it: {min(felt):.1f} to {max(felt):.1f} times slower"


def _times(runs: Runs) -> Iterator[Line]:
    peers = list(dict.fromkeys(run["peer"] for run in runs.all if "ms" in run))
    for what, share, target in ASKED:
        ours = _middle(runs, OURS, what, share)
        if ours is None:
            continue
        yield Line(OURS, f"{what}, p{share}", ours, target)
        for peer in peers:
            measured = _middle(runs, peer, what, share)
            if peer != OURS and measured is not None:
                yield Line(peer, f"{what}, p{share}", measured, ours=ours)


def _middle(runs: Runs, peer: str, what: str, share: int) -> float | None:
    """The median of what the rounds had at this percentile."""
    rounds = [
        percentile(run["ms"], share)
        for run in runs.all
        if (run["peer"], run["workload"]) == (peer, what)
    ]
    return statistics.median(rounds) if rounds else None


def _bytes(ours: dict[str, int], theirs: dict[str, int]) -> Iterator[Line]:
    fifth = A_FIFTH * min(theirs.values())
    for what, count in ours.items():
        yield Line(OURS, what, count, fifth)
    for peer, count in theirs.items():
        yield Line(peer, weight.ENGINE, count)


def _table(lines: Iterator[Line]) -> Iterator[str]:
    yield "| who | what | target | measured | |"
    yield "|---|---|---|---|---|"
    yield from map(str, lines)
    yield ""
