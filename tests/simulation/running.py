"""Run seeds of the simulation, in as many processes as there are cores."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

from .houses import HOUSE

# The exact pin of Playwright protects this private call; there is no Node to install.
NODE = os.environ.get("TEST_NODE") or compute_driver_executable()[0]
SIM = str(HOUSE / "tests/simulation/sim.mjs")
FAILURE = re.compile(r"^FAILED seed (\d+): (.*)$", re.MULTILINE)
DIGEST = re.compile(r"^seed \d+ digest (\w+)$", re.MULTILINE)
PROMISE = re.compile(r"[IS]\d+ ")
PROCESSES = 2


@dataclass(frozen=True)
class Told:
    """What a run of seeds said; `failures` are (seed, what broke)."""

    code: int
    text: str

    @property
    def failures(self) -> list[tuple[int, str]]:
        return [(int(seed), what) for seed, what in FAILURE.findall(self.text)]

    @property
    def broken_promise(self) -> str | None:
        """The first promise that was broken; a program that does not run breaks none."""
        return next((what for _, what in self.failures if PROMISE.match(what)), None)

    @property
    def digest(self) -> str:
        found = DIGEST.search(self.text)
        assert found, self.text
        return found[1]


def make_templates(folder: Path, house: Path = HOUSE) -> Path:
    """The beginning of every run, made once."""
    words = [sys.executable, "-P", "-m", "tests.simulation.template", str(folder)]
    subprocess.run(words, cwd=HOUSE, env=_surroundings(house), check=True)
    return folder


def run(templates: Path, *words: str, house: Path = HOUSE, timeout: float = 280) -> Told:
    done = subprocess.run(
        [NODE, SIM, "--python", sys.executable, "--templates", str(templates),
         "--house", str(house), *words],
        cwd=HOUSE, env=_surroundings(house), capture_output=True, text=True, timeout=timeout,
        check=False,
    )  # fmt: skip
    return Told(done.returncode, done.stdout + done.stderr)


def run_seeds(templates: Path, first: int, count: int, house: Path = HOUSE) -> list[Told]:
    """All of the seeds, shared out among the processes."""
    share = -(-count // PROCESSES)
    with ThreadPoolExecutor(PROCESSES) as pool:
        parts = [
            pool.submit(run, templates, "--from", str(start), "--count", str(share), house=house)
            for start in range(first, first + count, share)
        ]
    return [part.result() for part in parts]


def _surroundings(house: Path) -> dict[str, str]:
    path = f"{house}:{HOUSE}" if house != HOUSE else str(HOUSE)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WALK_")}
    return kept | {"PYTHONPATH": path}
