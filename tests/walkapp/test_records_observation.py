"""An observation holds what its rubric asks for, and nothing else."""

from typing import Any

import pytest

from tests.walkapp.observing import (
    BELL,
    DEEPER,
    DRAFT,
    FIVE,
    NOTE,
    OAK_HILL,
    OKOYE,
    PINE_RIDGE,
    Grant,
    edit,
    new,
    observation,
    okoye,
    record,
    rules,
    somebody,
    told,
)
from walkapp.rubric_files import load_library

NOTED = {"text": "Two teams waited.", "at": 1, "chip": "saw", "indicators": []}


def as_new(**changes: Any) -> tuple[str, str] | None:
    return told(okoye, None, new("observation", observation(**changes)))


def as_edit(path: str, value: Any) -> tuple[str, str] | None:
    return told(okoye, record("observation", observation()), edit(**{path: value}))


def test_a_whole_visit_is_taken() -> None:
    assert as_new() is None
    assert as_new(state="submitted") is None


def test_an_observation_without_any_answer_is_taken() -> None:
    nothing = dict.fromkeys(("context", "gates", "ratings", "counts", "evidence", "answers"))
    assert as_new(**nothing) is None


WRONG = [
    ("ratings", "XX9", {"value": 1}, "no-such-indicator", ""),
    ("ratings", "TE1", {"value": 5}, "no-such-level", "/value"),
    ("ratings", "TE1", {"value": 0}, "no-such-level", "/value"),
    ("ratings", "TE1", {"value": "1"}, "no-such-level", "/value"),
    ("ratings", "TE1", {"value": True}, "no-such-level", "/value"),
    ("ratings", "TE1", {"value": [1]}, "no-such-level", "/value"),
    ("ratings", "TE1", {"value": "cannot_say"}, "no-such-level", "/value"),
    ("ratings", "TE1", {"value": None}, "no-such-level", "/value"),
    ("ratings", "TE1", {}, "missing-field", "/value"),
    ("ratings", "TE1", {"value": 1, "why": "x"}, "unknown-field", "/why"),
    ("ratings", "TE1", 3, "wrong-type", ""),
    ("ratings", "TE3", {"value": 3}, "no-such-level", "/value"),
    ("ratings", "TE3", {"colour": "yes"}, "no-such-field", "/colour"),
    ("ratings", "TE3", {"aligned": "maybe"}, "no-such-level", "/aligned"),
    ("ratings", "TE3", {"aligned": True}, "no-such-level", "/aligned"),
    ("ratings", "TE3", {"value": "not_observed", "aligned": "yes"}, "no-such-field", "/value"),
    ("gates", "xx", {"value": "no"}, "no-such-field", ""),
    ("gates", "team_time_seen", {"value": "maybe"}, "wrong-type", "/value"),
    ("gates", "team_time_seen", {"value": False}, "wrong-type", "/value"),
    ("gates", "team_time_seen", {}, "missing-field", "/value"),
    ("counts", "xx", 1, "no-such-field", ""),
    ("counts", "teams_seen", -1, "wrong-type", ""),
    ("counts", "teams_seen", "6", "wrong-type", ""),
    ("counts", "teams_seen", True, "wrong-type", ""),
    ("context", "xx", "a", "no-such-field", ""),
    ("context", "grade_band", "13-14", "wrong-type", ""),
    ("context", "students_present", "many", "wrong-type", ""),
    ("answers", "xx", "a", "no-such-field", ""),
    ("evidence", "not-an-id", NOTED, "wrong-type", ""),
    ("evidence", NOTE, "a note", "wrong-type", ""),
    ("evidence", NOTE, {**NOTED, "indicators": ["XX9"]}, "no-such-indicator", "/indicators/0"),
    ("evidence", NOTE, {**NOTED, "indicators": "TE1"}, "wrong-type", "/indicators"),
    ("evidence", NOTE, {**NOTED, "indicators": [1]}, "wrong-type", "/indicators/0"),
    ("evidence", NOTE, {**NOTED, "chip": "felt"}, "wrong-type", "/chip"),
    ("evidence", NOTE, {**NOTED, "at": "now"}, "wrong-type", "/at"),
    ("evidence", NOTE, {**NOTED, "photo": "x"}, "unknown-field", "/photo"),
    ("evidence", NOTE, {**NOTED, "text": "x" * 200_001}, "too-long", "/text"),
    ("evidence", NOTE, {"text": "x"}, "missing-field", "/at"),
]


@pytest.mark.parametrize(("map_", "key", "value", "code", "below"), WRONG)
def test_a_wrong_answer_is_refused_where_it_stands(
    map_: str, key: str, value: Any, code: str, below: str
) -> None:
    """New or set later, the same answer gets the same code at its own place."""
    assert as_new(**{map_: {key: value}}) == (code, f"/new/{map_}/{key}{below}")
    assert as_edit(f"{map_}/{key}", value) == (code, f"/set/{map_}~1{key}{below}")


RIGHT = [
    ("ratings", "TE1", {"value": 4}),
    ("ratings", "TE1", {"value": "not_observed"}),
    ("ratings", "TE1", {"value": "not_applicable"}),
    ("ratings", "TE3", {"aligned": "yes"}),
    ("ratings", "TE3", {"aligned": None, "demand": "no"}),
    ("ratings", "TE3", {}),
    ("ratings", "TE3", {"value": "not_applicable"}),
    ("gates", "team_time_seen", {"value": "no"}),
    ("counts", "could_say_how_well", 0),
    ("context", "lesson_phase", "Middle"),
    ("context", "students_present", 0),
    ("evidence", NOTE, NOTED),
    ("evidence", NOTE, {**NOTED, "text": "", "indicators": ["TE1", "TM3"], "order": 3}),
]


@pytest.mark.parametrize(("map_", "key", "value"), RIGHT)
def test_a_right_answer_is_taken_and_can_be_taken_away(map_: str, key: str, value: Any) -> None:
    assert as_new(**{map_: {key: value}}) is None
    assert as_edit(f"{map_}/{key}", value) is None
    assert as_edit(f"{map_}/{key}", None) is None


def test_the_whole_school_rubric_takes_its_own_answers_only() -> None:
    five = {"rubric": FIVE, "number": 0, "ratings": {"SV1": {"value": 2}}, "counts": {}}
    rest = {"gates": {}, "context": {}, "evidence": {}, "answers": {"borrow": "The data wall."}}
    assert as_new(**five, **rest) is None
    assert as_new(**{**five, "number": 3}, **rest) == ("wrong-type", "/new/number")
    assert as_new(**{**five, "ratings": {"TE1": {"value": 2}}}, **rest) == (
        "no-such-indicator",
        "/new/ratings/TE1",
    )


def test_a_draft_rubric_and_an_unknown_one_are_refused() -> None:
    assert as_new(rubric=DRAFT) == ("rubric-not-published", "/new/rubric")
    assert as_new(rubric=OKOYE) == ("no-such-rubric", "/new/rubric")
    assert as_new(rubric=["x"]) == ("wrong-type", "/new/rubric")


def test_a_rubric_of_another_release_is_not_guessed_at() -> None:
    from walkapp.records import rules_for

    elsewhere = rules_for({id: one for id, one in load_library().items() if id != DEEPER})
    held = record("observation", observation())
    refusal = elsewhere.allow(okoye, held, edit(ratings__TE1={"value": 2}))
    assert refusal is not None and refusal.code == "no-such-rubric"
    assert elsewhere.allow(okoye, held, edit(state="submitted")) is None


@pytest.mark.parametrize(
    "values",
    [
        {"rubric": FIVE},
        {"school": PINE_RIDGE},
        {"observer": BELL},
        {"number": 9},
        {"started_at": 0},
    ],
)
def test_what_an_observation_was_begun_with_stays(values: dict[str, Any]) -> None:
    (path,) = values
    held = record("observation", observation())
    assert told(okoye, held, edit(**values)) == ("not-yours", f"/set/{path}")
    assert told(okoye, held, edit(**{path: held.body[path]})) is None


def test_only_where_one_may_observe() -> None:
    guest = somebody(OKOYE, Grant("guest", OAK_HILL))
    elsewhere = somebody(OKOYE, Grant("observer", PINE_RIDGE))
    for author in (guest, elsewhere):
        refused = ("not-yours", "/new/school")
        assert told(author, None, new("observation", observation())) == refused


def test_nobody_observes_in_the_name_of_another() -> None:
    body = observation(observer=BELL)
    assert told(okoye, None, new("observation", body)) == ("not-yours", "/new/observer")


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("observer", "fixed"),
        ("rubric", "lww"),  # a draft may move up to a newer version
        ("visit", "fixed"),
        ("evidence/x", "text"),
        ("answers/borrow", "text"),
        ("focus", "text"),
        ("ratings/TE1", "both"),
        ("state", "lww"),
        ("context/subject", "both"),
    ],
)
def test_each_path_has_its_merge_rule(path: str, rule: str) -> None:
    assert rules().merge_rule("observation", path) == rule


def test_an_unknown_kind_merges_like_everything_else() -> None:
    assert rules().merge_rule("diary", "x") == "lww"
