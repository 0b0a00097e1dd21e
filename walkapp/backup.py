"""Backups and their way back, one whole file each. Nothing half-made ever has the final name."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import postgres_tools
from .clock import now_ms
from .config import Config
from .database import new_engine, sqlite_module
from .migrations import current, known

OWNER_ONLY = 0o600
FOLDER_OWNER_ONLY = 0o700
DAMAGE = ("malformed", "not a database")  # in SQLite's own words
COPIES = "backups"  # the folder in the home for copies that were given no name


class BackupError(Exception):
    """A backup could not be made, or not be used; the live data is as it was."""


class Damaged(BackupError):
    """The file holds what SQLite cannot read as it was written."""


def is_damage(trouble: BaseException) -> bool:
    """Is a file broken, and not only out of reach?"""
    return isinstance(trouble, Damaged) or any(words in str(trouble) for words in DAMAGE)


def backup(config: Config, target: Path | None = None) -> Path:
    """Write the database, as it is at one moment, to a new checked file; the server may go on."""
    target = target or config.home / COPIES / default_name(config)
    _refuse_taken(config, target)
    _refuse_nothing(config)
    _make_folder(config, target.parent)
    with beside(target) as part:
        if config.is_sqlite:
            _copy_live(_existing(config.sqlite_file), part)
        else:
            postgres_tools.dump(config.url, part)
            postgres_tools.check(part)
        part.chmod(OWNER_ONLY)
        _to_disk(part)
        part.replace(target)
    return target


def restore(config: Config, source: Path) -> Path | None:
    """Put a backup in the place of the live data; says where what was replaced is kept."""
    if not source.is_file():
        raise BackupError(f"There is no file {source}.")
    if config.is_sqlite:
        return _restore_sqlite(config, source)
    return _restore_postgres(config, source)


def default_name(config: Config, label: str = "walkapp") -> str:
    return f"{label}-{_stamp()}.{'sqlite3' if config.is_sqlite else 'dump'}"


def copy_sqlite(source: Path, target: Path) -> None:
    """A consistent copy page by page, also while others write; as one file, without a WAL."""
    module: Any = sqlite_module()
    with closing(module.connect(source)) as live, closing(module.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def check_sqlite(file: Path) -> str:
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
    return version[0]


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A name next to the target to write to; whatever is left there at the end is removed."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield part
    finally:
        for leftover in (part, *_companions(part)):
            leftover.unlink(missing_ok=True)


def _refuse_taken(config: Config, target: Path) -> None:
    live = config.sqlite_file
    own = [config.secret_file, *([live, *_companions(live)] if live is not None else [])]
    if target.resolve() in [file.resolve() for file in own]:
        raise BackupError(f"{target} belongs to the server itself: give the backup another name.")
    if target.exists() or target.is_symlink():
        raise BackupError(f"{target} is there already: give the backup a name of its own.")


def _refuse_nothing(config: Config) -> None:
    if config.is_sqlite:
        _existing(config.sqlite_file)
        return
    engine = new_engine(config.database)
    try:
        with engine.connect() as connection:
            if current(connection) is None:
                raise BackupError("The database is still empty: run `walkapp init` first.")
    finally:
        engine.dispose()


def _make_folder(config: Config, folder: Path) -> None:
    if folder.is_dir():
        return
    # Elsewhere it may be a stick that was not plugged in, or a slip in the name.
    if not folder.resolve().is_relative_to(config.home.resolve()):
        raise BackupError(f"There is no folder {folder}: make it first, or look at its name.")
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        missing.mkdir(mode=FOLDER_OWNER_ONLY)


def _copy_live(live: Path, part: Path) -> None:
    part.touch(mode=OWNER_ONLY)  # where that is refused, the system says why; SQLite does not
    module: Any = sqlite_module()
    try:
        copy_sqlite(live, part)
        check_sqlite(part)
    except (module.DatabaseError, Damaged) as trouble:
        if not is_damage(trouble):
            raise BackupError(f"{live} could not be copied ({trouble}).") from trouble
        raise Damaged(
            f"{live} is damaged, so no backup was made of it. Stop the server and put the newest "
            "backup in its place: `walkapp restore FILE`."
        ) from trouble


def _restore_sqlite(config: Config, source: Path) -> Path | None:
    live = Path(str(config.sqlite_file))
    check_sqlite(source)
    live.parent.mkdir(mode=FOLDER_OWNER_ONLY, parents=True, exist_ok=True)
    with beside(live) as part:
        copy_sqlite(source, part)
        check_sqlite(part)
        part.chmod(OWNER_ONLY)
        _to_disk(part)
        kept = _set_aside(live)
        part.replace(live)
    return kept


def _restore_postgres(config: Config, source: Path) -> Path:
    postgres_tools.check(source)
    kept = backup(config, config.home / COPIES / default_name(config, "before-restore"))
    engine = new_engine(config.database)
    try:
        postgres_tools.replace(config.url, engine, source)
    finally:
        engine.dispose()
    return kept


def _set_aside(live: Path) -> Path | None:
    """Give the live file and its WAL another name; refused while anything has it open."""
    if not live.exists():
        return None
    kept = live.with_name(f"{live.name}.replaced-{_stamp()}")
    _refuse_if_open(live)
    for file in (live, *_companions(live)):
        if file.exists():
            file.replace(kept.with_name(kept.name + file.name.removeprefix(live.name)))
    return kept


def _refuse_if_open(live: Path) -> None:
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


def _existing(file: Path | None) -> Path:
    if file is None or not file.is_file():
        raise BackupError(f"There is no database at {file}: run `walkapp init` first.")
    if shutil.disk_usage(file.parent).free < file.stat().st_size:
        raise BackupError(f"The disk of {file.parent} has no room for a copy.")
    return file


def _companions(file: Path) -> list[Path]:
    return [file.with_name(file.name + end) for end in ("-wal", "-shm", "-journal")]


def _to_disk(file: Path) -> None:
    with file.open("rb") as written:
        os.fsync(written.fileno())


def _stamp() -> str:
    now = datetime.fromtimestamp(now_ms() / 1000, UTC)
    return now.strftime("%Y%m%d-%H%M%S") + f"{now.microsecond // 1000:03}"
