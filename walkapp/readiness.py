"""Can this process do its work now? Asked every few seconds by whoever watches the server."""

import shutil

from sqlalchemy.exc import SQLAlchemyError

from . import migrations
from .config import Config
from .database import DatabaseBusy, reading

LEAST_FREE_BYTES = 100_000_000


def what_is_missing(config: Config) -> list[str]:
    """The reasons why not, in words that give nothing away; none means ready."""
    missing = []
    if shutil.disk_usage(_folder(config)).free < LEAST_FREE_BYTES:
        missing.append("disk")
    try:
        with reading() as session:
            if migrations.current(session.connection()) != migrations.head():
                missing.append("upgrade")
    except (SQLAlchemyError, DatabaseBusy):
        missing.append("database")
    return missing


def _folder(config: Config) -> str:
    folder = (config.sqlite_file or config.home / "x").parent
    return str(folder if folder.is_dir() else "/")
