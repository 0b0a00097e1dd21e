"""Copies of a SQLite file, checked, and the live file put out of the way."""

from contextlib import closing
from pathlib import Path
from typing import Any

from .backup_trouble import BackupError, Damaged, is_damage
from .database import sqlite_module
from .migrations import known

MAGIC = b"SQLite format 3\0"


def copy(source: Path, target: Path) -> None:
    """A consistent copy page by page, also while others write; as one file, without a WAL."""
    module: Any = sqlite_module()
    try:
        with closing(module.connect(source)) as live, closing(module.connect(target)) as made:
            live.backup(made)
            made.execute("PRAGMA journal_mode=DELETE")
    except module.DatabaseError as trouble:
        kind = Damaged if is_damage(trouble) else BackupError
        raise kind(f"{source} could not be copied ({trouble}).") from trouble


def check(file: Path) -> str:
    """Refuse what is damaged or not ours; says which version of the schema it holds."""
    module: Any = sqlite_module()
    try:
        with closing(module.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
            faults = [row[0] for row in database.execute("PRAGMA integrity_check(3)")]
            if faults != ["ok"]:
                raise Damaged(f"{file} is damaged: {'; '.join(faults)}.")
            version = database.execute("SELECT version_num FROM alembic_version").fetchone()
    except module.DatabaseError as trouble:
        kind = Damaged if is_damage(trouble) else BackupError
        raise kind(f"{file} is not a whole walkapp database ({trouble}).") from trouble
    if version is None or version[0] not in known():
        raise BackupError(
            f"{file} was made by another version of walkapp ({version and version[0]}): "
            "install that version or a newer one first."
        )
    return str(version[0])


def rows(file: Path, query: str) -> list[tuple[Any, ...]]:
    """What a question to a closed copy answers."""
    module: Any = sqlite_module()
    with closing(module.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
        return list(database.execute(query))


def refuse_if_open(live: Path) -> None:
    module: Any = sqlite_module()
    try:
        with closing(module.connect(live, timeout=0.5)) as database:
            # Leaving WAL takes every lock there is: it fails while a server holds the file.
            database.execute("PRAGMA journal_mode=DELETE")
    except module.OperationalError as trouble:
        if "locked" in str(trouble):
            raise BackupError(
                f"{live} is in use: stop the server, then restore again."
            ) from trouble
    except module.DatabaseError:
        pass  # damaged: that may be why we restore


def companions(file: Path) -> list[Path]:
    """The names SQLite itself uses beside a file."""
    return [file.with_name(file.name + end) for end in ("-wal", "-shm", "-journal")]
