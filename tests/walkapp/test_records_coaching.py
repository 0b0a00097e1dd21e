"""Who may ask, agree, withdraw, write a step, close it: Ms. Okoye coaches Mr. Novak of Oak Hill."""

from typing import Any

import pytest

from tests.walkapp.observing import (
    AGREEMENT,
    BELL,
    NOON,
    NOVAK,
    OAK_HILL,
    OKOYE,
    PINE_RIDGE,
    Grant,
    agreement,
    coaching_step,
    edit,
    judged,
    new,
    record,
    rules,
    somebody,
    told,
)

HERS, MINE = {"at": NOON, "by": NOVAK}, {"at": NOON, "by": OKOYE}
CLOSED = {"uptake": 3, "text": "Two students asked each other why.", "at": NOON}
AGREED, OVER = agreement(agreed=HERS), agreement(agreed=HERS, over=HERS)
ROOM = "1a1c0000-0000-4000-8000-000000000009"

okoye = somebody(OKOYE, Grant("coach"))
novak = somebody(NOVAK, Grant("teacher", OAK_HILL))
others = [
    somebody(BELL, Grant(role, school))
    for role, school in (
        ("coach", None), ("principal", OAK_HILL), ("district_lead", None), ("admin", None),
        ("teacher", OAK_HILL),
    )
]  # fmt: skip


def coach(under: dict[str, Any] = AGREED, *grants: Grant) -> Any:
    return somebody(OKOYE, *(grants or [Grant("coach")]), under=under)


def asked(**facts: Any) -> Any:
    return record("agreement", agreement(**facts), AGREEMENT)


def step(**changes: Any) -> Any:
    return record("coaching_step", coaching_step(**changes))


# ---- the agreement ----


@pytest.mark.parametrize("role", ["coach", "partner_coach"])
def test_a_coach_asks_in_her_own_name_where_she_coaches(role: str) -> None:
    here = somebody(OKOYE, Grant(role, OAK_HILL))
    assert told(here, None, new("agreement", agreement())) is None
    elsewhere = new("agreement", agreement(school=PINE_RIDGE))
    assert told(here, None, elsewhere) == ("not-yours", "/new/school")
    assert told(here, None, new("agreement", agreement(coach=BELL))) == ("not-yours", "/new/coach")


@pytest.mark.parametrize("role", ["observer", "principal", "district_lead", "teacher", "admin"])
def test_nobody_else_asks(role: str) -> None:
    asking = somebody(OKOYE, Grant(role, None if role == "admin" else OAK_HILL))
    assert told(asking, None, new("agreement", agreement())) == ("not-yours", "/new/school")


def test_a_question_under_a_role_that_is_over_is_no_matter_for_a_lead() -> None:
    over = somebody(OKOYE, Grant("coach", ends_at=NOON))
    refusal = judged(over, None, new("agreement", agreement()))
    assert refusal is not None and not refusal.held


def test_the_teacher_agrees_names_her_rooms_and_withdraws() -> None:
    values = {"agreed": HERS, f"rooms/{ROOM}": True}
    assert told(novak, asked(), edit("agreement", **values)) is None
    assert told(novak, asked(agreed=HERS), edit("agreement", over=HERS)) is None


def test_nobody_agrees_for_her() -> None:
    for somebody_else in (okoye, *others):
        for by in (HERS, {"at": NOON, "by": somebody_else.person}):
            assert told(somebody_else, asked(), edit("agreement", agreed=by)) == (
                "not-yours",
                "/set/agreed",
            )
    assert told(novak, asked(), edit("agreement", agreed=MINE)) == ("not-yours", "/set/agreed")


def test_only_the_teacher_says_in_which_rooms() -> None:
    naming = edit("agreement", **{f"rooms/{ROOM}": True})
    assert told(okoye, asked(agreed=HERS), naming) == ("not-yours", f"/set/rooms~1{ROOM}")


def test_each_of_the_two_ends_it_and_nobody_else() -> None:
    assert told(okoye, asked(agreed=HERS), edit("agreement", over=MINE)) is None
    assert told(okoye, asked(agreed=HERS), edit("agreement", over=HERS)) is not None
    for somebody_else in others:
        mine = {"at": NOON, "by": somebody_else.person}
        assert told(somebody_else, asked(agreed=HERS), edit("agreement", over=mine)) is not None


def test_a_teacher_withdraws_also_when_her_role_has_ended() -> None:
    gone = somebody(NOVAK, Grant("teacher", OAK_HILL, ends_at=NOON))
    assert told(gone, asked(agreed=HERS), edit("agreement", over=HERS)) is None
    assert told(gone, asked(), edit("agreement", agreed=HERS)) == ("not-yours", "/set/agreed")


@pytest.mark.parametrize("path", ["agreed", "over"])
def test_what_was_said_is_never_taken_back(path: str) -> None:
    assert told(novak, asked(**{path: HERS}), edit("agreement", **{path: None})) is not None
    assert rules().merge_rule("agreement", path) == "fixed"


def test_an_agreement_is_never_removed_and_its_people_never_change() -> None:
    for who in (okoye, novak):
        assert told(who, asked(agreed=HERS), edit("agreement", **{"": None})) == ("not-yours", "")
        for name in ("coach", "teacher", "school", "purpose"):
            refusal = told(who, asked(), edit("agreement", **{name: BELL}))
            assert refusal is not None and refusal[1] == f"/set/{name}"


# ---- the step ----


def test_a_step_is_written_under_an_agreement_in_force() -> None:
    assert told(coach(), None, new("coaching_step", coaching_step())) is None
    assert told(okoye, None, new("coaching_step", coaching_step())) == (
        "no-agreement",
        "/new/agreement",
    )
    only_asked = coach(agreement())
    assert told(only_asked, None, new("coaching_step", coaching_step())) is not None


@pytest.mark.parametrize(
    "changes",
    [{"teacher": BELL}, {"school": PINE_RIDGE}, {"agreement": ROOM}, {"by": BELL}],
)
def test_a_step_is_for_the_teacher_who_agreed_and_by_the_coach_who_asked(
    changes: dict[str, Any],
) -> None:
    body = coaching_step(**changes)
    refusal = judged(coach(), None, new("coaching_step", body))
    assert refusal is not None and not refusal.held


def test_what_was_written_before_it_was_over_is_held() -> None:
    for over in (coach(OVER), coach(AGREED, Grant("coach", ends_at=NOON))):
        for before, change in (
            (None, new("coaching_step", coaching_step())),
            (step(), edit("coaching_step", question="Who asked?")),
            (step(state="given"), edit("coaching_step", closed=CLOSED)),
        ):
            refusal = judged(over, before, change)
            assert refusal is not None and refusal.held


def test_the_teacher_and_everybody_else_write_no_step() -> None:
    for who in (novak, *others):
        assert judged(who, step(), edit("coaching_step", step="x")) is not None
        body = coaching_step(by=who.person)
        assert judged(who, None, new("coaching_step", body)) is not None


@pytest.mark.parametrize("name", ["strength", "question", "step"])
def test_a_step_is_given_when_it_is_whole(name: str) -> None:
    given = edit("coaching_step", state="given")
    assert told(coach(), step(), given) is None
    assert told(coach(), step(**{name: None}), given) == ("missing-field", f"/set/{name}")
    assert told(coach(), step(**{name: " "}), given) == ("missing-field", f"/set/{name}")
    whole = coaching_step(state="given", **{name: None})
    assert told(coach(), None, new("coaching_step", whole)) == ("missing-field", f"/new/{name}")


def test_what_was_given_stands_as_it_was_read() -> None:
    for path in ("strength", "step", "look_for", "seen", "state", "practised"):
        values = {path: {"state": "draft", "practised": "no", "seen": "2026-11-23"}.get(path, "x")}
        assert told(coach(), step(state="given"), edit("coaching_step", **values)) == (
            "step-given",
            f"/set/{path}",
        )
    assert told(coach(), step(state="given"), edit("coaching_step", **{"": None})) is not None
    assert told(coach(), step(), edit("coaching_step", **{"": None})) is None


def test_a_date_moves_while_the_step_is_open() -> None:
    later = edit("coaching_step", follow_up="2026-12-09")
    assert told(coach(), step(state="given"), later) is None
    assert told(coach(), step(state="given", closed=CLOSED), later) is not None


def test_closing_needs_evidence_and_happens_once() -> None:
    assert told(coach(), step(state="given"), edit("coaching_step", closed=CLOSED)) is None
    bare = {**CLOSED, "text": " "}
    assert told(coach(), step(state="given"), edit("coaching_step", closed=bare)) == (
        "step-needs-evidence",
        "/set/closed/text",
    )
    assert told(coach(), step(), edit("coaching_step", closed=CLOSED)) is not None
    closed = step(state="given", closed=CLOSED)
    for again in ({**CLOSED, "uptake": 4}, None):
        assert told(coach(), closed, edit("coaching_step", closed=again)) == (
            "step-given",
            "/set/closed",
        )


def test_of_two_texts_that_met_both_stay_until_one_is_chosen() -> None:
    assert rules().merge_rule("coaching_step", "strength") == "text"
    met = {"also": {"strength~0123abcd": "Three students."}}
    folding = edit("coaching_step", **{"also/strength~0123abcd": None})
    assert told(coach(), step(**met), folding) is None
    assert told(coach(), step(state="given", **met), folding) is None
