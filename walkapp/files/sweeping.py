"""What nobody will finish is forgotten: at most once an hour, when somebody sends a file."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..config import Config
from ..database import reading, writing
from ..models import File, Space, Upload
from . import parts
from .limits import (
    FORGET_ORPHANS_AFTER_MS,
    FORGET_UPLOADS_AFTER_MS,
    ORPHANED_AFTER_MS,
    SWEEP_EVERY_MS,
)
from .shelf import OWNER_ONLY, Shelf, folder_of, make_folder, touch

SWEPT = ".swept"


def sweep_if_due(config: Config, now: int) -> None:
    """Sweep, unless somebody did within the hour; a sweep that fails waits for the next hour."""
    make_folder(folder_of(config))
    mark = folder_of(config) / SWEPT
    if mark.exists() and abs(now - _touched(mark)) < SWEEP_EVERY_MS:
        return
    mark.touch(mode=OWNER_ONLY)
    touch(mark, now)
    sweep(config, now)


def sweep(config: Config, now: int) -> None:
    """Drop uploads that stopped long ago, and bytes that no row speaks of: photos after a wait."""
    with writing() as session:
        _forget_uploads(session, now)
    with reading() as session:
        spaces = list(session.scalars(select(Space.id)))
    for space in spaces:
        _sweep_space(Shelf.of(config, space), space, now)


def _forget_uploads(session: Session, now: int) -> None:
    unfinished = Upload.received < Upload.length  # a finished one says who else has sent a file
    session.execute(
        delete(Upload).where(unfinished, Upload.last_at < now - FORGET_UPLOADS_AFTER_MS)
    )


def _sweep_space(shelf: Shelf, space: str, now: int) -> None:
    if not shelf.root.is_dir():
        return
    with shelf.alone() as alone, reading() as session:
        if not alone:
            return
        kept = set(session.scalars(select(File.kept).where(File.space == space)))
        going = session.execute(
            select(Upload.sha256, Upload.account).where(
                Upload.space == space, Upload.received < Upload.length
            )
        )
        under_way = {shelf.part(sha, account) for sha, account in going}
        for orphan in _older(orphans(shelf, kept), now - ORPHANED_AFTER_MS):
            shelf.set_apart(orphan, now)
        for file in _older(shelf.leftovers(), now - ORPHANED_AFTER_MS):
            file.unlink(missing_ok=True)
        for file in _older(shelf.apart(), now - FORGET_ORPHANS_AFTER_MS):
            file.unlink(missing_ok=True)
    for part in _older(shelf.parts(), now - ORPHANED_AFTER_MS):
        if part not in under_way:
            _remove_part(part)


def orphans(shelf: Shelf, kept: Collection[str]) -> list[Path]:
    """Bytes that no row speaks of."""
    return [file for file in shelf.kept() if file.name not in kept]


def _remove_part(path: Path) -> None:
    try:
        with parts.held(path) as part:  # a request may just have begun on it
            part.remove()
    except parts.InUse:
        pass


def _older(files: Iterable[Path], than: int) -> list[Path]:
    found = []
    for file in files:
        with suppress(FileNotFoundError):  # a request was just done with it
            if _touched(file) < than:
                found.append(file)
    return found


def _touched(path: Path) -> int:
    return path.stat().st_mtime_ns // 1_000_000
