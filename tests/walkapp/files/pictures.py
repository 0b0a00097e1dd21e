"""Pictures as tablets, cameras and people with bad intentions send them."""

import struct
import zlib
from functools import cache
from hashlib import sha256
from io import BytesIO

from PIL import Image

MARKER = b"Zanzibar-Canary"
RED, BLUE = (200, 30, 30), (30, 30, 200)


def name_of(data: bytes) -> str:
    return sha256(data).hexdigest()


def jpeg(width: int = 160, height: int = 120, colour: tuple[int, int, int] = RED) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG", quality=80)
    return out.getvalue()


@cache
def large(kilobytes: int = 900) -> bytes:
    """A photo with much in it: several chunks long."""
    side = 300
    while True:
        out = BytesIO()
        Image.effect_noise((side, side), 90).convert("RGB").save(out, "JPEG", quality=92)
        if len(out.getvalue()) >= kilobytes * 1000:
            return out.getvalue()
        side = side * 5 // 4


def two_halves(width: int = 80, height: int = 40) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def talkative() -> bytes:
    """A JPEG with the marker in every corner: EXIF, GPS, XMP, ICC, comment, a ZIP behind."""
    image, out = two_halves(), BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = MARKER.decode()
    exif[0x9286] = MARKER.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 12.0), 29: MARKER.decode()})
    image.save(
        out, "JPEG", exif=exif, comment=b"<script>" + MARKER + b"</script>",
        icc_profile=b"\0" * 128 + MARKER, xmp=b"<x:xmpmeta>" + MARKER + b"</x:xmpmeta>",
    )  # fmt: skip
    return out.getvalue() + b"PK\x03\x04" + MARKER


def png(size: tuple[int, int] = (40, 20), mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, "PNG")
    return out.getvalue()


def bomb(side: int) -> bytes:
    """A few kilobytes that say they are side x side points."""
    row = b"\0" + b"\0" * ((side + 7) // 8)
    packed = zlib.compressobj(9)
    points = b"".join(packed.compress(row) for _ in range(side)) + packed.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _piece(b"IHDR", header) + _piece(b"IDAT", points) + _piece(b"IEND")
    )


def said_size(width: int, height: int) -> bytes:
    """A JPEG whose header says another size than it has points for."""
    whole = bytearray(jpeg())
    at = whole.index(b"\xff\xc0") + 5
    whole[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(whole)


def moving(format: str) -> bytes:
    out = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, BLUE)]
    frames[0].save(out, format, save_all=True, append_images=frames[1:])
    return out.getvalue()


def in_format(format: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (20, 20), RED).save(out, format)
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64


def _piece(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
