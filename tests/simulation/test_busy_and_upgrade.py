"""A database that is busy for too long, and an upgrade that is killed half-way (F55, F58)."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from walkapp import migrations

from .houses import HOUSE
from .lives import Lives, living

# Dies before the n-th statement of an upgrade, as if the machine had been switched off.
DIES = """
import os, sys
from sqlalchemy import event
from walkapp import database, migrations
left = int(sys.argv[2])
prepare = database.prepare
def counting(engine, **how):
    prepare(engine, **how)
    @event.listens_for(engine, "before_cursor_execute")
    def count(*_):
        global left
        left -= 1
        if left == 0:
            os._exit(137)
database.prepare = counting
migrations.upgrade(sys.argv[1])
"""
KILLED = 137


@contextmanager
def held_by_somebody_else(file: Path) -> Iterator[None]:
    """Another program writes and does not come to an end."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


@pytest.fixture
def impatient(templates: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lives]:
    monkeypatch.setenv("SIMULATION_BUSY_SECONDS", "1")
    with living(templates, shelf / "impatient") as lives:
        yield lives


def test_a_locked_database_asks_to_come_back_and_writes_no_half_batch(
    impatient: Lives, shelf: Path
) -> None:
    batch = impatient.batch()
    impatient.push([])
    with held_by_somebody_else(shelf / "impatient" / "walkapp.sqlite3"):
        told = impatient.push(batch)
        assert told["status"] == 503
        assert int(told["headers"]["Retry-After"]) >= 1
    held = impatient.ask("peek")
    assert not [one for one in held["changes"] if one["person"] == impatient.person]
    results = impatient.results(impatient.push(batch))
    assert len(results) == len(batch)


def shape_of(file: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(file) as connection:
        named = "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
        shape = connection.execute(named).fetchall()
    connection.close()
    return shape


def upgrade_until(file: Path, statements: int) -> int:
    words = [sys.executable, "-W", "ignore", "-c", DIES, f"sqlite:///{file}", str(statements)]
    return subprocess.run(words, cwd=HOUSE, env=_clean(), check=False).returncode


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("WALK_")}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("part", [0.05, 0.3, 0.6, 0.95])
def test_an_upgrade_killed_half_way_leaves_the_old_schema_and_goes_through_next_time(
    tmp_path: Path, part: float
) -> None:
    whole = tmp_path / "whole.sqlite3"
    migrations.upgrade(f"sqlite:///{whole}")
    file = tmp_path / "walkapp.sqlite3"
    migrations.upgrade(f"sqlite:///{file}", "0001")
    before = shape_of(file)
    statements = statements_of(tmp_path / "counted.sqlite3")
    assert upgrade_until(file, max(1, int(statements * part))) == KILLED
    # Whoever looks first rolls back what was begun; never a mixture of two versions.
    assert shape_of(file) == before
    migrations.upgrade(f"sqlite:///{file}")
    assert shape_of(file) == shape_of(whole)


def statements_of(file: Path) -> int:
    """How many statements the upgrade from the first version takes."""
    migrations.upgrade(f"sqlite:///{file}", "0001")
    code = DIES.replace("os._exit(137)", "pass") + "\nprint(int(sys.argv[2]) - left)"
    words = [sys.executable, "-W", "ignore", "-c", code, f"sqlite:///{file}", "0"]
    told = subprocess.run(
        words, cwd=HOUSE, env=_clean(), capture_output=True, text=True, check=True
    )
    return int(told.stdout.split()[-1])
