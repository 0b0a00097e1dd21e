"""The words of a rubric in another language: records that only the service writes."""

from dataclasses import replace
from typing import Any

import pytest
from walkapp.sync.change import Change
from walkapp.sync.incoming import wrap

from tests.walkapp.observing import DEEPER, DRAFT, OKOYE, edit, new, okoye, record, rules
from walkapp.access import SYSTEM
from walkapp.records.rubric_words import MAX_WORDS
from walkapp.rubric import words_id

SPANISH = words_id(DEEPER, "es")
BODY = {"rubric": DEEPER, "language": "es", "words": [["Not observed", "No observado"]]}
service = SYSTEM("walkapp")


def refused(change: Change, before: Any = None, by: Any = service) -> tuple[str, str] | None:
    found = rules().check(change) or rules().allow(by, before, change)
    return (found.code, found.pointer) if found else None


def test_the_service_brings_words_and_changes_them() -> None:
    assert refused(new("rubric_words", BODY, SPANISH)) is None
    better = edit("rubric_words", words=[["Not observed", "No se observó"]])
    assert refused(better, record("rubric_words", BODY, SPANISH)) is None


def test_nobody_else_does() -> None:
    begun = new("rubric_words", BODY, SPANISH)
    better = edit("rubric_words", words=[])
    assert refused(begun, by=okoye) == ("not-yours", "")
    assert refused(better, record("rubric_words", BODY, SPANISH), okoye) == ("not-yours", "")


@pytest.mark.parametrize(("field", "value"), [("rubric", OKOYE), ("language", "ht")])
def test_they_stay_those_of_their_rubric_and_language(field: str, value: str) -> None:
    change = edit("rubric_words", **{field: value})
    told = refused(change, record("rubric_words", BODY, SPANISH))
    assert told == ("not-yours", f"/set/{field}")


@pytest.mark.parametrize(
    ("field", "value", "code", "pointer"),
    [
        ("language", "español", "wrong-type", "/new/language"),
        ("language", "ES", "wrong-type", "/new/language"),
        ("language", "ht", "wrong-type", "/id"),
        ("rubric", OKOYE, "wrong-type", "/id"),
        ("words", {"Yes": "Sí"}, "wrong-type", "/new/words"),
        ("words", ["Yes"], "wrong-type", "/new/words/0"),
        ("words", [["Yes", "Sí", "Oui"]], "wrong-type", "/new/words/0"),
        ("words", [["Yes", "Sí"], ["No", ""]], "wrong-type", "/new/words/1"),
        ("words", [["Yes", 1]], "wrong-type", "/new/words/0"),
        ("words", [["Yes", "x" * 2_001]], "too-long", "/new/words/0"),
        ("words", [["x" * 2_001, "Sí"]], "too-long", "/new/words/0"),
        ("words", [["Yes", "Sí"]] * (MAX_WORDS + 1), "too-long", "/new/words"),
    ],
)
def test_what_is_odd_is_refused_with_its_place(
    field: str, value: Any, code: str, pointer: str
) -> None:
    assert refused(new("rubric_words", {**BODY, field: value}, SPANISH)) == (code, pointer)


def test_a_draft_and_a_rubric_nobody_knows_have_no_words_on_tablets() -> None:
    for rubric, code in ((DRAFT, "rubric-not-published"), (OKOYE, "no-such-rubric")):
        change = new("rubric_words", {**BODY, "rubric": rubric}, words_id(rubric, "es"))
        assert refused(change) == (code, "/new/rubric")


def test_a_full_record_of_long_texts_is_taken() -> None:
    words = [[f"{n:04}" * 15, "é" * 50] for n in range(MAX_WORDS)]
    change = replace(new("rubric_words", {**BODY, "words": words}, SPANISH), cid=OKOYE)
    assert wrap(change, rules()).refusal is None, "also by the engine"
