"""The schema's only author. Versions are added, never edited.

Each upgrade is one transaction, on SQLite too: it happens as a whole or not at all.
"""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from .. import database
from ..models import Base
from .shape import OPTIONS

HERE = Path(__file__).parent


@cache
def head() -> str:
    """The version this program is made for."""
    return ScriptDirectory(str(HERE)).get_current_head() or ""


@cache
def known() -> frozenset[str]:
    """Every version this program can upgrade from, and the newest."""
    return frozenset(script.revision for script in ScriptDirectory(str(HERE)).walk_revisions())


def current(connection: Connection) -> str | None:
    """The version the database has now; None when it was never made."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(url: str, to: str = "head") -> None:
    """Bring the database to a version. Safe to repeat, and to run twice at once."""
    # A batch on SQLite drops and remakes a table; with foreign keys on, that would empty others.
    engine = database.new_engine(url, foreign_keys=False)
    try:
        with engine.begin() as connection:
            command.upgrade(settings(connection), to)
            refuse_broken_references(connection)
    finally:
        engine.dispose()


def drift(engine: Engine) -> list[object]:
    """How the models differ from the database: what a new migration would have to do."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS)
        return list(compare_metadata(context, Base.metadata))


def settings(connection: Connection | None = None) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def refuse_broken_references(connection: Connection) -> None:
    """End the upgrade if a row was left pointing at nothing; it is rolled back as a whole."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(3)
    if broken:
        raise RuntimeError(f"The upgrade would leave rows without what they refer to: {broken}")
