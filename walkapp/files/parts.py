"""What has only half arrived: one growing file, in the hands of one request at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .shelf import OWNER_ONLY, make_folder


class InUse(Exception):
    """Another request is just adding to this very file."""


@dataclass(frozen=True, slots=True)
class Part:
    """An open unfinished file. Also another process finds it locked."""

    path: Path
    handle: int

    def write(self, offset: int, data: bytes) -> None:
        """Put the bytes at the offset, nothing after them, and all of it on the disk."""
        os.ftruncate(self.handle, offset)
        while data:
            written = os.pwrite(self.handle, data, offset)
            data, offset = data[written:], offset + written
        os.fsync(self.handle)

    def read(self, length: int) -> bytes:
        return os.pread(self.handle, length, 0)

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)


def size_of(path: Path) -> int:
    """How much has arrived; 0 of what was never begun."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


@contextmanager
def held(path: Path) -> Iterator[Part]:
    """The unfinished file, made where needed; refused at once while another request has it."""
    make_folder(path.parent)
    handle = _locked(path)
    try:
        yield Part(path, handle)
    finally:
        os.close(handle)


def _locked(path: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_still(handle, path):
                return handle
        except BlockingIOError:
            os.close(handle)
            raise InUse from None
        os.close(handle)  # removed by the one before us: what we hold has no name any more


def _is_still(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
