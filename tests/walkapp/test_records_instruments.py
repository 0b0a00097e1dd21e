"""Every kind of question of every rubric has a place in an observation, and nothing else has."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from tests.walkapp.observing import NOON, OKOYE, observation
from walkapp.records.library import Library
from walkapp.records.observation import bind
from walkapp.records.values import Body
from walkapp.rubric import PUBLISHED, Rubric, record_id
from walkapp.rubric_files import load_library

ROW = "ee000000-0000-4000-8000-0000000000aa"
SWEEP = record_id("engagement-sweep", 1)
ROWS_OF = {"of": "CH1", "at": NOON}
SIGNAL = {"sweep": OKOYE, "n": 1, "at": NOON}


@cache
def library() -> dict[str, Rubric]:
    """Every rubric as if its time had come."""
    known = load_library().items()
    return {id: replace(one, status=PUBLISHED) for id, one in known}


@cache
def declared(rubric: str) -> Body:
    return bind(library()[record_id(rubric, 1)], Library(library()))


def faults(rubric: str, map: str, key: str, value: Any) -> Any:
    """What is wrong with one entry; empty where nothing is."""
    bare = dict.fromkeys(("context", "gates", "ratings", "counts", "evidence"))
    body = observation(**bare, rubric=record_id(rubric, 1)) | {map: {key: value}}
    return declared(rubric).validate(body)


TAKEN = [
    ("implementation-integrity-check", "ratings", "EX1", {"value": 0}),
    ("implementation-integrity-check", "ratings", "EX1", {"value": "not_observed"}),
    ("implementation-integrity-check", "ratings", "EX5", {"n": 3, "of": 4}),
    ("implementation-integrity-check", "ratings", "EX5", {"of": 4}),
    ("implementation-integrity-check", "ratings", "EX5", {"n": 5, "of": 4}),
    ("implementation-integrity-check", "ratings", "EX5", {"value": "not_applicable"}),
    ("implementation-integrity-check", "ratings", "RE1", {"value": 100}),
    ("implementation-integrity-check", "ratings", "SU1", {"value": "no"}),
    ("implementation-integrity-check", "ratings", "SU1", {"value": "not_observed"}),
    ("implementation-integrity-check", "ratings", "CH1", {"value": "not_applicable"}),
    ("implementation-integrity-check", "ratings", "AD1", {"value": 0}),
    ("implementation-integrity-check", "rows", ROW, ROWS_OF),
    ("implementation-integrity-check", "rows", ROW, {**ROWS_OF, "why": "time", "what": "Shorter"}),
    ("demonstration-certification", "ratings", "C1", {"value": 0}),
    ("hqim-implementation-walk", "gates", "G3", {"value": "Behind 1-5 lessons"}),
    ("hqim-implementation-walk", "choices", "barriers", {"value": ["Pacing", "Other"]}),
    ("hqim-implementation-walk", "answers", "material", "Unit 3"),
    ("coaching-feedback", "choices", "uptake", {"value": 4}),
    ("coaching-feedback", "choices", "date_seen", {"value": "2026-11-20"}),
    ("coaching-feedback", "choices", "practiced", {"value": "no"}),
    ("coaching-feedback", "rows", ROW, {"of": "actions", "at": NOON, "by": "2026-12-01"}),
    ("promising-practice-feedback", "choices", "W6", {"value": "with changes"}),
    ("promising-practice-feedback", "answers", "W6", "In one grade first"),
    ("promising-practice-feedback", "rows", ROW, {"of": "W3", "at": NOON, "text": "Who decides?"}),
    ("debrief-synthesis", "rows", ROW, {"of": "patterns", "at": NOON, "strength": 4}),
    ("calibration-round", "rows", ROW, {"of": "decisions", "at": NOON, "status": 1}),
    ("visiting-teacher-reflection", "choices", "B3", {"value": 5}),
    ("system-alignment-check", "ratings", "SY1", {"value": 4}),
    ("deeper-learning-walk", "asked", "q4", {"asked": 3, "could": 1}),
    ("deeper-learning-walk", "talk", ROW, {"at": NOON, "who": "both", "until": NOON + 9}),
    ("deeper-learning-walk", "turns", ROW, {"at": NOON, "seat": "B3", "kind": "Why"}),
    ("deeper-learning-walk", "intervals", ROW, {**SIGNAL, "engaged": 0, "students": ["TT"]}),
    ("deeper-learning-walk", "intervals", ROW, {**SIGNAL, "missed": True}),
    (
        "deeper-learning-walk",
        "sweeps",
        ROW,
        {"by": SWEEP, "at": NOON, "interval_s": 60, "sample": "Whole class", "n": 24},
    ),
    (
        "deeper-learning-walk",
        "ink",
        ROW,
        {"at": NOON, "width": 300, "height": 200, "strokes": "1,2,0 3,4,16", "indicators": ["TE1"]},
    ),
]

REFUSED = [
    ("implementation-integrity-check", "ratings", "EX1", {"value": -1}, "no-such-level"),
    ("implementation-integrity-check", "ratings", "EX1", {"value": "3"}, "no-such-level"),
    ("implementation-integrity-check", "ratings", "EX1", {"value": True}, "no-such-level"),
    ("implementation-integrity-check", "ratings", "RE1", {"value": 101}, "no-such-level"),
    ("implementation-integrity-check", "ratings", "SU1", {"value": "maybe"}, "no-such-level"),
    ("implementation-integrity-check", "ratings", "AD1", {"value": 3}, "no-such-level"),
    ("implementation-integrity-check", "ratings", "EX5", {"value": 3}, "no-such-level"),
    ("implementation-integrity-check", "ratings", "EX5", {"m": 3}, "unknown-field"),
    ("implementation-integrity-check", "rows", ROW, {"of": "AD1", "at": NOON}, "no-such-field"),
    ("implementation-integrity-check", "rows", ROW, {**ROWS_OF, "why": "spite"}, "wrong-type"),
    ("implementation-integrity-check", "rows", "row-1", ROWS_OF, "wrong-type"),
    ("hqim-implementation-walk", "gates", "G3", {"value": "late"}, "wrong-type"),
    ("hqim-implementation-walk", "choices", "barriers", {"value": ["Money"]}, "no-such-level"),
    ("hqim-implementation-walk", "choices", "barriers", {"value": ["Pacing"] * 2}, "wrong-type"),
    ("hqim-implementation-walk", "choices", "material", {"value": "x"}, "no-such-field"),
    ("coaching-feedback", "choices", "uptake", {"value": 5}, "no-such-level"),
    ("coaching-feedback", "choices", "date_seen", {"value": "today"}, "wrong-type"),
    ("coaching-feedback", "answers", "uptake", "well", "no-such-field"),
    ("debrief-synthesis", "rows", ROW, {"of": "patterns", "at": NOON, "strength": 5}, "wrong-type"),
    ("deeper-learning-walk", "asked", "q5", {"asked": 1}, "no-such-field"),
    ("deeper-learning-walk", "asked", "q1", {"asked": -1}, "wrong-type"),
    ("deeper-learning-walk", "talk", ROW, {"at": NOON, "who": "principal"}, "wrong-type"),
    ("deeper-learning-walk", "turns", ROW, {"at": NOON}, "missing-field"),
    ("deeper-learning-walk", "intervals", ROW, {**SIGNAL, "students": ["XX"]}, "no-such-level"),
    (
        "deeper-learning-walk",
        "intervals",
        ROW,
        {**SIGNAL, "students": ["TT", "EX", "QU"]},
        "too-long",
    ),
    (
        "deeper-learning-walk",
        "sweeps",
        ROW,
        {"by": OKOYE, "at": NOON, "interval_s": 60, "sample": "Whole class", "n": 24},
        "no-such-rubric",
    ),
]


@pytest.mark.parametrize(("rubric", "map", "key", "value"), TAKEN)
def test_what_a_rubric_asks_for_is_taken(rubric: str, map: str, key: str, value: Any) -> None:
    assert faults(rubric, map, key, value) == {}


@pytest.mark.parametrize(("rubric", "map", "key", "value", "code"), REFUSED)
def test_what_no_rubric_asks_for_is_refused(
    rubric: str, map: str, key: str, value: Any, code: str
) -> None:
    assert code in str(faults(rubric, map, key, value))


def test_every_question_of_every_rubric_can_be_answered_somewhere() -> None:
    """No file may ask for what the tablet and the server have no place for."""
    for rubric in library().values():
        maps = declared(rubric.id)
        for item in rubric.items.values():
            places = [
                map
                for map in ("answers", "choices")
                if maps.fields[map].check_key(item.id) is None  # type: ignore[attr-defined]
            ]
            assert places or item.columns or item.type == "evidence_list", (rubric.id, item.id)
