"""By its mark a server knows its own row, and nobody else can make one."""

from dataclasses import replace
from typing import Any

import pytest
from walkapp.sync.canonical import digest
from walkapp.sync.log import Stamp
from walkapp.sync.marks import Marks, Proof
from walkapp.sync.record import Record

from .cards import NOW, TAG, uuid

MARKS = Marks("oak hill", b"kept away from the database")
BODY = {"school": "oak-hill", "title": "Room 12"}
RECORD = Record(uuid(12), "card", 7, "Ms. Okoye", BODY, digest=digest(BODY))
COMMIT = Stamp(9, TAG, NOW)
SIGNED = MARKS.sign(RECORD, COMMIT)
ROW: dict[str, Any] = {"id": uuid(12), "kind": "card", "seq": 7, "digest": digest(BODY)}


def test_a_mark_says_where_its_row_stood_and_whose_it_is() -> None:
    # The owner's name may hold what it likes, dots too.
    assert MARKS.read(SIGNED, **ROW) == Proof(9, TAG, NOW, "Ms. Okoye")


@pytest.mark.parametrize(
    "other", [{"id": uuid(13)}, {"kind": "desk"}, {"seq": 8}, {"digest": digest({})}]
)
def test_a_mark_belongs_to_one_row_as_it_was(other: dict[str, Any]) -> None:
    assert MARKS.read(SIGNED, **ROW | other) is None


@pytest.mark.parametrize(
    ("said", "instead"),
    [("9.", "8."), (TAG, TAG[::-1]), (str(NOW), str(NOW + 1)), ("Ms.", "Mr."), (SIGNED[-1], "")],
)
def test_nothing_a_mark_says_can_be_altered(said: str, instead: str) -> None:
    assert MARKS.read(SIGNED.replace(said, instead, 1), **ROW) is None


@pytest.mark.parametrize("mark", ["", ".", "....", "x.y.z", "9.tag.1.okoye." + "0" * 32, "é" * 9])
def test_what_is_no_mark_is_none(mark: str) -> None:
    assert MARKS.read(mark, **ROW) is None


def test_another_space_and_another_key_know_nothing_of_it() -> None:
    assert replace(MARKS, space="riverside").read(SIGNED, **ROW) is None
    assert replace(MARKS, key=b"another").read(SIGNED, **ROW) is None


def test_without_a_key_nothing_is_signed_and_nothing_believed() -> None:
    keyless = Marks("oak hill", b"")
    assert (keyless.sign(RECORD, COMMIT), keyless.read(SIGNED, **ROW)) == ("", None)


def test_a_row_from_before_there_were_digests_is_signed_as_well() -> None:
    assert MARKS.sign(replace(RECORD, digest=""), COMMIT) == SIGNED


def test_a_removed_row_has_no_mark() -> None:
    assert MARKS.sign(replace(RECORD, removed=True), COMMIT) == ""
