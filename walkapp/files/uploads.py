"""Files arrive in pieces and may go on where they stopped, after any break and on any worker.

A piece is on the disk before its row says so, and the last one has no row of its own: the upload
is finished by the same transaction that keeps the file.
"""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ..config import Config
from ..database import reading, writing
from ..disk import has_room
from ..models import Upload
from ..problems import Problem
from . import parts
from .keeping import Receipt, Sender, keep_whole, kept_file, receipt_of
from .limits import LEAST_FREE_BYTES, MOST_BYTES, MOST_UNFINISHED, MOST_UNFINISHED_BYTES
from .parts import Part
from .picture import DrawingBusy, NotAPicture
from .shelf import Shelf

BUSY_RETRY_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of the file with this hash, from `offset` on; `length` is that of the whole file."""

    sha256: str
    offset: int
    length: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a file is here; the receipt once it is whole and kept."""

    received: int = 0
    length: int | None = None
    receipt: Receipt | None = None


def progress(config: Config, sender: Sender, sha: str) -> Progress:
    """Where this account's upload of the file stands."""
    shelf = Shelf.of(config, sender.space)
    with reading() as session:
        file = kept_file(session, shelf, sender, sha)
        if file is not None:
            return Progress(file.size, file.size, receipt_of(file))
        upload = session.get(Upload, (sender.space, sha, sender.account))
    if upload is None:
        return Progress()
    # The row may be newer than the bytes: of a restored database, or after the folder was lost.
    here = parts.size_of(shelf.part(sha, sender.account))
    return Progress(min(upload.received, here), upload.length)


def take(config: Config, sender: Sender, chunk: Chunk, now: int) -> Progress:
    """Add a piece where the last one ended; the last piece of all brings the receipt."""
    before = progress(config, sender, chunk.sha256)
    if before.receipt:
        return before
    _refuse(sender, before, chunk)
    _refuse_full(config, chunk)
    path = Shelf.of(config, sender.space).part(chunk.sha256, sender.account)
    try:
        with parts.held(path) as part:
            # Asked again: what was there a moment ago may have been another request's.
            before = progress(config, sender, chunk.sha256)
            if before.receipt:
                part.remove()
                return before
            _refuse(sender, before, chunk)
            return _add(config, sender, chunk, part, now)
    except (parts.InUse, DrawingBusy):
        raise Problem("busy", headers={"Retry-After": str(BUSY_RETRY_SECONDS)}) from None


def _refuse(sender: Sender, before: Progress, chunk: Chunk) -> None:
    if chunk.length > MOST_BYTES or chunk.offset + len(chunk.data) > chunk.length:
        raise Problem("too-large", headers=_truth(before.received))
    if chunk.length == 0:
        raise Problem("file-not-image", "it is empty")
    begins = chunk.offset == 0 and (before.received == 0 or before.length != chunk.length)
    if begins:
        _refuse_too_many(sender, chunk)
    elif before.length != chunk.length:
        raise Problem("wrong-offset", headers=_truth(0))
    elif before.received != chunk.offset:
        raise Problem("wrong-offset", headers=_truth(before.received))


def _truth(received: int) -> dict[str, str]:
    return {"Upload-Offset": str(received)}


def _refuse_too_many(sender: Sender, chunk: Chunk) -> None:
    others = select(func.count(), func.coalesce(func.sum(Upload.length), 0)).where(
        Upload.account == sender.account, Upload.received < Upload.length,
        (Upload.space != sender.space) | (Upload.sha256 != chunk.sha256),
    )  # fmt: skip
    with reading() as session:
        count, size = session.execute(others).one()
    if count >= MOST_UNFINISHED or size + chunk.length > MOST_UNFINISHED_BYTES:
        raise Problem("too-much-unfinished")


def _refuse_full(config: Config, chunk: Chunk) -> None:
    if not has_room(config.home, LEAST_FREE_BYTES + chunk.length):
        raise Problem("disk-full")


def _add(config: Config, sender: Sender, chunk: Chunk, part: Part, now: int) -> Progress:
    part.write(chunk.offset, chunk.data)
    received = chunk.offset + len(chunk.data)
    if received < chunk.length:
        with writing() as session:
            _note(session, sender, chunk, received, now)
        return Progress(received, chunk.length)
    try:
        receipt = _finish(config, sender, chunk, part.read(chunk.length), now)
    except Problem:
        with writing() as session:
            _forget(session, sender, chunk.sha256)
        part.remove()
        raise
    part.remove()
    return Progress(chunk.length, chunk.length, receipt)


def _finish(config: Config, sender: Sender, chunk: Chunk, data: bytes, now: int) -> Receipt:
    if sha256(data).hexdigest() != chunk.sha256:
        raise Problem("file-damaged", headers=_truth(0))
    try:
        return keep_whole(config, sender, data, now)
    except NotAPicture as why:
        raise Problem("file-not-image", str(why), headers=_truth(0)) from None


def _note(session: Session, sender: Sender, chunk: Chunk, received: int, now: int) -> None:
    row = session.get(Upload, (sender.space, chunk.sha256, sender.account))
    if row is None:
        row = Upload(space=sender.space, sha256=chunk.sha256, account=sender.account, began_at=now)
        session.add(row)
    row.length, row.received, row.last_at = chunk.length, received, now


def _forget(session: Session, sender: Sender, sha: str) -> None:
    session.execute(
        delete(Upload).where(
            Upload.space == sender.space, Upload.sha256 == sha, Upload.account == sender.account
        )
    )
