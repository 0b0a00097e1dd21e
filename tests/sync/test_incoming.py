"""A bad change becomes a refusal with a code and a place; it never stops the others."""

from typing import Any

import pytest
from walkapp.sync.canonical import digest
from walkapp.sync.errors import BadEnvelope
from walkapp.sync.incoming import LONGEST_TEXT_CHARS, parse_change

from .cards import RULES, edit, new, uuid

GOOD = edit(1, 7, {"title": "Room 12"})


def without(name: str) -> dict[str, Any]:
    return {field: value for field, value in GOOD.items() if field != name}


@pytest.mark.parametrize(
    ("raw", "code", "pointer"),
    [
        (without("id"), "missing-field", "/id"),
        (without("kind"), "missing-field", "/kind"),
        (without("at"), "missing-field", "/at"),
        (without("set"), "missing-field", "/new"),
        (GOOD | {"new": {}}, "missing-field", "/new"),
        (GOOD | {"colour": 1}, "unknown-field", "/colour"),
        (GOOD | {"id": "7"}, "wrong-type", "/id"),
        (GOOD | {"id": uuid(7).upper().replace("0", "A")}, "wrong-type", "/id"),
        (GOOD | {"kind": "../card"}, "wrong-type", "/kind"),
        (GOOD | {"kind": "desk"}, "unknown-kind", "/kind"),
        (GOOD | {"at": -1}, "wrong-type", "/at"),
        (GOOD | {"at": True}, "wrong-type", "/at"),
        (GOOD | {"base": 1.5}, "wrong-type", "/base"),
        (GOOD | {"base": "1"}, "wrong-type", "/base"),
        (GOOD | {"seen": uuid(1)}, "wrong-type", "/seen"),
        (GOOD | {"seen": ["x"]}, "wrong-type", "/seen"),
        (GOOD | {"seen": [uuid(1)] * 65}, "wrong-type", "/seen"),
        (GOOD | {"after": 3}, "wrong-type", "/after"),
        (GOOD | {"set": {}}, "wrong-type", "/set"),
        (GOOD | {"set": []}, "wrong-type", "/set"),
        (GOOD | {"set": {"a/b/c": 1}}, "unknown-field", "/set/a~1b~1c"),
        (GOOD | {"set": {"notes/": 1}}, "unknown-field", "/set/notes~1"),
        (GOOD | {"set": {"nötes": 1}}, "unknown-field", "/set/nötes"),
        (GOOD | {"set": {"n": {"a b": 1}}}, "unknown-field", "/set/n/a b"),
        (GOOD | {"set": {"n": 0.5}}, "wrong-type", "/set/n"),
        (GOOD | {"set": {"n": 2**53}}, "wrong-type", "/set/n"),
        (GOOD | {"set": {"n": ["\ud83d"]}}, "wrong-type", "/set/n/0"),
        (GOOD | {"set": {"": {}}}, "wrong-type", "/set/"),
        (GOOD | {"set": {"": None, "title": "x"}}, "wrong-type", "/set/"),
        (GOOD | {"set": {"n": "x" * (LONGEST_TEXT_CHARS + 1)}}, "too-long", "/set/n"),
        (GOOD | {"set": {f"n{i}": "x" * 150_000 for i in range(4)}}, "too-long", ""),
        (GOOD | {"set": {f"n{i}": 1 for i in range(2001)}}, "too-long", "/set"),
        (new(1, 7) | {"new": [1]}, "wrong-type", "/new"),
        (new(1, 7) | {"new": {"school": "x", "a/b": 1}}, "unknown-field", "/new/a~1b"),
        (new(1, 7) | {"new": {"title": "no school"}}, "missing-field", "/new/school"),
    ],
)
def test_each_fault_has_a_code_and_a_place(raw: Any, code: str, pointer: str) -> None:
    refusal = parse_change(raw, RULES).refusal
    assert refusal is not None
    assert (refusal.code, refusal.pointer) == (code, pointer)


@pytest.mark.parametrize("raw", [None, 3, [], {}, {"cid": "1"}, {"cid": uuid(1) + "\n"}])
def test_a_change_without_a_usable_cid_cannot_be_answered(raw: Any) -> None:
    with pytest.raises(BadEnvelope):
        parse_change(raw, RULES, "/changes/3")


def test_the_receipt_is_the_hash_of_what_was_sent() -> None:
    assert parse_change(GOOD, RULES).hash == digest(GOOD)


LONGER_WAYS = {
    "plain": {},
    "beyond ASCII in a text": {"title": "Ünits – ½"},
    "beyond ASCII in a key": {"nötes": {"a": 1}},
    "a key that cannot stand in a path": {"notes": {"a b": 1}},
    "a text that is too long": {"title": "x" * (LONGEST_TEXT_CHARS + 1)},
    "empty": {"notes": {}, "tags": [[], {}]},
}


@pytest.mark.parametrize("body", LONGER_WAYS.values(), ids=LONGER_WAYS)
def test_the_receipt_is_the_same_whichever_way_it_was_made(body: dict[str, Any]) -> None:
    created = new(1, 7) | {"new": {"school": "oak", **body}}
    read = parse_change(created, RULES)
    assert read.hash == digest(created)
    assert read.change is None or read.change.digest == digest(created["new"])


def test_half_a_letter_in_a_new_body_is_found_where_it_stands() -> None:
    read = parse_change(new(1, 7) | {"new": {"school": "oak", "title": "\ud83d"}}, RULES)
    assert read.hash == "" and read.refusal and read.refusal.pointer == "/new/title"


def test_what_a_new_record_says_is_all_of_it_and_base_and_seen_are_not() -> None:
    created = new(1, 7)
    first, later = (parse_change(one, RULES).change for one in (created, created | {"base": 3}))
    assert first and later and first.said == first.hash == later.said != later.hash
    assert first.digest == later.digest == digest(created["new"])


def test_a_refused_change_has_its_receipt_too() -> None:
    strange = GOOD | {"colour": 1}
    assert parse_change(strange, RULES).hash == digest(strange)


def test_a_newer_base_does_not_make_it_another_change() -> None:
    first = parse_change(GOOD, RULES).change
    again = parse_change(GOOD | {"base": 9, "seen": [uuid(3)]}, RULES).change
    assert first and again
    assert (first.said, first.hash == again.hash) == (again.said, False)


def test_a_whole_body_is_taken_as_it_was_sent() -> None:
    change = parse_change(new(1, 7, title=None, tags=[{"a": None}]), RULES).change
    assert change and change.new == {"school": "oak-hill", "title": None, "tags": [{"a": None}]}
