"""A draft stays on its version of the rubric; moving it up is its observer's choice."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from tests.walkapp.observing import DEEPER, FIVE, edit, observation, okoye, record, ruiz
from walkapp.records import rules_for
from walkapp.rubric import Rubric, record_id
from walkapp.rubric_files import load_library

SECOND = record_id("deeper-learning-walk", 2)
THIRD = record_id("deeper-learning-walk", 3)


def versions() -> dict[str, Rubric]:
    """The second version has an indicator less; the third is a draft."""
    library = load_library()
    first = library[DEEPER]
    content = deepcopy(first.content)
    for domain in content["domains"]:
        domain["indicators"] = [one for one in domain["indicators"] if one["id"] != "TM3"]
    second = replace(first, version=2, content={**content, "version": 2})
    third = replace(first, version=3, status="draft", content={**content, "version": 3})
    return {**library, SECOND: second, THIRD: third}


def moved(body: dict[str, Any], author: Any = okoye, **more: Any) -> tuple[str, str] | None:
    found = rules_for(versions()).allow(author, record("observation", body), edit(**more))
    return (found.code, found.pointer) if found else None


def test_a_draft_moves_up_once_everything_in_it_has_a_place() -> None:
    fitting = {"rubric": SECOND, "ratings/TM3": None}
    assert moved(observation(), **fitting) is None
    assert moved(observation(), rubric=SECOND) == ("rubric-does-not-fit", "/set/rubric")
    assert moved(observation(), rubric=DEEPER) is None, "staying is no move"


def test_what_is_answered_in_the_same_step_is_asked_of_the_new_version() -> None:
    values = {"rubric": SECOND, "ratings/TM3": {"value": 1}}
    assert moved(observation(), **values) == ("no-such-indicator", "/set/ratings~1TM3")


@pytest.mark.parametrize(
    ("body", "to", "code"),
    [
        (observation(), THIRD, "rubric-not-published"),
        (observation(), FIVE, "not-yours"),
        (observation(), "nothing", "no-such-rubric"),
        (observation(rubric=SECOND), DEEPER, "not-yours"),
        (observation(state="submitted"), SECOND, "observation-given"),
    ],
)
def test_it_goes_nowhere_else(body: dict[str, Any], to: str, code: str) -> None:
    assert (moved(body, **{"rubric": to, "ratings/TM3": None}) or ("",))[0] == code


def test_nobody_else_moves_it() -> None:
    assert (moved(observation(), ruiz, rubric=SECOND) or ("",))[0] != ""
