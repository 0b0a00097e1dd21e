"""What takes long to pack is packed once for all workers and starts of a server."""

import gzip
import os
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from walkapp import packing

LARGE = os.urandom(1_000) * 300


@pytest.fixture(autouse=True)
def _forget() -> None:
    packing._large.cache_clear()


def kept(home: Path) -> list[Path]:
    return sorted((home / packing.FOLDER).glob("*"))


@pytest.mark.parametrize(
    ("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_what_is_packed_is_the_same_again(tmp_path: Path, encoding: str, unpack) -> None:  # type: ignore[no-untyped-def]
    for raw in (b"small" * 100, LARGE):
        assert unpack(packing.packed(raw, encoding, tmp_path)) == raw


def test_a_large_one_is_kept_for_the_next_start_and_an_older_one_goes(tmp_path: Path) -> None:
    packing.packed(LARGE + b"older", "br", tmp_path)
    body = packing.packed(LARGE, "br", tmp_path)
    assert [path.read_bytes() for path in kept(tmp_path)] == [body]
    packing._large.cache_clear()
    kept(tmp_path)[0].write_bytes(b"from the disk")
    assert packing.packed(LARGE, "br", tmp_path) == b"from the disk"


def test_a_home_that_cannot_be_written_costs_time_and_nothing_else(tmp_path: Path) -> None:
    nowhere = tmp_path / "a file, no folder"
    nowhere.write_text("")
    assert brotli.decompress(packing.packed(LARGE, "br", nowhere)) == LARGE
