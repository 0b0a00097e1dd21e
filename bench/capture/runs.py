"""How much is measured, and every single measurement."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bench.sync import machine


@dataclass(frozen=True)
class Sizes:
    """How much of everything in a round; before the counted rounds comes one to warm up."""

    rounds: int = 5
    mounts: int = 5
    taps: int = 60
    letters: int = 30
    words: int = 20  # typed beside the script
    lines: int = 500  # in that script
    starts: int = 2
    stored: int = 10_000
    patience_seconds: float = 60


SMALL = Sizes(
    rounds=2,
    mounts=2,
    taps=12,
    letters=8,
    words=5,
    starts=1,
    stored=1_000,
    patience_seconds=1,
)


class Runs:
    """Milliseconds by peer, workload and round, with what others used of the machine meanwhile."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self.all: list[dict[str, Any]] = []

    def rounds(self) -> range:
        """Round 0 warms up and is not kept."""
        return range(1 + self.sizes.rounds)

    @contextmanager
    def measuring(self, peer: str, round: int) -> Iterator[dict[str, list[float]]]:
        """Wait for quiet, then take down what is put under the names of workloads."""
        machine.wait_for_quiet(self.sizes.patience_seconds)
        found: dict[str, list[float]] = defaultdict(list)
        before = machine.now()
        yield found
        others = machine.now().share_of_others(before)
        if round:
            self.all += [
                {"peer": peer, "workload": name, "round": round, "ms": ms, "others": others}
                for name, ms in found.items()
            ]
