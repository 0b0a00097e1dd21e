"""Where the bytes lie: `files/<space>/<two digits>/<hash>`, each file whole or not there at all."""

import fcntl
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..config import Config

FOLDER = "files"
ARRIVING, APART = "arriving", "apart"
GUARD = ".guard"
UNFINISHED = ".part"
OWNER_ONLY, FOLDER_OWNER_ONLY = 0o600, 0o700

_HASH = re.compile(r"[0-9a-f]{64}")


def is_hash(text: str) -> bool:
    """Is this the name of a file as we give them? Nothing else ever becomes a path."""
    return _HASH.fullmatch(text) is not None


def folder_of(config: Config) -> Path:
    """All files of all spaces."""
    return config.home / FOLDER


@dataclass(frozen=True, slots=True)
class Shelf:
    """The files of one space. Space and account come from the database, never from an address."""

    root: Path

    @classmethod
    def of(cls, config: Config, space: str) -> "Shelf":
        return cls(folder_of(config) / space)

    def path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256

    def part(self, sha256: str, account: str) -> Path:
        """What has arrived so far of a file somebody is sending."""
        return self.root / ARRIVING / f"{sha256}.{account}"

    def has(self, sha256: str, size: int) -> bool:
        """Is the file there in its full length?"""
        try:
            return self.path(sha256).stat().st_size == size
        except FileNotFoundError:
            return False

    def read(self, sha256: str) -> bytes | None:
        """The bytes; None when they are lost."""
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, sha256: str, data: bytes) -> None:
        """Keep the bytes: on the disk first, then under their name, also after a power cut."""
        path = self.path(sha256)
        make_folder(path.parent)
        part = path.with_name(f".{sha256}.{os.getpid()}.{threading.get_ident()}{UNFINISHED}")
        try:
            write_whole(part, data)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        to_disk(path.parent)

    def kept(self) -> Iterator[Path]:
        """Every file that has its final name."""
        for folder in self._pairs():
            yield from (file for file in sorted(folder.iterdir()) if is_hash(file.name))

    def leftovers(self) -> Iterator[Path]:
        """What a killed process began to write."""
        for folder in self._pairs():
            yield from folder.glob(f".*{UNFINISHED}")

    def parts(self) -> Iterator[Path]:
        """Everything that has only half arrived."""
        arriving = self.root / ARRIVING
        return iter(sorted(arriving.iterdir()) if arriving.is_dir() else ())

    def set_apart(self, file: Path, now: int) -> None:
        """Keep a whole file that no row speaks of where it is not in the way, from now on."""
        apart = self.root / APART / file.name
        make_folder(apart.parent)
        file.rename(apart)
        touch(apart, now)

    def apart(self) -> list[Path]:
        """Whole files that no row spoke of when they were looked at."""
        folder = self.root / APART
        return sorted(folder.iterdir()) if folder.is_dir() else []

    def _pairs(self) -> Iterator[Path]:
        if self.root.is_dir():
            yield from (each for each in sorted(self.root.iterdir()) if len(each.name) == 2)

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Nothing is swept away meanwhile: a file that waits for its row looks like an orphan."""
        with self._guarded(fcntl.LOCK_SH):
            yield

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Nothing is being put here meanwhile; False when somebody is just doing so."""
        try:
            with self._guarded(fcntl.LOCK_EX | fcntl.LOCK_NB):
                yield True
        except BlockingIOError:
            yield False

    @contextmanager
    def _guarded(self, how: int) -> Iterator[None]:
        make_folder(self.root)
        handle = os.open(self.root / GUARD, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY)
        try:
            fcntl.flock(handle, how)
            yield
        finally:
            os.close(handle)


def make_folder(folder: Path) -> None:
    """Make the folder and those above it, for this user alone."""
    for missing in reversed([each for each in (folder, *folder.parents) if not each.is_dir()]):
        missing.mkdir(mode=FOLDER_OWNER_ONLY, exist_ok=True)
        to_disk(missing.parent)


def touch(path: Path, at: int) -> None:
    """Let the file be as old as this moment, in milliseconds."""
    os.utime(path, ns=(at * 1_000_000, at * 1_000_000))


def write_whole(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def to_disk(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
