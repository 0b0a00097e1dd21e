"""Pictures made to keep the server busy, and a sweep that meets somebody at work."""

import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from walkapp.files import NotAPicture, picture, sweeping

from . import pictures

START_OF_SCAN = b"\xff\xda"


def endless(scans: int) -> bytes:
    """A progressive JPEG whose last small scan comes again and again."""
    out = BytesIO()
    Image.new("RGB", (2000, 1500), pictures.RED).save(out, "JPEG", progressive=True)
    whole = out.getvalue()
    last = whole[whole.rindex(START_OF_SCAN) : -2]
    return whole[:-2] + last * scans + whole[-2:]


def test_a_picture_that_is_drawn_over_and_over_is_refused_at_once() -> None:
    began = time.perf_counter()
    with pytest.raises(NotAPicture):
        picture.redrawn(endless(1_000))
    assert time.perf_counter() - began < 1


def test_a_progressive_photo_with_a_thumbnail_is_an_ordinary_one() -> None:
    assert picture.redrawn(endless(20)).width == 2000


def test_what_vanishes_while_it_is_swept_is_gone_and_no_fault(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.touch()
    assert sweeping._older([tmp_path / "gone", there], 10**15) == [there]
