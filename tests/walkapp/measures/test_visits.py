"""What counts as a score, and what never does."""

from typing import Any

import pytest

from walkapp.measures import visits
from walkapp.measures.visits import Seen, scored
from walkapp.rubric import record_id
from walkapp.rubric_files import load_library

DEEPER = record_id("deeper-learning-walk", 1)
RUBRICS = load_library()


def seen(visit: str, **answers: Any) -> Seen:
    return Seen(visit, "walk", "oak", "12", "2026-11-22", DEEPER, answers)


def values(score: visits.Score, *some: Seen) -> list[tuple[float, ...]]:
    return [one.values for one in scored(some, RUBRICS, score)]


@pytest.mark.parametrize("value", ["not_observed", "not_applicable", None, True])
def test_what_was_not_observed_is_no_level(value: Any) -> None:
    assert values(visits.level("SA1"), seen("a", ratings={"SA1": {"value": value}})) == []


def test_what_a_gate_sets_is_no_level_and_what_the_observer_chose_is() -> None:
    no = {"team_time_seen": {"value": "no"}}
    assert values(visits.level("SA1"), seen("a", gates=no)) == []
    assert values(visits.level("SA1"), seen("a", gates=no, ratings={"SA1": {"value": 1}})) == [(1,)]
    assert values(visits.gate("team_time_seen", "no"), seen("a", gates=no), seen("b")) == [(1,)]


def test_observations_of_one_visit_stand_together() -> None:
    some = [seen("a", ratings={"TE1": {"value": level}}) for level in (2, 4)]
    assert values(visits.level("TE1"), *some) == [(2, 4)]


@pytest.mark.parametrize(
    ("aligned", "demand", "found"),
    [("yes", "yes", [(1,)]), ("yes", "no", [(0,)]), ("no", None, [(0,)]), ("yes", None, [])],
)
def test_work_is_met_when_both_answers_are_yes(
    aligned: str, demand: str | None, found: list[tuple[float, ...]]
) -> None:
    ratings = {"TE3": {"aligned": aligned, "demand": demand}}
    assert values(visits.met("TE3"), seen("a", ratings=ratings)) == found


def test_an_index_is_the_mean_of_two_levels_at_least() -> None:
    rigor = visits.index(("TE1", "TE2", "TE4"))
    one = {"TE1": {"value": 4}, "TE2": {"value": "not_observed"}}
    assert values(rigor, seen("a", ratings=one)) == []
    assert values(rigor, seen("a", ratings=one | {"TE4": {"value": 1}})) == [(2.5,)]


def test_an_indicator_that_a_version_does_not_have_is_no_score() -> None:
    assert values(visits.level("ZZ9"), seen("a", ratings={"ZZ9": {"value": 3}})) == []
