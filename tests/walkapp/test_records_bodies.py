"""What each kind of record may hold: an allow-list, answered with a code and a pointer."""

from typing import Any

import pytest

from tests.walkapp.observing import (
    DEEPER,
    DRAFT,
    FIVE,
    NOON,
    OAK_HILL,
    OKOYE,
    RUIZ,
    agreement,
    card,
    claim,
    claim_question,
    coaching_step,
    consensus,
    edit,
    new,
    next_step,
    observation,
    okoye,
    record,
    released_copy,
    reply,
    review,
    rules,
    thank_you,
    told,
    visit,
    visit_room,
    walk,
)
from walkapp.records import KINDS
from walkapp.rubric import words_id
from walkapp.rubric_files import load_library

SCHOOL = {"name": "Oak Hill Elementary", "code": "0031"}
ROOM = {"school": OAK_HILL, "code": "12", "grade_band": "3-5"}
PERSON = {"name": "Ms. Okoye", "roles": [{"role": "coach", "school": None}]}
RUBRIC = {
    "rubric": "deeper-learning-walk",
    "version": 1,
    "title": "Deeper Learning Classroom Walk",
    "content": load_library()[DEEPER].content,
}

WORDS = {"rubric": DEEPER, "language": "es", "words": [["Not observed", "No observado"]]}

GOOD: dict[str, dict[str, Any]] = {
    "school": SCHOOL,
    "room": ROOM,
    "person": PERSON,
    "rubric": RUBRIC,
    "rubric_words": WORDS,
    "walk": walk(),
    "visit": visit(),
    "visit_room": visit_room(),
    "observation": observation(),
    "review": review(),
    "thank_you": thank_you(),
    "policy": {"feedback_due": "two-work-days"},
    "agreement": agreement(),
    "coaching_step": coaching_step(),
    "claim": claim(),
    "claim_question": claim_question(),
    "released_copy": released_copy(),
    "reply": reply(),
    "consensus": consensus(),
    "card": card(),
    "next_step": next_step(),
}
IDS = {"rubric": DEEPER, "rubric_words": words_id(DEEPER, "es")}


def checked(kind: str, body: Any) -> tuple[str, str] | None:
    refusal = rules().check(new(kind, body, IDS.get(kind, OKOYE)))
    return (refusal.code, refusal.pointer) if refusal else None


def test_every_kind_has_a_good_body_here() -> None:
    assert set(GOOD) == set(KINDS)


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_body_is_taken(kind: str) -> None:
    assert checked(kind, GOOD[kind]) is None


@pytest.mark.parametrize("kind", GOOD)
def test_an_unknown_field_is_refused_by_name(kind: str) -> None:
    assert checked(kind, {**GOOD[kind], "teacher/name": "x"}) == (
        "unknown-field",
        "/new/teacher~1name",
    )
    assert told(okoye, None, edit(kind, favourite="x")) == ("unknown-field", "/set/favourite")


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (kind, name)
        for kind in GOOD
        for name, one in KINDS[kind].body.fields.items()
        if one.required
    ],
)
def test_a_needed_field_can_neither_be_left_out_nor_taken_away(kind: str, field: str) -> None:
    body = {name: value for name, value in GOOD[kind].items() if name != field}
    assert checked(kind, body) == ("missing-field", f"/new/{field}")
    assert told(okoye, None, edit(kind, **{field: None})) == ("missing-field", f"/set/{field}")


@pytest.mark.parametrize(
    ("kind", "field"), [(kind, name) for kind in GOOD for name in KINDS[kind].body.fields]
)
@pytest.mark.parametrize("value", [[1], -1, True, "", {"a": {}}])
def test_a_value_of_another_type_is_refused_or_fits(kind: str, field: str, value: Any) -> None:
    """No body with one odd value breaks the check; what is taken is declared."""
    found = checked(kind, {**GOOD[kind], field: value})
    assert found is None or found[1].startswith(f"/new/{field}") or found[0] != "wrong-type"


def test_an_unknown_kind_is_refused() -> None:
    assert checked("diary", {}) == ("unknown-kind", "/kind")


@pytest.mark.parametrize(
    ("kind", "field", "value", "code", "pointer"),
    [
        ("school", "name", "  ", "missing-field", "/name"),
        ("school", "name", "Oak\nHill", "wrong-type", "/name"),
        ("school", "code", 31, "wrong-type", "/code"),
        ("school", "archived", "yes", "wrong-type", "/archived"),
        ("school", "name", "x" * 2_001, "too-long", "/name"),
        ("room", "school", "oak-hill", "wrong-type", "/school"),
        ("person", "roles", {"role": "coach"}, "wrong-type", "/roles"),
        ("person", "roles", [{"role": "king", "school": None}], "wrong-type", "/roles/0/role"),
        ("person", "roles", [{"role": "coach"}], "missing-field", "/roles/0/school"),
        ("rubric", "version", 2, "wrong-type", None),
        ("walk", "date", "2026-02-30", "wrong-type", "/date"),
        ("walk", "date", "22/11/2026", "wrong-type", "/date"),
        ("walk", "kind", "tour", "wrong-type", "/kind"),
        ("walk", "focus", " ", "walk-needs-focus", "/focus"),
        ("walk", "minutes", 0, "wrong-type", "/minutes"),
        ("walk", "rubric", DRAFT, "rubric-not-published", "/rubric"),
        ("walk", "rubric", OKOYE, "no-such-rubric", "/rubric"),
        ("visit", "number", -1, "wrong-type", "/number"),
        ("visit", "number", True, "wrong-type", "/number"),
        ("visit", "number", 0, "wrong-type", "/number"),
        ("visit", "rubric", FIVE, "wrong-type", "/number"),
        ("visit", "started_at", "noon", "wrong-type", "/started_at"),
        ("review", "text", " ", "reason-missing", "/text"),
        ("review", "verb", "return", "missing-field", "/version"),
        ("thank_you", "noticed", " ", "missing-field", "/noticed"),
        ("thank_you", "to", "Ms. Lee", "wrong-type", "/to"),
        ("thank_you", "teacher", OKOYE, "unknown-field", "/teacher"),
        ("policy", "feedback_due", "whenever", "wrong-type", "/feedback_due"),
        ("policy", "room_reads", "everything", "wrong-type", "/room_reads"),
        ("policy", "keep_photos", {"years": 99, "from": "day"}, "wrong-type", "/keep_photos/years"),
        ("claim", "purpose", "rating", "wrong-type", "/purpose"),
        ("claim", "over", {"at": 1, "by": OKOYE}, "not-yours", "/over"),
        ("claim", "readable_at", 1, "not-yours", "/readable_at"),
        ("claim", "words", " ", "missing-field", "/words"),
        ("claim", "visit", OKOYE, "unknown-field", "/visit"),
        ("claim_question", "answer", {"yes": True, "at": 1, "by": OKOYE}, "not-yours", "/answer"),
        ("reply", "teacher", OKOYE, "unknown-field", "/teacher"),
        ("reply", "text", " ", "missing-field", "/text"),
        ("reply", "says", "praise", "wrong-type", "/says"),
        ("reply", "answer", {"text": "x", "at": 1, "by": OKOYE}, "not-yours", "/answer"),
        ("consensus", "says", {"TE1": {"value": 9, "at": 1}}, "no-such-level", "/says/TE1/value"),
        ("consensus", "says", {"TE1": {"value": 3}}, "missing-field", "/says/TE1/at"),
        ("card", "text", " ", "missing-field", "/text"),
        ("card", "sort", "praise", "wrong-type", "/sort"),
        ("card", "teacher", OKOYE, "unknown-field", "/teacher"),
        ("next_step", "text", " ", "missing-field", "/text"),
        ("next_step", "due", "soon", "wrong-type", "/due"),
        ("walk", "areas", {"3": "TE1"}, "unknown-field", "/areas/3"),
        ("review", "verb", "praise", "wrong-type", "/verb"),
        ("review", "version", observation(), "unknown-field", "/version"),
        ("agreement", "purpose", "evaluation", "wrong-type", "/purpose"),
        ("agreement", "teacher", OKOYE, "wrong-type", "/teacher"),
        ("agreement", "agreed", {"at": NOON, "by": RUIZ}, "not-yours", "/agreed"),
        ("coaching_step", "giver", "principal", "wrong-type", "/giver"),
        ("coaching_step", "seen", "yesterday", "wrong-type", "/seen"),
        (
            "coaching_step",
            "closed",
            {"uptake": 5, "text": "x", "at": 1},
            "wrong-type",
            "/closed/uptake",
        ),
        (
            "coaching_step",
            "closed",
            {"uptake": 4, "text": " ", "at": 1},
            "step-needs-evidence",
            "/closed/text",
        ),
    ],
)
def test_a_wrong_value_is_refused_where_it_stands(
    kind: str, field: str, value: Any, code: str, pointer: str | None
) -> None:
    expected = "/id" if pointer is None else f"/new{pointer}"
    assert checked(kind, {**GOOD[kind], field: value}) == (code, expected)


def test_a_quick_visit_asks_for_no_focus() -> None:
    assert checked("walk", walk(kind="drop-in", focus=None, title=None)) is None


def test_a_whole_school_rubric_hangs_on_visit_0() -> None:
    assert checked("visit", visit(rubric=FIVE, number=0)) is None


def test_a_rubric_goes_out_word_for_word_or_not_at_all() -> None:
    changed = {**RUBRIC["content"], "title": "Another"}
    assert checked("rubric", {**RUBRIC, "content": changed}) == (
        "no-such-rubric",
        "/new/content",
    )


def test_what_went_back_is_kept_with_the_reason() -> None:
    was = observation(state="submitted")
    assert checked("review", review(verb="return", version=was)) is None
    assert checked("review", review(verb="reopen", version=was)) == (
        "wrong-state",
        "/new/version/state",
    )


def test_the_kept_version_is_checked_like_an_observation() -> None:
    was = observation(state="submitted", ratings={"TE1": {"value": 9}})
    assert checked("review", review(verb="return", version=was)) == (
        "no-such-level",
        "/new/version/ratings/TE1/value",
    )
    assert checked("review", review(verb="return", version=observation(observer=RUIZ))) == (
        "wrong-type",
        "/new/version/observer",
    )


def test_a_version_the_engine_merged_can_be_kept_too() -> None:
    was = observation(state="submitted", also={"focus~0123abcd": "Who talks?"})
    assert checked("review", review(verb="return", version=was)) is None


@pytest.mark.parametrize("path", ["roles/0", "name/x", "ratings", "gates", "", "a/b/c"])
def test_a_path_that_leads_nowhere_is_refused(path: str) -> None:
    values = {path: "x"}
    found = rules().check(edit("observation", **values))
    assert found is not None and found.code == "unknown-field" or path == ""


def test_a_removal_is_a_change_of_the_whole_record() -> None:
    assert rules().check(edit("observation", **{"": None})) is None


def test_what_the_engine_kept_beside_can_be_taken_away() -> None:
    held = record("observation", observation(also={"focus~0123abcd": "Who talks?"}))
    assert told(okoye, held, edit(**{"also/focus~0123abcd": None})) is None


def test_beside_the_texts_of_a_walk_only_the_engine_writes() -> None:
    held = record("walk", walk(also={"focus~0123abcd": "Who talks?"}))
    assert told(okoye, held, edit("walk", **{"also/focus~0123abcd": None})) is None
    assert told(okoye, held, edit("walk", **{"also/focus~0123abcd": "Mine"})) == (
        "not-yours",
        "/set/also~1focus~00123abcd",
    )


def test_a_time_may_be_any_moment_but_no_text() -> None:
    assert checked("review", review(at=NOON)) is None
    assert checked("review", review(at="today")) == ("wrong-type", "/new/at")
