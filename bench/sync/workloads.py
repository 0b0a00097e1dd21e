"""What is asked of every peer, in what order, and how each run is measured."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from bench.documents import observations

from . import machine
from .peers import Peer, Walkapp, write_changes

Measured = dict[str, Any]


@dataclass(frozen=True)
class Sizes:
    """How much of everything; `rounds` of which the median counts."""

    rounds: int = 5
    push: int = 1_000
    devices: int = 50
    each: int = 20
    stored: tuple[int, int, int] = (1_000, 10_000, 100_000)
    new: int = 10
    growth_push: int = 200
    polls: int = 15
    patience_seconds: float = 60


SMALL = Sizes(
    rounds=3,
    push=400,
    devices=10,
    each=20,
    stored=(500, 1_500, 3_000),
    growth_push=100,
    polls=5,
    patience_seconds=1,
)


class Runs:
    """Every single measurement, and the files of documents they were made with."""

    def __init__(self, sizes: Sizes, folder: Path) -> None:
        self.sizes = sizes
        self.all: list[Measured] = []
        self._folder = folder
        self._seeds = count(1)

    def run(
        self, peer: Peer, workload: str, command: str, waits: bool = True, **given: Any
    ) -> Measured:
        """One command, measured from outside too: server CPU, bytes, and who else was busy."""
        if waits:
            machine.wait_for_quiet(self.sizes.patience_seconds)
        pids, bytes_before = peer.pids(), peer.bytes()
        cpu, before = machine.seconds_of(pids), machine.now(pids)
        said: Measured = peer.client(command, **given)
        after, cpu_after = machine.now(pids), machine.seconds_of(pids)
        bytes_after = peer.bytes()
        if bytes_before and bytes_after:
            said |= {name: bytes_after[name] - bytes_before[name] for name in bytes_after}
        said |= {
            "peer": peer.name,
            "workload": workload,
            "server_cpu_ms": (cpu_after - cpu) * 1000,
            "others": after.share_of_others(before),
        }
        self.all.append(said)
        return said

    def documents(self, peer: Peer, much: int) -> str:
        """A file with that many new observations by the one who pushes alone."""
        return self._write(observations(much, peer.writer, next(self._seeds)))

    def crowd(self, peer: Peer) -> str:
        """A file with what everybody brings, one after the other."""
        sizes, seeds = self.sizes, self._seeds
        return self._write(
            change
            for place in peer.places[: sizes.devices]
            for change in observations(sizes.each, place, next(seeds))
        )

    def _write(self, changes: Any) -> str:
        file = self._folder / f"{next(self._seeds)}.ndjson"
        write_changes(file, changes)
        return str(file)


def pushes(runs: Runs, peers: Sequence[Peer]) -> None:
    """W1 new observations, W5 the same again, and what a fresh device then counts."""
    for peer in _in_turn(runs, peers):
        file = runs.documents(peer, runs.sizes.push)
        runs.run(peer, "push", "push", file=file)
        runs.run(peer, "push again", "again", file=file)
        _count(runs, peer, "push", file)


def crowds(runs: Runs, peers: Sequence[Peer]) -> None:
    """W4 everybody at once."""
    for peer in _in_turn(runs, peers):
        file = runs.crowd(peer)
        runs.run(peer, "crowd", "crowd", file=file, devices=runs.sizes.devices)
        _count(runs, peer, "crowd", file)


def growth(runs: Runs, peers: Sequence[Peer], stored: int) -> None:
    """Push and poll at this many stored; the next filling counts what was pushed."""
    for peer in peers:
        if not isinstance(peer, Walkapp):
            continue
        _poll(runs, peer, f"poll at {stored}")
        for _ in range(runs.sizes.rounds):
            file = runs.documents(peer, runs.sizes.growth_push)
            runs.run(peer, f"push at {stored}", "push", file=file)
            peer.stored += runs.sizes.growth_push


def pulls(runs: Runs, peers: Sequence[Peer]) -> None:
    """W2 a new device gets everything."""
    for peer in _in_turn(runs, peers):
        said = runs.run(peer, "pull", "pull")
        assert said["count"] == runs.sizes.stored[1], f"{peer.name}: {said['count']} came"


def news(runs: Runs, peers: Sequence[Peer]) -> None:
    """W3 nothing new, then ten new, among everything stored."""
    for peer in peers:
        _poll(runs, peer, "nothing new")
    for peer in _in_turn(runs, peers):
        peer.client("news")  # another client of the same server may have brought some
        peer.client("push", file=runs.documents(peer, runs.sizes.new))
        said = runs.run(peer, "ten new", "news")
        assert said["count"] == runs.sizes.new, f"{peer.name}: {said['count']} came"


def fill(peers: Sequence[Peer], stored: int) -> None:
    """Every server holds exactly this many."""
    for peer in peers:
        peer.fill(stored)


Stage = Callable[[Runs, Sequence[Peer]], None]


def _in_turn(runs: Runs, peers: Sequence[Peer]) -> list[Peer]:
    """Round by round, not peer by peer: a noisy minute then hurts them all alike."""
    return [peer for _ in range(runs.sizes.rounds) for peer in peers]


def _poll(runs: Runs, peer: Peer, workload: str) -> None:
    peer.client("settle")
    peer.client("news")
    machine.wait_for_quiet(runs.sizes.patience_seconds)
    for _ in range(runs.sizes.polls):
        said = runs.run(peer, workload, "news", waits=False)
        assert said["count"] == 0, f"{peer.name}: {said['count']} came"


def _count(runs: Runs, peer: Peer, workload: str, file: str) -> None:
    found = peer.client("count", file=file)["found"]
    asked = Path(file).read_text("utf-8").count("\n")
    runs.all.append({"peer": peer.name, "workload": f"{workload}: lost", "lost": asked - found})
