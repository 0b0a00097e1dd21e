"""Pictures as cameras and phones write them: on their side, full of what nobody asked for."""

import io
import struct
import zlib

from PIL import Image, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

MADE_BY = "SpyCam 9000"
COMMENT = b"Student: Jordan P., Room 12"
TURNED_RIGHT = 6
WIDE, HIGH = 2400, 1600


def camera_picture(left: str = "red", right: str = "blue") -> bytes:
    """A wide picture that has to be turned to stand; it tells where, when and with what."""
    picture = Image.new("RGB", (WIDE, HIGH), left)
    picture.paste(right, (WIDE // 2, 0, WIDE, HIGH))
    exif = Image.Exif()
    exif[Base.Orientation] = TURNED_RIGHT
    exif[Base.Make] = MADE_BY
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (42.0, 21.0, 30.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=COMMENT, quality=90)
    return out.getvalue()


def poster() -> bytes:
    """A sheet of paper on a wall with two columns of writing, for the pictures of the README."""
    picture = Image.new("RGB", (WIDE, HIGH), "#b9b2a6")
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((300, 120, WIDE - 300, HIGH - 120), 12, fill="#fbf8f0")
    for left, colour in ((420, "#1f5f8b"), (1260, "#8a4b14")):
        draw.rectangle((left, 240, left + 480, 290), fill=colour)
        for line in range(9):
            width = 640 - (line * 97) % 190
            draw.rectangle((left, 380 + line * 110, left + width, 404 + line * 110), fill="#6d675e")
    draw.line((WIDE // 2, 240, WIDE // 2, HIGH - 220), fill="#c8c1b4", width=6)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def tells(data: bytes) -> list[str]:
    """What a picture says beyond what it shows."""
    words = {"Exif": b"Exif", "its maker": MADE_BY.encode(), "a comment": COMMENT, "XMP": b"adobe"}
    return [what for what, said in words.items() if said in data]


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def cut_picture() -> bytes:
    """A photo whose transfer broke off: a third of it never came."""
    whole = camera_picture()
    return whole[: len(whole) * 2 // 3]


def huge_picture(side: int = 20_000) -> bytes:
    """A few kilobytes that would be 400 million points once they are opened."""
    line = bytes(1 + side // 8)
    packed = zlib.compress(line * side, 9)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
