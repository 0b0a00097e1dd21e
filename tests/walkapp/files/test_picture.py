"""What is kept is drawn anew: only points survive, and nothing that is no photo gets so far."""

import random
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from walkapp.files.limits import LONGEST_SIDE, MOST_JPEG_POINTS, MOST_POINTS
from walkapp.files.picture import NotAPicture, redrawn

from . import pictures

HIDING_PLACES = (
    b"Exif", b"GPS", b"http://ns.adobe.com", b"xmpmeta", b"ICC_PROFILE", b"Photoshop",
    b"<script", b"PK\x03\x04", b"\xff\xfe", pictures.MARKER,
)  # fmt: skip


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def test_nothing_but_the_points_survives() -> None:
    sent = pictures.talkative()
    assert all(each in sent for each in (b"Exif", b"xmpmeta", b"ICC_PROFILE", b"<script", b"PK"))
    kept = redrawn(sent).data
    assert [each for each in HIDING_PLACES if each in kept] == []
    assert kept.endswith(b"\xff\xd9")


def test_a_picture_that_lies_on_its_side_is_kept_upright() -> None:
    kept = redrawn(pictures.talkative())
    assert (kept.width, kept.height) == (40, 80)
    top, bottom = (opened(kept.data).getpixel((20, row)) for row in (10, 70))
    assert top[0] > 150 > top[2] and bottom[2] > 150 > bottom[0]  # type: ignore[index]


def test_a_large_picture_is_kept_smaller_and_in_its_shape() -> None:
    kept = redrawn(pictures.jpeg(5000, 2500))
    assert (kept.width, kept.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_a_small_picture_keeps_its_size_and_says_what_it_is() -> None:
    kept = redrawn(pictures.jpeg(160, 120))
    assert (kept.width, kept.height, kept.type) == (160, 120, "image/jpeg")
    assert kept.sha256 == pictures.name_of(kept.data)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA", "P", "L", "1"])
def test_every_way_to_hold_points_becomes_a_plain_jpeg(mode: str) -> None:
    kept = opened(redrawn(pictures.png(mode=mode)).data)
    assert (kept.format, kept.mode, kept.size) == ("JPEG", "RGB", (40, 20))


def test_what_is_see_through_is_kept_on_white_paper() -> None:
    kept = opened(redrawn(pictures.png(mode="RGBA")).data)
    assert kept.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("format", ["GIF", "WEBP", "TIFF", "BMP", "ICO", "PPM"])
def test_other_formats_are_refused_by_name(format: str) -> None:
    with pytest.raises(NotAPicture, match="only JPEG and PNG"):
        redrawn(pictures.in_format(format))


@pytest.mark.parametrize("data", [pictures.SVG, pictures.HTML, pictures.HEIC, b"", b"\xff\xd8"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPicture):
        redrawn(data)


def test_a_moving_picture_is_refused() -> None:
    with pytest.raises(NotAPicture, match="it moves"):
        redrawn(pictures.moving("PNG"))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_picture_that_is_cut_short_is_refused(share: float) -> None:
    whole = pictures.large(100)
    with pytest.raises(NotAPicture):
        redrawn(whole[: int(len(whole) * share)])


def test_a_damaged_picture_is_drawn_or_refused_and_never_upsets_the_server() -> None:
    chance, whole = random.Random(20), pictures.talkative()
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            redrawn(bytes(damaged))
        except NotAPicture:
            pass


BOMBS = {
    "12000": lambda: pictures.bomb(12_000),
    "20000": lambda: pictures.bomb(20_000),
    "65000": lambda: pictures.said_size(65_000, 65_000),
    "just over, PNG": lambda: pictures.bomb(int(MOST_POINTS**0.5) + 2),
    "just over, JPEG": lambda: pictures.said_size(int(MOST_JPEG_POINTS**0.5) + 1, 7072),
}


@pytest.mark.parametrize("which", BOMBS)
def test_a_bomb_is_refused_by_its_header_before_a_point_is_decoded(which: str) -> None:
    data, began = BOMBS[which](), time.monotonic()
    assert len(data) < 100_000
    with pytest.raises(NotAPicture, match="points"):
        redrawn(data)
    assert time.monotonic() - began < 0.5


MEASURE = """
import resource, sys
from walkapp.files.picture import NotAPicture, redrawn
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
data = open(sys.argv[1], "rb").read()
before = peak()
try:
    redrawn(data)
except NotAPicture:
    pass
print((peak() - before) // 1024)
"""


@pytest.mark.parametrize("which", ["bomb", "largest PNG", "largest JPEG"])
def test_no_picture_takes_more_than_150_mb(tmp_path: Path, which: str) -> None:
    side = int(MOST_POINTS**0.5)
    data = {
        "bomb": lambda: pictures.bomb(20_000),
        "largest PNG": lambda: pictures.png((side, side), "RGBA"),
        "largest JPEG": lambda: pictures.jpeg(8000, MOST_JPEG_POINTS // 8000),
    }[which]()
    (tmp_path / "sent").write_bytes(data)
    words = [sys.executable, "-c", MEASURE, str(tmp_path / "sent")]
    said = subprocess.run(words, capture_output=True, text=True, check=True)
    assert int(said.stdout) < 150
