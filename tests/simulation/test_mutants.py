"""The simulation has teeth: it notices every deliberate mistake in the protocol."""

import os
import time
from pathlib import Path

import pytest

from .houses import HOUSE, change, lay
from .mutants import MUTANTS, Mutant
from .running import run

DAY_SECONDS = 86_400
MOST_SEEDS = 60
A_DAY = 3
EVERY_TEST = bool(os.environ.get("TEST_ALL"))


def chosen() -> list[Mutant]:
    """A few others each day; all of them with TEST_ALL."""
    if EVERY_TEST:
        return list(MUTANTS)
    start = int(time.time() // DAY_SECONDS) * A_DAY
    return [MUTANTS[(start + place) % len(MUTANTS)] for place in range(A_DAY)]


def test_there_are_mistakes_enough() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 16


def test_every_mistake_can_still_be_made(tmp_path: Path) -> None:
    for number, mutant in enumerate(MUTANTS):
        lay_one(tmp_path / str(number), mutant)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("mutant", chosen(), ids=lambda mutant: mutant.name)
def test_the_simulation_notices(mutant: Mutant, templates: Path, tmp_path: Path) -> None:
    house = lay(tmp_path, {mutant.file: (mutant.old, mutant.new)})
    assert noticed(house, templates), f"nobody noticed: {mutant.name}"


def noticed(house: Path, templates: Path) -> str | None:
    """What broke with the mistake and is whole without it."""
    first = 1
    while first <= MOST_SEEDS:
        words = ("--from", str(first), "--count", str(MOST_SEEDS + 1 - first), "--stop")
        told = run(templates, *words, house=house, timeout=600)
        if told.broken_promise is None:
            return None
        seed = told.failures[-1][0]
        if run(templates, "--seed", str(seed)).code == 0:
            return told.broken_promise
        first = seed + 1
    return None


def lay_one(folder: Path, mutant: Mutant) -> None:
    """Only the one file, which is enough to see whether the change still fits."""
    copy = folder / Path(mutant.file).name
    copy.parent.mkdir(parents=True)
    copy.write_text((HOUSE / mutant.file).read_text("utf-8"), "utf-8")
    change(copy, mutant.old, mutant.new)
