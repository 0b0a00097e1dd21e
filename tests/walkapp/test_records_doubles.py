"""Two records of one thing: they are joined by their owner, and only before anything was given."""

from typing import Any

import pytest

from tests.walkapp.observing import (
    NOON,
    OBSERVATION,
    RUIZ,
    VISIT,
    Grant,
    bell,
    edit,
    new,
    observation,
    okoye,
    record,
    ruiz,
    rules,
    somebody,
    told,
    visit,
)

OTHER = "0ce10000-0000-4000-8000-000000000009"
NOTE = "evidence:ee000000-0000-4000-8000-000000000001"
SENT_BACK = {"reason": "Which team?", "at": NOON, "by": RUIZ, "verb": "return"}


def draft(**changes: Any):
    return record("observation", observation(**changes))


def test_the_observer_joins_a_draft_with_another_one_that_need_not_be_here_yet() -> None:
    joined = {"same_as": OTHER, f"brought/{NOTE}": "0123abcd", f"not_same/{VISIT}": True}
    assert told(okoye, draft(), edit(**joined)) is None
    body = observation(same_as=OTHER, not_same={VISIT: True}, brought={NOTE: "0123abcd"})
    assert rules().check(new("observation", body)) is None
    assert told(okoye, draft(same_as=OTHER), edit(same_as=None)) is None


@pytest.mark.parametrize("who", [bell, ruiz])
def test_nobody_else_joins_it(who: Any) -> None:
    assert told(who, draft(), edit(same_as=OTHER)) is not None
    assert told(who, record("visit", visit()), edit("visit", same_as=OTHER)) is not None


def test_a_principal_who_observes_joins_her_own_and_no_others() -> None:
    both = somebody(RUIZ, Grant("principal", None), Grant("observer"))
    assert told(both, draft(observer=RUIZ), edit(same_as=OTHER)) is None
    found = told(both, draft(), edit(same_as=OTHER))
    assert found is not None and found[0] == "not-yours"


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("same_as", OBSERVATION, "wrong-type"),
        (f"not_same/{OBSERVATION}", True, "wrong-type"),
        ("same_as", "that one", "wrong-type"),
        ("same_as", [OTHER], "wrong-type"),
        (f"not_same/{OTHER}", False, "wrong-type"),
        ("not_same/that one", True, "wrong-type"),
        (f"brought/{NOTE}", "ABCDEF01", "wrong-type"),
        (f"brought/{NOTE}", 1, "wrong-type"),
    ],
)
def test_what_makes_no_sense_is_refused(path: str, value: Any, code: str) -> None:
    where = "/set/" + path.replace("/", "~1")
    assert told(okoye, draft(), edit(**{path: value})) == (code, where)


def test_nothing_begins_joined_with_itself() -> None:
    for kind, body in (("observation", observation()), ("visit", visit())):
        found = rules().check(new(kind, {**body, "same_as": OBSERVATION}))
        assert found is not None and (found.code, found.pointer) == ("wrong-type", "/new/same_as")


def test_what_is_joined_is_not_given_until_it_is_taken_apart() -> None:
    joined = draft(same_as=OTHER)
    assert told(okoye, joined, edit(state="submitted")) == ("observation-joined", "/set/state")
    assert told(okoye, joined, edit(state="submitted", same_as=None)) is None
    assert told(okoye, draft(), edit(state="submitted", same_as=OTHER)) is not None
    found = rules().check(new("observation", observation(state="submitted", same_as=OTHER)))
    assert found is not None and found.code == "observation-joined"


def test_writing_in_a_joined_one_is_taken_as_ever() -> None:
    late = {"ratings/TE1": {"value": 2}, "focus": "Who talks?"}
    assert told(okoye, draft(same_as=OTHER), edit(**late)) is None


@pytest.mark.parametrize(
    ("state", "more", "code"),
    [
        ("submitted", {}, "observation-given"),
        ("released", {}, "observation-released"),
        ("draft", {"returned": SENT_BACK}, "observation-stands"),
    ],
)
def test_what_was_given_once_is_not_joined(state: str, more: dict[str, Any], code: str) -> None:
    given = draft(state=state, **more)
    assert told(okoye, given, edit(same_as=OTHER)) == (code, "/set/same_as")


def test_a_draft_that_came_back_can_still_be_kept_apart() -> None:
    assert told(okoye, draft(returned=SENT_BACK), edit(**{f"not_same/{OTHER}": True})) is None


# ---- what stands beside when both say something else ----


@pytest.mark.parametrize(
    ("beside", "value"),
    [
        ("ratings:TE1~0123abcd", {"value": 4}),
        ("gates:team_time_seen~0123abcd", {"value": "no"}),
        ("counts:teams_seen~0123abcd", 3),
        ("context:students_present~0123abcd", 25),
        ("focus~0123abcd", "Who talks?"),
    ],
)
def test_an_observer_lays_beside_what_could_stand_there(beside: str, value: Any) -> None:
    assert told(okoye, draft(), edit(**{f"also/{beside}": value})) is None
    assert rules().check(new("observation", observation(also={beside: value}))) is None


@pytest.mark.parametrize(
    ("beside", "value", "code"),
    [
        ("ratings:TE1~0123abcd", {"value": 9}, "no-such-level"),
        ("ratings:XX~0123abcd", {"value": 1}, "no-such-indicator"),
        ("ratings~0123abcd", {"value": 1}, "unknown-field"),
        ("focus~0123abcd", 3, "wrong-type"),
        ("focus", "Who talks?", "not-yours"),
        ("state~0123abcd", "released", "not-yours"),
        ("returned~0123abcd", SENT_BACK, "not-yours"),
        ("also:focus~0123abcd", "Who talks?", "not-yours"),
        ("photos:aa~0123abcd", {}, "not-yours"),
    ],
)
def test_nothing_else_is_laid_beside(beside: str, value: Any, code: str) -> None:
    found = told(okoye, draft(), edit(**{f"also/{beside}": value}))
    assert found is not None and found[0] == code
    assert found[1] == "/set/also~1" + beside.replace("~", "~0")


def test_nothing_comes_to_stand_beside_a_rating_that_was_given() -> None:
    back = draft(returned=SENT_BACK, also={"ratings:TE2~0123abcd": {"value": 1}})
    beside = "also/ratings:TE1~0123abcd"
    assert told(okoye, back, edit(**{beside: {"value": 4}})) == (
        "ratings-frozen",
        "/set/also~1ratings:TE1~00123abcd",
    )
    assert told(okoye, back, edit(**{"also/focus~0123abcd": "Who talks?"})) is None
    assert told(okoye, back, edit(**{"also/ratings:TE2~0123abcd": None})) is None
