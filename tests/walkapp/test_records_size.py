"""A record stays small enough to travel whole, and never too large to be cleared out."""

from dataclasses import replace
from typing import Any

from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from walkapp.records.kind import MAX_RECORD_BYTES, too_large

RECORD = Record("r", "observation", 1, "okoye", {"evidence": {}}, size=MAX_RECORD_BYTES - 1_000)


def edit(value: Any) -> Change:
    return Change(cid="c", kind="observation", id="r", at=1, set={"evidence/n1": value})


def test_what_would_make_a_record_too_large_to_be_given_back_is_refused() -> None:
    found = too_large(RECORD, edit({"text": "x" * 2_000}))
    assert isinstance(found, Refusal) and found.code == "too-long"
    assert too_large(RECORD, edit({"text": "short"})) is None


def test_a_large_record_can_always_be_cleared_out() -> None:
    assert too_large(replace(RECORD, size=MAX_RECORD_BYTES * 2), edit(None)) is None
