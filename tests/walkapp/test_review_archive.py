"""A backup that is small until it is unpacked is not one of ours."""

import io
import tarfile
from hashlib import sha256
from pathlib import Path

import pytest

from walkapp import archive
from walkapp.archive import BadArchive, Member

LENGTH = 40_000_000
HOLES = b"1\n0\n0\n".ljust(tarfile.BLOCKSIZE, b"\0")  # one piece, and nothing in it


def test_a_member_full_of_holes_is_refused_before_it_fills_the_disk(tmp_path: Path) -> None:
    source, into = tmp_path / "made.tar", tmp_path / "into"
    hollow = Member("hollow", LENGTH, sha256(bytes(LENGTH)).hexdigest())
    manifest = archive._manifest({}, [hollow])
    with tarfile.open(source, "w", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(archive._header(archive.MANIFEST, len(manifest)), io.BytesIO(manifest))
        header = archive._header("hollow", len(HOLES))
        header.pax_headers = {
            "GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": "hollow",
            "GNU.sparse.realsize": str(LENGTH),
        }  # fmt: skip
        tar.addfile(header, io.BytesIO(HOLES))
    into.mkdir()
    assert source.stat().st_size < 20_000
    with pytest.raises(BadArchive):
        archive.read(source, into)
    assert list(into.iterdir()) == []
