"""A file opened whole: all its parts, or the problem that stands before the first closed one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ..problems import Problem
from . import envelope
from .content import Content, read_content
from .envelope import Copy, Means, Part
from .keys import is_vouched

WAIT_SECONDS, BUSY_RETRY_SECONDS = 10, 10

# Opened, a copy takes some hundred megabytes: one at a time in each process.
_opening = threading.Semaphore(1)


@dataclass(frozen=True, slots=True)
class Opened:
    """One person's work in one space, from the tablet it was made on."""

    space: str
    device: str
    made_at: int
    content: Content
    is_vouched: bool  # certainly of the account it names


def open_copy(data: bytes, secret: str, words: str = "") -> list[Opened]:
    """The parts of the file; by the words where it was not closed for this server."""
    copy, means = envelope.read(data), Means()
    return [_opened(copy, part, secret, words, means) for part in copy.parts]


def _opened(copy: Copy, part: Part, secret: str, words: str, means: Means) -> Opened:
    content = read_content(envelope.open_part(part, secret, words, means), part.space)
    is_its_own = is_vouched(secret, part.space, content.account, content.voucher)
    return Opened(part.space, copy.device, copy.made_at, content, is_its_own)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Nobody else opens a copy here meanwhile; who would wait too long is asked to come back."""
    if not _opening.acquire(timeout=WAIT_SECONDS):
        raise Problem("busy", headers={"Retry-After": str(BUSY_RETRY_SECONDS)})
    try:
        yield
    finally:
        _opening.release()
