"""Backups: database and photos of one moment in one checked file, while the server goes on.

The database is copied first. A row always came after its bytes and files never change, so every
file of that copy is still there to be read. Nothing half-made ever has the final name.
"""

import glob
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, inspect, text

from . import archive, postgres_tools, sqlite_tools
from .archive import Member
from .backup_trouble import BackupError, Damaged, is_damage
from .clock import now_ms
from .config import Config
from .database import new_engine
from .disk import has_room
from .files import Shelf, folder_of
from .migrations import current

__all__ = ["DATABASES", "BackupError", "backup", "beside", "default_name", "is_empty", "stamp"]

OWNER_ONLY = 0o600
FOLDER_OWNER_ONLY = 0o700
COPIES = "backups"  # the folder in the home for copies that were given no name
COPY = "walkapp"  # how their names begin
FORGET_KILLED_AFTER_MS = 24 * 3_600_000
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
FILES = "SELECT DISTINCT space, kept, kept_size FROM file ORDER BY space, kept"

Kept = tuple[str, str, int]  # space, hash and length of a file


@dataclass(frozen=True, slots=True)
class Copied:
    """The database of one moment, and the files its rows speak of."""

    schema: str
    files: Sequence[Kept] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Files as they lie on the disk; `missing` has no bytes, or not its own."""

    whole: list[tuple[Member, Path]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def backup(config: Config, target: Path | None = None) -> Path:
    """Write everything, as it is at one moment, to a new checked file; the server may go on."""
    target = target or config.home / COPIES / default_name()
    _refuse_taken(config, target)
    _refuse_nothing(config)
    _make_folder(config, target.parent)
    with beside(target) as desk:
        database, whole = desk / DATABASES[config.url.get_backend_name()], desk / "whole"
        copied = _copy_database(config, database)
        found = _find(config, copied.files)
        _write(config, whole, database, copied, found)
        whole.chmod(OWNER_ONLY)
        _to_disk(whole)
        whole.replace(target)
        _to_disk(target.parent)
    return target


def default_name(label: str = COPY) -> str:
    return f"{label}-{stamp()}.tar"


def stamp() -> str:
    """The time of day as a part of a file's name."""
    now = datetime.fromtimestamp(now_ms() / 1000, UTC)
    return now.strftime("%Y%m%d-%H%M%S") + f"{now.microsecond // 1000:03}"


def is_empty(config: Config) -> bool:
    """Is there nothing of ours in this PostgreSQL database yet?"""
    with _connected(config) as engine, engine.connect() as connection:
        return current(connection) is None


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A folder next to the target to work in; whatever is left there at the end is removed."""
    _forget_killed(target)
    desk = target.with_name(f".{target.name}.{os.getpid()}.part")
    desk.mkdir(mode=FOLDER_OWNER_ONLY)
    try:
        yield desk
    finally:
        shutil.rmtree(desk)


def _forget_killed(target: Path) -> None:
    """Remove what others of this name, or of no name of their own, left when they were killed."""
    for pattern in (f".{glob.escape(target.name)}.*.part", f".{COPY}-*.tar.*.part"):
        for desk in target.parent.glob(pattern):
            if now_ms() - desk.stat().st_mtime * 1000 > FORGET_KILLED_AFTER_MS:
                shutil.rmtree(desk)


def _refuse_taken(config: Config, target: Path) -> None:
    live = config.sqlite_file
    own = [config.secret_file, *([live, *sqlite_tools.companions(live)] if live else [])]
    there = target.resolve()
    is_file_of_ours = there.is_relative_to(folder_of(config).resolve())
    if is_file_of_ours or there in [file.resolve() for file in own]:
        raise BackupError(f"{target} belongs to the server itself: give the backup another name.")
    if target.exists() or target.is_symlink():
        raise BackupError(f"{target} is there already: give the backup a name of its own.")


def _refuse_nothing(config: Config) -> None:
    file = config.sqlite_file
    if file is not None and not file.is_file():
        raise BackupError(f"There is no database at {file}: run `walkapp init` first.")
    if file is None and is_empty(config):
        raise BackupError("The database is still empty: run `walkapp init` first.")


def _make_folder(config: Config, folder: Path) -> None:
    if folder.is_dir():
        return
    # Elsewhere it may be a stick that was not plugged in, or a slip in the name.
    if not folder.resolve().is_relative_to(config.home.resolve()):
        raise BackupError(f"There is no folder {folder}: make it first, or look at its name.")
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        missing.mkdir(mode=FOLDER_OWNER_ONLY)


def _copy_database(config: Config, target: Path) -> Copied:
    if config.sqlite_file is not None:
        return _copy_sqlite(config.sqlite_file, target)
    return _dump_postgres(config, target)


def _copy_sqlite(live: Path, target: Path) -> Copied:
    _demand_room(target.parent, live.stat().st_size)
    target.touch(mode=OWNER_ONLY)  # where that is refused, the system says why; SQLite does not
    try:
        sqlite_tools.copy(live, target)
        schema = sqlite_tools.check(target)
    except BackupError as trouble:
        if not is_damage(trouble):
            raise
        raise Damaged(
            f"{live} is damaged, so no backup was made of it. Stop the server and put the newest "
            "backup in its place: `walkapp restore FILE`."
        ) from trouble
    return Copied(schema, files_in(target))


def files_in(database: Path) -> list[Kept]:
    """The files that the rows of a closed SQLite copy speak of."""
    tables = sqlite_tools.rows(database, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return sqlite_tools.rows(database, FILES) if ("file",) in tables else []


def _dump_postgres(config: Config, target: Path) -> Copied:
    with _connected(config) as engine:
        one_moment = engine.execution_options(isolation_level="REPEATABLE READ")
        with one_moment.connect() as connection:
            schema = str(current(connection))
            snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
            has_files = inspect(connection).has_table("file")
            rows = connection.execute(text(FILES)).all() if has_files else []
            postgres_tools.dump(config.url, target, snapshot)
    postgres_tools.check(target)
    return Copied(schema, [(space, kept, size) for space, kept, size in rows])


@contextmanager
def _connected(config: Config) -> Iterator[Engine]:
    engine = new_engine(config.database)
    try:
        yield engine
    finally:
        engine.dispose()


def _find(config: Config, files: Sequence[Kept]) -> Found:
    found = Found()
    for space, kept, size in files:
        path = Shelf.of(config, space).path(kept)
        name = name_of(space, kept)
        member = archive.member(name, path) if path.is_file() else None
        if member is not None and (member.sha256, member.size) == (kept, size):
            found.whole.append((member, path))
        else:
            found.missing.append(name)
    return found


def name_of(space: str, kept: str) -> str:
    """Where a file lies, in the home and in a backup alike."""
    return f"files/{space}/{kept[:2]}/{kept}"


def _write(config: Config, target: Path, database: Path, copied: Copied, found: Found) -> None:
    members = [(archive.member(database.name, database), database), *found.whole]
    _demand_room(target.parent, sum(member.size for member, _ in members))
    said: dict[str, Any] = {
        "made_at": now_ms(),
        "database": config.url.get_backend_name(),
        "schema": copied.schema,
        # Told and not hidden: one lost photo must not stop every backup from now on.
        "missing": found.missing,
    }
    archive.write(target, said, members)


def _demand_room(folder: Path, size: int) -> None:
    if not has_room(folder, size):
        raise BackupError(f"The disk of {folder} has no room for a copy.")


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
