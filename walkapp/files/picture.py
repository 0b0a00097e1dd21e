"""A picture drawn anew: nothing of what was sent survives but its points, upright.

Metadata, comments, profiles, thumbnails and whatever was appended stay behind, because a new image
is made and only the points are pasted into it; re-saving alone would carry a JPEG's comment over.
"""

import struct
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageOps

from .limits import (
    JPEG_QUALITY,
    LONGEST_SIDE,
    MOST_JPEG_POINTS,
    MOST_POINTS,
    MOST_SCANS,
    WAIT_FOR_DRAWING_SECONDS,
)

TYPE = "image/jpeg"
READ = ("JPEG", "PNG")
JPEG = b"\xff\xd8"
# A camera may keep a second picture behind the first; only the first is read.
POINTS_OF = {"JPEG": MOST_JPEG_POINTS, "MPO": MOST_JPEG_POINTS, "PNG": MOST_POINTS}
START_OF_SCAN = b"\xff\xda"  # never in the points themselves: there a zero follows each 0xFF
# What Pillow raises about bytes that are not what they say.
BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, OverflowError, TypeError,
    KeyError, IndexError, AttributeError, NotImplementedError, Warning,
)  # fmt: skip

# The header is checked below; should a size ever pass it, Pillow stops as well. For the whole
# process: filters that are set for a moment are not safe among threads.
Image.MAX_IMAGE_PIXELS = MOST_JPEG_POINTS
warnings.filterwarnings("error", module=r"PIL\b")

# A large picture takes 150 MB while it is drawn: one at a time.
_drawing = threading.Semaphore(1)


class NotAPicture(Exception):
    """These bytes are no photo that is taken here; the message says why."""


class DrawingBusy(Exception):
    """Others are being drawn; nothing happened yet."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG of ours."""

    data: bytes
    sha256: str
    width: int
    height: int
    type: str = TYPE


def redrawn(data: bytes) -> Picture:
    """The picture in these bytes as a new JPEG, or NotAPicture; its size is judged first."""
    if data.startswith(JPEG) and data.count(START_OF_SCAN) > MOST_SCANS:
        # Each may be a few bytes long and is drawn over the whole picture: hours of work.
        raise NotAPicture("it is drawn over and over")
    with _one_at_a_time():
        try:
            with Image.open(BytesIO(data), formats=READ) as sent:
                _refuse(sent)
                drawn = _points_of(sent)
            return _as_jpeg(drawn)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise NotAPicture("it has too many points") from None
        except Image.UnidentifiedImageError:
            raise NotAPicture("only JPEG and PNG are taken") from None
        except BROKEN:
            raise NotAPicture("it is damaged or cut short") from None


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not _drawing.acquire(timeout=WAIT_FOR_DRAWING_SECONDS):
        raise DrawingBusy
    try:
        yield
    finally:
        _drawing.release()


def _refuse(sent: Image.Image) -> None:
    width, height = sent.size
    if width * height > POINTS_OF[sent.format or ""]:
        raise NotAPicture(
            f"it has more than {POINTS_OF[sent.format or ''] // 10**6} million points"
        )
    if sent.format == "PNG" and getattr(sent, "is_animated", False):
        raise NotAPicture("it moves")


def _points_of(sent: Image.Image) -> Image.Image:
    # A JPEG is decoded at half, a quarter or an eighth where that is still large enough.
    sent.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    sent.load()
    points = _in(sent, "RGBA" if sent.has_transparency_data else "RGB")
    points.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(points)
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, (0, 0), upright if upright.mode == "RGBA" else None)
    return paper


def _in(image: Image.Image, mode: str) -> Image.Image:
    return image if image.mode == mode else image.convert(mode)


def _as_jpeg(drawn: Image.Image) -> Picture:
    out = BytesIO()
    drawn.save(out, "JPEG", quality=JPEG_QUALITY)
    data = out.getvalue()
    return Picture(data, sha256(data).hexdigest(), *drawn.size)
