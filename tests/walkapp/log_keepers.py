"""The keepers of the log's port, each with its two ways to use it, for the contract suite."""

import copy
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from flask import Flask
from walkapp.sync.log import Log, MemoryLog

from walkapp import database
from walkapp.config import Config
from walkapp.log import SqlLog
from walkapp.models import Space

SPACE = "00000000-0000-4000-8000-000000000001"
OTHER_SPACE = "00000000-0000-4000-8000-000000000002"
NOW = 1_763_769_600_000


@dataclass
class Keeper:
    """`writing` and `reading` open a transaction on the log of a space."""

    writing: Callable[[], AbstractContextManager[Log]]
    reading: Callable[[], AbstractContextManager[Log]]
    elsewhere: Callable[[], AbstractContextManager[Log]]


@dataclass
class Memory:
    logs: dict[str, MemoryLog] = field(default_factory=dict)

    @contextmanager
    def open(self, space: str) -> Iterator[Log]:
        kept = self.logs.setdefault(space, MemoryLog())
        draft = copy.deepcopy(kept)
        yield draft
        self.logs[space] = draft


def in_memory() -> Keeper:
    memory = Memory()
    return Keeper(
        lambda: memory.open(SPACE), lambda: memory.open(SPACE), lambda: memory.open(OTHER_SPACE)
    )


@contextmanager
def in_sql(config: Config) -> Iterator[Keeper]:
    """A keeper of its own engine and its own locks, as each worker of a server has them."""
    app = Flask("walkapp")
    app.config["WALK"] = config
    database.init_app(app)
    with app.app_context(), database.writing() as session:
        for space in (SPACE, OTHER_SPACE):
            if session.get(Space, space) is None:
                session.add(Space(id=space, name=space, created_at=NOW))

    @contextmanager
    def open(write: bool, space: str) -> Iterator[Log]:
        transaction = database.writing if write else database.reading
        with app.app_context(), transaction() as session:
            yield SqlLog(session, space)

    yield Keeper(
        lambda: open(True, SPACE), lambda: open(False, SPACE), lambda: open(True, OTHER_SPACE)
    )
    with app.app_context():
        database.db.engine.dispose()
