"""The way back: a backup is checked to its last byte before anything that lives is touched.

What it replaces is put aside and kept. While the parts change places there is no database, so a
server that is started in the middle refuses to run instead of mixing two moments.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import archive, postgres_tools, sqlite_tools
from .backup import (
    COPIES,
    DATABASES,
    FOLDER_OWNER_ONLY,
    backup,
    beside,
    default_name,
    files_in,
    is_empty,
    name_of,
    stamp,
)
from .backup_trouble import BackupError
from .config import Config
from .database import new_engine
from .disk import has_room
from .files import folder_of
from .migrations import known

POSTGRES_DUMP = b"PGDMP"
FILES = "files"


@dataclass(frozen=True, slots=True)
class Contents:
    """A backup that was checked: its database, and how many files are in it.

    `files` is None in a copy of the database alone, as the first version made them.
    """

    kind: str
    database: Path
    files: int | None = None
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Restored:
    """Where what was replaced is kept."""

    contents: Contents
    database: Path | None = None
    files: Path | None = None


def check(source: Path) -> Contents:
    """Read all of a backup and say what is in it; BackupError where it cannot be used."""
    with tempfile.TemporaryDirectory(prefix="walkapp-check-") as folder:
        return _checked(source, Path(folder), only=set(DATABASES.values()))


def restore(config: Config, source: Path) -> Restored:
    """Put a backup in the place of the live data, and keep what was there."""
    config.home.mkdir(mode=FOLDER_OWNER_ONLY, parents=True, exist_ok=True)
    with beside(config.home / "restore") as desk:
        contents = _checked(source, desk)
        if contents.kind != config.url.get_backend_name():
            raise BackupError(
                f"{source} is a backup of {contents.kind}, and this server keeps its data in "
                f"{config.url.get_backend_name()}: look at WALK_DATABASE."
            )
        os.sync()
        put = _put_sqlite if config.is_sqlite else _put_postgres
        return put(config, contents, desk)


def _checked(source: Path, desk: Path, only: set[str] | None = None) -> Contents:
    if not source.is_file():
        raise BackupError(f"There is no file {source}.")
    with source.open("rb") as file:
        begins = file.read(len(sqlite_tools.MAGIC))
    if begins == sqlite_tools.MAGIC:
        sqlite_tools.check(source)
        return Contents("sqlite", source)
    if begins.startswith(POSTGRES_DUMP):
        postgres_tools.check(source)
        return Contents("postgresql", source)
    return _checked_archive(source, desk, only)


def _checked_archive(source: Path, desk: Path, only: set[str] | None) -> Contents:
    if only is None and not has_room(desk, source.stat().st_size):
        raise BackupError(f"The disk of {desk.parent} has no room to unpack {source}.")
    said = archive.read(source, desk, only)
    kind, schema = said["database"], said["schema"]
    if kind not in DATABASES or schema not in known():
        raise BackupError(
            f"{source} was made by another version of walkapp ({schema}): "
            "install that version or a newer one first."
        )
    names = {member.name for member in archive.members_of(said)} - {DATABASES[kind]}
    contents = Contents(kind, desk / DATABASES[kind], len(names), len(said["missing"]))
    _check_database(source, contents, names | set(said["missing"]))
    return contents


def _check_database(source: Path, contents: Contents, names: set[str]) -> None:
    if not contents.database.is_file():
        raise BackupError(f"{source} holds no database.")
    if contents.kind == "postgresql":
        postgres_tools.check(contents.database)
        return
    sqlite_tools.check(contents.database)
    lacking = {name_of(space, kept) for space, kept, _ in files_in(contents.database)} - names
    if lacking:
        raise BackupError(f"{source} lacks files that its database speaks of: {min(lacking)}.")


def _put_sqlite(config: Config, contents: Contents, desk: Path) -> Restored:
    live = Path(str(config.sqlite_file))
    live.parent.mkdir(mode=FOLDER_OWNER_ONLY, parents=True, exist_ok=True)
    kept = live.with_name(f"{live.name}.replaced-{stamp()}") if live.exists() else None
    with beside(live) as own_disk, all_or_nothing() as move:
        part = own_disk / live.name
        part.touch(mode=0o600)
        sqlite_tools.copy(contents.database, part)
        sqlite_tools.check(part)
        os.sync()
        if kept is not None:
            _set_aside(live, kept, move)
        files = _exchange_files(config, contents, desk, move)
        move(part, live)
    return Restored(contents, kept, files)


def _put_postgres(config: Config, contents: Contents, desk: Path) -> Restored:
    kept = None
    if not is_empty(config):
        kept = backup(config, config.home / COPIES / default_name("before-restore"))
    engine = new_engine(config.database)
    try:
        with all_or_nothing() as move:
            files = _exchange_files(config, contents, desk, move)
            postgres_tools.replace(config.url, engine, contents.database)
    finally:
        engine.dispose()
    return Restored(contents, kept, files)


Move = Callable[[Path, Path], None]


@contextmanager
def all_or_nothing() -> Iterator[Move]:
    """Files change their names together: when one step fails, those before it are taken back."""
    done: list[tuple[Path, Path]] = []

    def move(source: Path, target: Path) -> None:
        source.rename(target)
        done.append((source, target))

    try:
        yield move
    except BaseException:
        for source, target in reversed(done):
            target.rename(source)
        raise
    os.sync()


def _set_aside(live: Path, kept: Path, move: Move) -> None:
    """Give the live file and its WAL another name; refused while anything has it open."""
    sqlite_tools.refuse_if_open(live)
    for file in (live, *sqlite_tools.companions(live)):
        if file.exists():
            move(file, kept.with_name(kept.name + file.name.removeprefix(live.name)))


def _exchange_files(config: Config, contents: Contents, desk: Path, move: Move) -> Path | None:
    if contents.files is None:  # an old copy knows of no files: what is here stays
        return None
    live, kept = folder_of(config), None
    if live.exists():
        kept = live.with_name(f"{live.name}.replaced-{stamp()}")
        move(live, kept)
    new = desk / FILES
    new.mkdir(mode=FOLDER_OWNER_ONLY, exist_ok=True)
    move(new, live)
    return kept
