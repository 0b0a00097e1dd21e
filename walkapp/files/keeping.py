"""A whole file becomes ours: redrawn, put on the shelf, and only then given its row and receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ..config import Config
from ..database import writing
from ..models import File, Upload
from .picture import Picture, redrawn
from .shelf import Shelf

Receipt = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose file it is, and in which space. One file is one file, however many send it."""

    space: str
    account: str


def keep_whole(config: Config, sender: Sender, data: bytes, now: int) -> Receipt:
    """Keep a file that is here as a whole, once; NotAPicture when it is none."""
    sha = sha256(data).hexdigest()
    shelf, picture = Shelf.of(config, sender.space), redrawn(data)
    with shelf.steady():
        shelf.put(picture.sha256, picture.data)
        with writing() as session:
            file = _row(session, shelf, sender, sha, len(data), picture, now)
            _note_sender(session, file, sender)
            return receipt_of(file)


def receipt_of(file: File) -> Receipt:
    """What the tablet may rely on from now on; the same each time it is asked for."""
    return {
        "sha256": file.sha256,
        "bytes": file.size,
        "kept": {
            "sha256": file.kept,
            "bytes": file.kept_size,
            "width": file.width,
            "height": file.height,
            "type": file.type,
        },
        "at": file.received_at,
    }


def kept_file(session: Session, shelf: Shelf, sender: Sender, sha: str) -> File | None:
    """The file, if this account has sent the whole of it once and its bytes are still there.

    Whoever only knows a hash is told nothing: it looks like a file that nobody ever sent.
    """
    file = session.get(File, (sender.space, sha))
    if file is None or not shelf.has(file.kept, file.kept_size):
        return None
    return file if has_sent(session, file, sender.account) else None


def has_sent(session: Session, file: File, account: str) -> bool:
    """Did this account once hold all of these bytes?"""
    if file.account == account:
        return True
    upload = session.get(Upload, (file.space, file.sha256, account))
    return upload is not None and upload.received == upload.length


def _row(
    session: Session, shelf: Shelf, sender: Sender, sha: str, size: int, picture: Picture, now: int
) -> File:
    upsert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {"space": sender.space, "sha256": sha, "size": size, "account": sender.account,
           "received_at": now, **_drawn(picture)}  # fmt: skip
    session.execute(upsert(File).values(row).on_conflict_do_nothing())
    file = session.get_one(File, (sender.space, sha), with_for_update=True)
    if not shelf.has(file.kept, file.kept_size):  # lost since, and brought back now
        for name, value in _drawn(picture).items():
            setattr(file, name, value)
    return file


def _drawn(picture: Picture) -> dict[str, Any]:
    return {"kept": picture.sha256, "kept_size": len(picture.data), "type": picture.type,
            "width": picture.width, "height": picture.height}  # fmt: skip


def _note_sender(session: Session, file: File, sender: Sender) -> None:
    """The first sender stands in the file's row; each later one keeps a finished upload."""
    ours = (Upload.space == sender.space, Upload.sha256 == file.sha256,
            Upload.account == sender.account)  # fmt: skip
    session.execute(delete(Upload).where(*ours))
    if file.account != sender.account:
        session.add(
            Upload(
                space=sender.space,
                sha256=file.sha256,
                account=sender.account,
                length=file.size,
                received=file.size,
                began_at=file.received_at,
                last_at=file.received_at,
            )  # fmt: skip
        )
