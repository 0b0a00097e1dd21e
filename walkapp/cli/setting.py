"""What most commands begin with: the settings, a database that is ready, and one of its spaces."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import database, migrations
from ..config import Config
from ..models import Space


class Trouble(Exception):
    """The command cannot go on, and says in its sentence what to do."""


@contextmanager
def ready() -> Iterator[Config]:
    """The settings, inside a database that was made and is at this program's version."""
    config = Config.from_env()
    demand_head(config)
    with database.opened(config):
        yield config


def demand_head(config: Config) -> None:
    """Refuse to work on a database of another version."""
    version = version_of(config)
    if version is None:
        raise Trouble("There is no database yet: run `walkapp init` first.")
    if version not in migrations.known():
        raise Trouble(
            f"The database has version {version}, which this program does not know: "
            "install the version of walkapp that made it, or a newer one."
        )
    if version != migrations.head():
        raise Trouble(
            f"The database has version {version} and this program needs {migrations.head()}: "
            "run `walkapp upgrade`."
        )


def version_of(config: Config) -> str | None:
    """The version of the schema; None when there is none. Never makes a file by looking."""
    if config.sqlite_file is not None and not config.sqlite_file.is_file():
        return None
    engine = database.new_engine(config.database)
    try:
        with engine.connect() as connection:
            return migrations.current(connection)
    finally:
        engine.dispose()


def the_space(session: Session, wanted: str | None) -> Space:
    """The space of that name or id, or the only one there is."""
    spaces = list(session.scalars(select(Space).order_by(Space.name)))
    found = [space for space in spaces if wanted in (None, space.id, space.name)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(space.name for space in spaces)
    if not spaces:
        raise Trouble("There is no district yet: run `walkapp init --district NAME`.")
    if not found:
        raise Trouble(f"There is no district {wanted}. There is: {names}.")
    raise Trouble(f"Say which district with --district, by name or id: {names}.")
