"""Several tablets with the real app, the real server, and everything that goes wrong between them.

The seeds turn with the day, so that every day looks where nobody has looked before; the first one
is printed. `SIMULATION_SEED` and `SIMULATION_SEEDS` say otherwise.
"""

import os
import time
from pathlib import Path

import pytest

from .running import PROCESSES, run, run_seeds

DAY_SECONDS = 86_400
SEEDS_A_DAY = 10_000
EVERY_TEST = bool(os.environ.get("TEST_ALL"))
FIRST = int(os.environ.get("SIMULATION_SEED") or int(time.time() // DAY_SECONDS) * SEEDS_A_DAY)
COUNT = int(os.environ.get("SIMULATION_SEEDS") or (3_000 if EVERY_TEST else 200))
BATCH = 100
SWEEP_EVERY = 1 if EVERY_TEST else 23


@pytest.mark.timeout(900)
@pytest.mark.parametrize("first", range(FIRST, FIRST + COUNT, BATCH))
def test_nothing_is_lost_and_everybody_comes_to_the_same(
    first: int, templates: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        print(f" [seeds from {first}] ", end="", flush=True)
    told = run_seeds(templates, first, min(BATCH, FIRST + COUNT - first))
    assert not [part.text for part in told if part.code]


def test_a_seed_is_the_same_run_every_time(templates: Path) -> None:
    first, second = (run(templates, "--seed", str(FIRST)) for _ in range(2))
    assert first.digest == second.digest


@pytest.mark.timeout(900)
def test_a_tablet_may_die_at_any_operation_of_its_store(templates: Path) -> None:
    start = 1 + (FIRST // SEEDS_A_DAY) % SWEEP_EVERY
    told = run(templates, "--sweep", str(start), "--every", str(SWEEP_EVERY), timeout=880)
    assert told.code == 0, told.text


def test_the_seeds_are_shared_out_whole() -> None:
    assert BATCH % PROCESSES == 0
