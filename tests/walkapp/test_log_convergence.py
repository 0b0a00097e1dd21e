"""The convergence story once more, with the server's log in SQL and real restores of it."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import delete, insert, select
from walkapp.sync.log import Judged, Log
from walkapp.sync.record import Record

from tests.sync.story import FIRST_SEED, live
from tests.sync.world import World
from walkapp.models import Audience, ChangeRow, Commit, Feed, Gone, RecordRow

from .log_keepers import Keeper, in_sql

TABLES = [each.__table__ for each in (Feed, Commit, RecordRow, ChangeRow, Audience, Gone)]
STEPS = 120


class InSql:
    """A log in SQL as the story needs it; a backup is every row of its tables."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper

    @contextmanager
    def open(self) -> Iterator[Log]:
        with self.keeper.writing() as log:
            yield log

    def backup(self) -> Any:
        with self.keeper.writing() as log:
            session = log._session  # type: ignore[attr-defined]
            return [[dict(row._mapping) for row in session.execute(select(t))] for t in TABLES]

    def restore(self, backup: Any) -> None:
        with self.keeper.writing() as log:
            session = log._session  # type: ignore[attr-defined]
            for table, rows in zip(TABLES, backup, strict=True):
                session.execute(delete(table))
                if rows:
                    session.execute(insert(table), rows)

    def contents(self) -> tuple[list[Record], list[Judged]]:
        with self.keeper.writing() as log:
            session = log._session  # type: ignore[attr-defined]
            ids = session.scalars(select(RecordRow.id)).all()
            cids = session.scalars(select(ChangeRow.cid)).all()
            return list(log.records(ids).values()), list(log.judged(cids).values())


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def keeper(request: pytest.FixtureRequest) -> Iterator[Keeper]:
    with in_sql(request.getfixturevalue("config")) as keeper:
        yield keeper


@pytest.mark.parametrize("seed", [FIRST_SEED, FIRST_SEED + 1])
def test_all_tablets_come_to_the_same_rows_and_nothing_is_lost(keeper: Keeper, seed: int) -> None:
    world = World(random.Random(seed), InSql(keeper))
    for _ in range(STEPS):
        live(world)
    world.settle()
    world.check()
