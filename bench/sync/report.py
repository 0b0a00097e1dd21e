"""From single runs to medians, ratios, and which of our targets are met."""

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .workloads import Measured, Sizes

OURS, PACKED, POSTGRES = "walkapp, SQLite", "walkapp, SQLite, gzip", "walkapp, PostgreSQL"
RIVAL = "PouchDB → express-pouchdb"
FLOOR = "floor"
COLUMNS = ("push", "push again", "pull", "nothing new", "ten new", "crowd")
FLAT = 1.25


class Results:
    """Medians of what was measured."""

    def __init__(self, runs: list[Measured]) -> None:
        self.runs = runs
        self.peers = list(dict.fromkeys(run["peer"] for run in runs))

    def median(self, peer: str, workload: str, what: str = "ms") -> float | None:
        found = [
            run[what]
            for run in self.runs
            if (run["peer"], run["workload"]) == (peer, workload) and what in run
        ]
        return statistics.median(found) if found else None

    def ratio(self, peer: str, other: str, workload: str, what: str = "ms") -> float | None:
        ours, theirs = self.median(peer, workload, what), self.median(other, workload, what)
        return ours / theirs if ours is not None and theirs else None

    def lost(self, peer: str) -> float | None:
        found = [run["lost"] for run in self.runs if run["peer"] == peer and "lost" in run]
        return sum(found) if found else None

    def traffic(self, peer: str, workload: str) -> float | None:
        sent, received = (self.median(peer, workload, what) for what in ("sent", "received"))
        return None if sent is None or received is None else sent + received


@dataclass(frozen=True)
class Target:
    what: str
    limit: float
    measured: float | None

    def __str__(self) -> str:
        if self.measured is None:
            return f"  not measured  {self.what} (at most {self.limit:g})"
        met = "met   " if self.measured <= self.limit else "MISSED"
        off = self.measured / self.limit - 1 if self.limit else self.measured
        return f"  {met} {self.measured:9.3g}  {self.what}: at most {self.limit:g} ({off:+.0%})"


def targets(results: Results, sizes: Sizes, validation_us: float) -> Iterator[Target]:
    """What issue and design ask for, against the same run's peers."""
    for limit, ours, workload in (
        (0.5, OURS, "push"), (0.65, PACKED, "push"), (0.15, OURS, "pull"), (0.2, PACKED, "pull"),
        (0.8, OURS, "nothing new"), (0.6, OURS, "crowd"),
    ):  # fmt: skip
        yield Target(f"{workload}, {ours} ÷ {RIVAL}", limit, results.ratio(ours, RIVAL, workload))
    yield Target("nothing new, bytes both ways", 1_000, results.traffic(OURS, "nothing new"))
    for ours in (OURS, PACKED, POSTGRES):
        yield Target(f"documents lost, {ours}", 0, results.lost(ours))
    sent = results.ratio(PACKED, RIVAL, "push", "sent")
    yield Target("bytes sent by a push, gzip ÷ PouchDB", 0.22, sent)
    yield Target("push ÷ raw floor", 3.5, results.ratio(OURS, FLOOR, "push"))
    yield Target("validation, µs an observation", 45, validation_us)
    for workload in COLUMNS:
        ratio = results.ratio(POSTGRES, OURS, workload)
        yield Target(f"{workload}, PostgreSQL ÷ SQLite", 2, ratio)
    few, _, many = sizes.stored
    for ours in (OURS, POSTGRES):
        for work in ("push", "poll"):
            least, most = (results.median(ours, f"{work} at {at}") for at in (few, many))
            grown = most / least if least and most else None
            yield Target(f"{work} at {many} ÷ at {few} stored, {ours}", FLAT, grown)


def tables(results: Results, sizes: Sizes) -> Iterator[str]:
    yield "Milliseconds, median"
    yield from _table(results, COLUMNS, results.median, ".1f")
    yield f"Ratios: peer ÷ {OURS} (above 1: walkapp is faster)"
    yield from _table(results, COLUMNS, lambda peer, w: results.ratio(peer, OURS, w), ".2f")
    yield "Server CPU, milliseconds"
    yield from _table(
        results, COLUMNS, lambda peer, w: results.median(peer, w, "server_cpu_ms"), ".0f"
    )
    yield "Bytes on the wire: sent / received by the client"
    yield from _table(results, COLUMNS, lambda peer, w: _both(results, peer, w), "s")
    yield "As it grows (ms)"
    grown = [f"{work} at {at}" for work in ("push", "poll") for at in sizes.stored]
    yield from _table(results, grown, results.median, ".1f")
    noise = [run["others"] for run in results.runs if "others" in run and run["ms"] > NOISE_MS]
    if noise:
        middle, most = statistics.median(noise), max(noise)
        yield f"Foreign CPU while measuring: median {middle:.0%}, most {most:.0%}"


NOISE_MS = 100  # the kernel counts CPU in steps of 10 ms: shorter runs tell nothing


def _both(results: Results, peer: str, workload: str) -> str | None:
    sent, received = (results.median(peer, workload, what) for what in ("sent", "received"))
    return None if sent is None or received is None else f"{_short(sent)} / {_short(received)}"


def _short(count: float) -> str:
    if count >= 1e6:
        return f"{count / 1e6:.2f} MB"
    return f"{count / 1e3:.1f} kB" if count >= 1e3 else f"{count:.0f} B"


def _table(
    results: Results,
    columns: tuple[str, ...] | list[str],
    cell: Callable[[str, str], object],
    form: str,
) -> Iterator[str]:
    yield "| peer | " + " | ".join(columns) + " |"
    yield "|---" * (len(columns) + 1) + "|"
    for peer in results.peers:
        cells = [cell(peer, column) for column in columns]
        if any(one is not None for one in cells):
            texts = ("–" if one is None else format(one, form) for one in cells)
            yield f"| {peer} | " + " | ".join(texts) + " |"
    yield ""
