"""What a planned walk says, what its visits take over, and where visits are not wanted."""

from typing import Any

import pytest

from tests.walkapp.observing import (
    DRAFT,
    NOON,
    OAK_HILL,
    adler,
    edit,
    new,
    observation,
    okoye,
    record,
    ruiz,
    told,
    visit,
    walk,
)

LOOK_FORS = "Students ask each other why.\nThe criteria are on the table."
PLANNED = walk(problem="Who talks in maths?", look_fors=LOOK_FORS, form="short", visit_minutes=12)
SCHOOL = {"name": "Oak Hill Elementary", "code": "0031"}


def as_walk(**values: Any) -> tuple[str, str] | None:
    return told(okoye, record("walk", PLANNED), edit("walk", **values))


def test_a_walk_is_planned_with_its_problem_look_fors_form_and_minutes() -> None:
    assert told(okoye, None, new("walk", PLANNED)) is None


def test_an_older_app_plans_without_them() -> None:
    assert told(okoye, None, new("walk", walk())) is None
    assert told(okoye, None, new("observation", observation())) is None


def test_the_lead_goes_on_writing_the_look_fors() -> None:
    assert as_walk(look_fors="Students ask why.", problem="Who asks?") is None
    assert as_walk(look_fors=None) is None


@pytest.mark.parametrize(("field", "value"), [("form", "full"), ("visit_minutes", 20)])
def test_what_every_visit_takes_over_is_said_once(field: str, value: Any) -> None:
    assert as_walk(**{field: value}) == ("not-yours", f"/set/{field}")
    assert as_walk(**{field: PLANNED[field]}) is None


def test_a_visit_takes_over_the_minutes_and_keeps_them() -> None:
    begun = observation(form="short", minutes=12)
    assert told(okoye, None, new("observation", begun)) is None
    found = told(okoye, record("observation", begun), edit(minutes=20))
    assert found == ("not-yours", "/set/minutes")


def test_an_observer_may_still_open_the_full_form() -> None:
    begun = record("observation", observation(form="short", minutes=12))
    assert told(okoye, begun, edit(form="full")) is None


def test_a_stop_has_a_time_and_can_lose_it() -> None:
    stop = record("visit", visit(planned_at=NOON))
    assert told(okoye, stop, edit("visit", planned_at=NOON + 60_000, order=2)) is None
    assert told(okoye, stop, edit("visit", planned_at=None)) is None


@pytest.mark.parametrize("author", [okoye, ruiz, adler])
def test_nobody_but_the_service_says_where_visits_are_not_wanted(author: Any) -> None:
    school = record("school", SCHOOL)
    days = {"no_visits/2026-12-01": "State tests"}
    assert told(author, school, edit("school", **days)) == ("not-yours", "")
    room = record("room", {"school": OAK_HILL, "code": "12"})
    assert told(author, room, edit("room", no_visits=True)) == ("not-yours", "")


@pytest.mark.parametrize(
    ("kind", "body", "code", "pointer"),
    [
        ("walk", walk(form="long"), "wrong-type", "/form"),
        ("walk", walk(visit_minutes=0), "wrong-type", "/visit_minutes"),
        ("walk", walk(visit_minutes=181), "wrong-type", "/visit_minutes"),
        ("walk", walk(look_fors=["ask"]), "wrong-type", "/look_fors"),
        ("walk", walk(rubric=DRAFT, form="short"), "rubric-not-published", "/rubric"),
        ("observation", observation(minutes=0), "wrong-type", "/minutes"),
        ("observation", observation(minutes="12"), "wrong-type", "/minutes"),
        ("room", {"school": OAK_HILL, "code": "12", "no_visits": 1}, "wrong-type", "/no_visits"),
        ("school", {**SCHOOL, "no_visits": ["2026-12-01"]}, "wrong-type", "/no_visits"),
        *(
            ("school", {**SCHOOL, "no_visits": {day: why}}, code, f"/no_visits/{day}")
            for day, why, code in [
                ("2026-13-01", "Tests", "wrong-type"),
                ("tomorrow", "Tests", "wrong-type"),
                ("2026-12-01", " ", "missing-field"),
                ("2026-12-01", True, "wrong-type"),
            ]
        ),
    ],
)
def test_a_wrong_value_is_refused_where_it_stands(
    kind: str, body: dict[str, Any], code: str, pointer: str
) -> None:
    assert told(okoye, None, new(kind, body)) == (code, f"/new{pointer}")
