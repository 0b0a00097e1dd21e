"""What a browser gets, packed when it is first asked for.

The whole app in one piece takes a second to pack. That is kept in the home, by its hash, for the
other workers of the server and for its next start; nothing is lost when the folder goes.
"""

import gzip
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock

import brotli  # type: ignore[import-untyped]

KEPT_IN_MEMORY = 512
KEPT_ON_DISK_FROM = 100_000  # bytes; smaller ones are packed faster than they are found
FOLDER = "cache"

_one_at_a_time = Lock()


def packed(raw: bytes, encoding: str, home: Path) -> bytes:
    """The bytes in that encoding, `br` or `gzip`, as small as it makes them."""
    if len(raw) < KEPT_ON_DISK_FROM:
        return _packed(raw, encoding)
    with _one_at_a_time:
        return _large(raw, encoding, home / FOLDER)


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _packed(raw: bytes, encoding: str) -> bytes:
    return PACKERS[encoding](raw)


@lru_cache(maxsize=4)
def _large(raw: bytes, encoding: str, folder: Path) -> bytes:
    kept = folder / f"{_name(raw)}.{encoding}"
    with suppress(OSError):
        return kept.read_bytes()
    body = PACKERS[encoding](raw)
    # A full disk, or one that may not be written: it is packed again at the next start.
    with suppress(OSError):
        _keep(kept, body)
    return body


def _keep(path: Path, body: bytes) -> None:
    """Whole or not at all: another worker may be reading."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    for older in path.parent.glob(f"*{path.suffix}"):
        older.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(body)
    Path(name).replace(path)


def _name(raw: bytes) -> str:
    return sha256(raw).hexdigest()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda raw: brotli.compress(raw, quality=11),
    "gzip": lambda raw: gzip.compress(raw, 9, mtime=0),
}
