"""A tablet that sends a file piece by piece, without the web around it."""

from walkapp import files
from walkapp.clock import now_ms
from walkapp.config import Config
from walkapp.files import Chunk, Progress, Sender

from . import pictures

CHUNK_BYTES = 256 * 1024


def piece(data: bytes, offset: int, size: int = CHUNK_BYTES, sha: str = "") -> Chunk:
    sha = sha or pictures.name_of(data)
    return Chunk(sha, offset, len(data), data[offset : offset + size])


def send(config: Config, sender: Sender, data: bytes, now: int | None = None) -> Progress:
    """Ask how far it got, and go on from there until the receipt comes."""
    reached = files.progress(config, sender, pictures.name_of(data))
    while reached.receipt is None:
        chunk = piece(data, reached.received)
        reached = files.take(config, sender, chunk, now_ms() if now is None else now)
    return reached
