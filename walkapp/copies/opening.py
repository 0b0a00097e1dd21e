"""A file opened whole: all its parts, or the problem that stands before the first closed one."""

from dataclasses import dataclass

from . import envelope
from .content import Content, read_content


@dataclass(frozen=True, slots=True)
class Opened:
    """One person's work in one space, from the tablet it was made on."""

    space: str
    device: str
    made_at: int
    content: Content


def open_copy(data: bytes, secret: str, words: str = "") -> list[Opened]:
    """The parts of the file; by the words where it was not closed for this server."""
    copy = envelope.read(data)
    return [
        Opened(
            part.space,
            copy.device,
            copy.made_at,
            read_content(envelope.open_part(part, secret, words), part.space),
        )
        for part in copy.parts
    ]
