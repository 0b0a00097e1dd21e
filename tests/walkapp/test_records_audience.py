"""Who a record is for: worked out from what it is, never stored by hand."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.walkapp.observing import (
    AGREEMENT,
    BELL,
    CLAIM,
    NOON,
    NOVAK,
    OAK_HILL,
    OKOYE,
    PINE_RIDGE,
    RUIZ,
    TRAN,
    VISIT,
    WALK,
    Grant,
    agreement,
    card,
    claim,
    claim_question,
    coaching_step,
    consensus,
    next_step,
    observation,
    record,
    released_copy,
    reply,
    review,
    rules,
    somebody,
    thank_you,
    visit,
    visit_room,
    walk,
)
from walkapp.access import ROLES, author


def readers(kind: str, body: dict[str, Any], id: str | None = None) -> frozenset[str]:
    return rules().audience(record(kind, body, id or (WALK if kind == "walk" else OKOYE)))


MINE, HERS, DESK = f"person:{OKOYE}", f"person:{NOVAK}", f"desk:{OAK_HILL}"
TEAM, WITHIN = f"team:{WALK}", f"within:{WALK}"
LOOKED_UP = {f"member:{OKOYE}", f"member:{NOVAK}"}


@pytest.mark.parametrize(
    ("kind", "body", "scopes"),
    [
        ("school", {"name": "Oak Hill", "code": "1"}, {"space"}),
        ("room", {"school": OAK_HILL, "code": "12"}, {f"school:{OAK_HILL}", "district"}),
        ("rubric", {}, {"space"}),
        ("rubric_words", {}, {"space"}),
        ("walk", walk(), {MINE, DESK}),
        ("walk", walk(kind="drop-in"), {MINE}),
        ("walk", walk(team={NOVAK: {"at": NOON}}), {MINE, DESK, TEAM, *LOOKED_UP}),
        ("visit", visit(), {MINE, TEAM}),
        ("visit_room", visit_room(), {MINE, TEAM}),
        ("observation", observation(), {MINE}),
        ("observation", observation(state="submitted"), {MINE, DESK}),
        ("observation", observation(state="released"), {MINE, DESK}),
        ("observation", observation(together=True), {MINE, WITHIN}),
        ("observation", observation(together=True, state="submitted"), {MINE, WITHIN}),
        (
            "observation",
            observation(together=True, state="submitted", revealed={"at": NOON}),
            {MINE, DESK, WITHIN, TEAM},
        ),
        (
            "observation",
            observation(together=True, revealed={"at": NOON}),
            {MINE, WITHIN},
        ),
        ("review", review(), {MINE, DESK}),
        ("thank_you", thank_you(), {MINE, DESK}),
        ("thank_you", thank_you(to="observer"), {MINE, DESK}),
        ("policy", {"feedback_due": "one-week"}, {"space", "policy"}),
        ("agreement", agreement(), {MINE, HERS, f"coach:{OKOYE}"}),
        ("coaching_step", coaching_step(), {f"coaching:{AGREEMENT}"}),
        ("coaching_step", coaching_step(state="given"), {f"coaching:{AGREEMENT}", HERS}),
        ("claim", claim(), {HERS, f"claims:{OAK_HILL}"}),
        ("claim", claim(over={"at": NOON, "by": NOVAK}), {HERS}),
        ("claim_question", claim_question(), {MINE, f"claimed:{CLAIM}"}),
        (
            "claim_question",
            claim_question(answer={"yes": True, "at": NOON, "by": OKOYE}),
            {MINE, f"claimed:{CLAIM}", f"linked:{VISIT}"},
        ),
        (
            "claim_question",
            claim_question(answer={"yes": False, "at": NOON, "by": OKOYE}),
            {MINE, f"claimed:{CLAIM}"},
        ),
        ("released_copy", released_copy(), {f"claimed:{CLAIM}"}),
        ("reply", reply(), {MINE, DESK, f"claimed:{CLAIM}"}),
        ("consensus", consensus(), {MINE, WITHIN}),
        ("consensus", consensus(revealed={"at": NOON}), {MINE, WITHIN, TEAM, DESK}),
        ("card", card(), {TEAM, DESK}),
        ("card", card(alone=True), {MINE, DESK}),
        ("next_step", next_step(), {MINE, TEAM, DESK, f"person:{BELL}"}),
        ("next_step", next_step(alone=True), {MINE, DESK, f"person:{BELL}"}),
    ],
)
def test_each_record_has_one_audience(kind: str, body: Any, scopes: set[str]) -> None:
    assert readers(kind, body) == scopes


def test_an_observation_that_went_back_leaves_the_desk_and_its_review_stays() -> None:
    back = {"reason": "Which team?", "at": NOON, "by": RUIZ, "verb": "return"}
    was = observation(state="submitted")
    assert DESK not in readers("observation", observation(returned=back))
    assert DESK in readers("review", review(verb="return", version=was))


@pytest.mark.parametrize(
    ("role", "school", "scopes"),
    [
        ("coach", None, {"space"}),
        ("coach", OAK_HILL, {f"school:{OAK_HILL}", "district"}),
        ("principal", OAK_HILL, {f"school:{OAK_HILL}", "district"}),
        ("teacher", OAK_HILL, {f"lead:{OAK_HILL}", "teachers"}),
        ("teacher", None, set()),
    ],
)
def test_a_card_is_for_those_beside_whom_a_person_works(
    role: str, school: str | None, scopes: set[str]
) -> None:
    body = {"name": "Ms. Okoye", "roles": [{"role": role, "school": school}]}
    assert readers("person", body) == {MINE, *scopes}


def test_a_card_without_roles_is_the_persons_own() -> None:
    assert readers("person", {"name": "Ms. Okoye", "roles": []}) == {MINE}


people = st.sampled_from([OKOYE, BELL, RUIZ, TRAN])
schools = st.sampled_from([OAK_HILL, PINE_RIDGE])
grants = st.builds(
    Grant,
    role=st.sampled_from(ROLES),
    school=schools | st.none(),
    starts_at=st.none() | st.integers(NOON - 1, NOON + 1),
    ends_at=st.none() | st.integers(NOON - 1, NOON + 1),
)
states = st.sampled_from(["draft", "submitted", "released"])


def may_read(person: str, held: list[Grant], kind: str, body: dict[str, Any]) -> bool:
    return somebody(person, *held).may_see(readers(kind, body))


@settings(deadline=None)
@given(people, people, schools, st.lists(grants, max_size=5))
def test_nobody_but_the_observer_ever_reads_a_draft(
    observer: str, reader: str, school: str, held: list[Grant]
) -> None:
    body = observation(observer=observer, school=school)
    assert may_read(reader, held, "observation", body) == (reader == observer)


@settings(deadline=None)
@given(people, people, schools, states, st.lists(grants, max_size=5))
def test_what_was_given_is_read_by_its_observer_and_the_principal_of_its_school(
    observer: str, reader: str, school: str, state: str, held: list[Grant]
) -> None:
    body = observation(observer=observer, school=school, state=state)
    now = [g for g in held if (g.starts_at or 0) <= NOON and (g.ends_at or NOON + 1) > NOON]
    is_principal = any((g.role, g.school) == ("principal", school) for g in now)
    expected = reader == observer or (state != "draft" and is_principal)
    assert may_read(reader, held, "observation", body) == expected


@settings(deadline=None)
@given(people, st.lists(grants, max_size=5))
def test_which_room_was_visited_is_known_to_the_visitor_alone(
    reader: str, held: list[Grant]
) -> None:
    assert may_read(reader, held, "visit_room", visit_room()) == (reader == OKOYE)
    assert may_read(reader, held, "visit", visit()) == (reader == OKOYE)


@settings(deadline=None)
@given(people, st.lists(grants, max_size=5))
def test_an_administrator_reads_no_observation_by_being_one(reader: str, held: list[Grant]) -> None:
    body = observation(state="released", observer=OKOYE)
    more = [*held, Grant("admin")]
    assert may_read(reader, held, "observation", body) == may_read(
        reader, more, "observation", body
    )


@settings(deadline=None)
@given(people, schools, st.lists(grants, max_size=5))
def test_a_teachers_card_is_for_the_teacher_the_principal_of_the_school_and_its_coaches(
    reader: str, school: str, held: list[Grant]
) -> None:
    always = [replace(grant, starts_at=None, ends_at=None) for grant in held]
    card = record("person", {"name": "N.", "roles": [{"role": "teacher", "school": school}]}, BELL)
    reads = author("s", reader, "a", None, always, NOON).may_see(rules().audience(card))
    leads = any((g.role, g.school) == ("principal", school) for g in always)
    coaches = any("coach" in g.role and g.school in (school, None) for g in always)
    assert reads == (reader == BELL or leads or coaches)


FACT = {"at": NOON, "by": NOVAK}
facts = st.sampled_from([{}, {"agreed": FACT}, {"over": FACT}, {"agreed": FACT, "over": FACT}])


@settings(deadline=None)
@given(st.sampled_from([OKOYE, NOVAK, RUIZ, TRAN]), facts, st.lists(grants, max_size=5))
def test_nobody_but_the_two_ever_reads_an_agreement(
    reader: str, said: dict[str, Any], held: list[Grant]
) -> None:
    body = agreement(**said)
    seen = somebody(reader, *held, under=body if reader == OKOYE else None).may_see(
        readers("agreement", body, AGREEMENT)
    )
    assert seen == (reader in (OKOYE, NOVAK))


@settings(deadline=None)
@given(
    st.sampled_from([OKOYE, NOVAK, RUIZ, TRAN]),
    facts,
    st.sampled_from(["draft", "given"]),
    schools,
    st.lists(grants, max_size=5),
)
def test_a_step_is_read_by_the_teacher_who_has_it_and_by_her_coach_while_she_agrees(
    reader: str, said: dict[str, Any], state: str, school: str, held: list[Grant]
) -> None:
    under = agreement(school=school, **said) if reader == OKOYE else None
    body = coaching_step(state=state, school=school)
    seen = somebody(reader, *held, under=under).may_see(readers("coaching_step", body))
    coaches = somebody(OKOYE, *held).ability.may("coach", school)
    has_it = reader == NOVAK and state == "given"
    assert seen == (has_it or (reader == OKOYE and said.keys() == {"agreed"} and coaches))


@settings(deadline=None)
@given(people, st.lists(grants, max_size=5))
def test_nobody_but_the_teacher_is_ever_sent_a_claim(reader: str, held: list[Grant]) -> None:
    assert may_read(reader, held, "claim", claim()) == (reader == NOVAK)
    assert may_read(NOVAK, held, "claim", claim())


@settings(deadline=None)
@given(people, people, st.lists(grants, max_size=5))
def test_whose_room_it_was_is_asked_of_those_who_were_there_and_of_nobody_else(
    asked: str, reader: str, held: list[Grant]
) -> None:
    for answer in (None, {"yes": True, "at": NOON, "by": asked}):
        body = claim_question(asked={asked: True}, answer=answer)
        assert may_read(reader, held, "claim_question", body) == (reader == asked)


@settings(deadline=None)
@given(people | st.just(NOVAK), st.lists(grants, max_size=5))
def test_a_copy_for_a_teacher_is_on_no_tablet(reader: str, held: list[Grant]) -> None:
    assert not may_read(reader, held, "released_copy", released_copy())


@settings(deadline=None)
@given(people, schools, st.lists(grants, max_size=5))
def test_a_reply_is_read_by_the_observer_and_the_desk_and_names_no_teacher(
    reader: str, school: str, held: list[Grant]
) -> None:
    body = reply(school=school)
    now = [g for g in held if (g.starts_at or 0) <= NOON and (g.ends_at or NOON + 1) > NOON]
    is_principal = any((g.role, g.school) == ("principal", school) for g in now)
    assert may_read(reader, held, "reply", body) == (reader == OKOYE or is_principal)
    assert NOVAK not in str(body)
