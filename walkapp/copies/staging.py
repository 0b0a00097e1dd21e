"""An uploaded copy between looking at it and entering it: one for each account, still closed."""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from ..disk import has_room
from ..files.limits import LEAST_FREE_BYTES
from ..problems import Problem

FOLDER = "rescue"
KEPT_MS = 24 * 3_600_000


def keep(home: Path, account: str, data: bytes, now: int) -> str:
    """Keep the file instead of the account's earlier one, and return its digest."""
    folder = home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    _drop_old(folder, now)
    if not has_room(folder, LEAST_FREE_BYTES + len(data)):
        raise Problem("disk-full")
    unfinished = folder / f"{account}.new"
    unfinished.touch(mode=0o600)
    unfinished.write_bytes(data)
    unfinished.replace(_place(home, account))
    return sha256(data).hexdigest()


def kept(home: Path, account: str, digest: str) -> bytes | None:
    """The file that was looked at, if it is still there and the same."""
    try:
        data = _place(home, account).read_bytes()
    except FileNotFoundError:
        return None
    return data if sha256(data).hexdigest() == digest else None


def drop(home: Path, account: str) -> None:
    """It was entered; the person has the file."""
    _place(home, account).unlink(missing_ok=True)


def _place(home: Path, account: str) -> Path:
    return home / FOLDER / f"{account}.walk"


def _drop_old(folder: Path, now: int) -> None:
    for file in folder.iterdir():
        with suppress(FileNotFoundError):  # another request was faster
            if file.stat().st_mtime * 1000 < now - KEPT_MS:
                file.unlink()
