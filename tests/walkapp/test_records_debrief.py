"""After the rooms: what a team agrees on, keeps as cards, focuses on and does next."""

from typing import Any

import pytest

from tests.walkapp.observing import (
    BELL,
    NOON,
    OAK_HILL,
    OKOYE,
    RUIZ,
    TRAN,
    VISIT,
    WALK,
    Grant,
    card,
    consensus,
    next_step,
    visit,
    walk,
)
from tests.walkapp.test_records_exchange import cid, new
from tests.walkapp.test_records_team import ALONG, HERS, Team
from walkapp.access import author

CARD = "0b500000-0000-4000-8000-000000000011"
STEP = "0b500000-0000-4000-8000-000000000012"
AGREED = "0b500000-0000-4000-8000-000000000013"
CLUSTER = "0b500000-0000-4000-8000-000000000014"
SAYING = "0b500000-0000-4000-8000-000000000015"
DONE = {"is": "done", "at": NOON, "by": BELL, "text": "Two teams planned it on Tuesday."}
NAMED = {"title": "Reasons are asked for", "at": NOON}


@pytest.fixture
def team() -> Team:
    """Ms. Okoye leads, Mr. Bell walks along; Ms. Ruiz is the principal and does not."""
    space = Team()
    assert space.told(OKOYE, new("walk", WALK, walk(team={BELL: ALONG}))) == ("ok", None)
    assert space.told(OKOYE, new("visit", VISIT, visit())) == ("ok", None)
    return space


def reads(space: Team, id: str) -> set[str]:
    everybody = (OKOYE, BELL, RUIZ, TRAN)
    return {person for person in everybody if id in space.reads(space.who(person))}


def reveal(space: Team) -> None:
    said = space.say(OKOYE, "visit", VISIT, revealed={"at": NOON, "by": OKOYE})
    assert said == ("ok", None)


def removal(space: Team, kind: str, id: str) -> dict[str, Any]:
    base = space.log.records([id])[id].seq
    paths = {"": None}
    return {
        "cid": cid(), "kind": kind, "id": id, "at": NOON, "set": paths, "base": base, "seen": [],
    }  # fmt: skip


# --- what the team agrees on ---


def test_what_the_team_agrees_on_is_the_teams_and_the_desks_from_the_reveal_on(team: Team) -> None:
    reveal(team)
    assert team.told(BELL, new("consensus", AGREED, consensus(by=BELL))) == ("ok", None)
    assert team.body(AGREED)["revealed"] == {"at": NOON, "by": OKOYE}
    assert reads(team, AGREED) == {OKOYE, BELL, RUIZ}


def test_what_somebody_agrees_on_before_the_reveal_is_theirs_until_then(team: Team) -> None:
    assert team.told(BELL, new("consensus", AGREED, consensus(by=BELL))) == ("ok", None)
    assert reads(team, AGREED) == {BELL}
    reveal(team)
    assert reads(team, AGREED) == {OKOYE, BELL, RUIZ}


def test_everybody_says_yes_for_themselves(team: Team) -> None:
    reveal(team)
    said = new("consensus", AGREED, consensus(by=BELL))
    assert team.told(OKOYE, said) == ("refused", "not-yours")
    assert team.told(BELL, said | {"cid": cid()}) == ("ok", None)
    mine = {"says__TE1": {"value": 4, "at": NOON}}
    assert team.say(OKOYE, "consensus", AGREED, **mine) == ("refused", "not-yours")
    assert team.say(BELL, "consensus", AGREED, **mine) == ("ok", None)


@pytest.mark.parametrize("person", [RUIZ, TRAN])
def test_nobody_agrees_on_a_room_with_a_team_they_did_not_walk_in(team: Team, person: str) -> None:
    reveal(team)
    said = new("consensus", AGREED, consensus(by=person))
    assert team.told(person, said) == ("refused", "not-yours")


def test_what_a_team_agrees_on_changes_no_observation(team: Team) -> None:
    team.begin(OKOYE)
    team.give(OKOYE)
    reveal(team)
    before = team.body(HERS)
    team.told(OKOYE, new("consensus", AGREED, consensus()))
    team.say(OKOYE, "consensus", AGREED, says__TE1={"value": 1, "at": NOON + 1})
    assert team.body(HERS) == before


@pytest.mark.parametrize(
    ("indicator", "value", "code"),
    [
        ("TE1", 4, None),
        ("TE1", "not_observed", None),
        ("TE1", 9, "no-such-level"),
        ("TE1", True, "no-such-level"),
        ("TE3", "met", None),
        ("TE3", 2, "no-such-level"),
        ("ZZ9", 2, "no-such-indicator"),
    ],
)
def test_a_team_agrees_on_a_level_of_the_rubric(
    team: Team, indicator: str, value: Any, code: str | None
) -> None:
    reveal(team)
    said = {indicator: {"value": value, "at": NOON}}
    found = team.told(OKOYE, new("consensus", AGREED, consensus(says=said)))
    assert found == (("refused", code) if code else ("ok", None))


def test_no_tablet_says_itself_that_a_visit_was_revealed(team: Team) -> None:
    early = consensus(revealed={"at": NOON})
    assert team.told(OKOYE, new("consensus", AGREED, early)) == ("refused", "wrong-state")
    team.told(OKOYE, new("consensus", AGREED, consensus()))
    said = team.say(OKOYE, "consensus", AGREED, revealed={"at": NOON})
    assert said == ("refused", "not-yours")


# --- cards ---


def test_a_card_is_read_by_those_who_walked_and_by_the_desk(team: Team) -> None:
    assert team.told(BELL, new("card", CARD, card(by=BELL))) == ("ok", None)
    assert reads(team, CARD) == {OKOYE, BELL, RUIZ}


def test_a_card_of_a_team_is_put_up_by_the_team_and_in_ones_own_name(team: Team) -> None:
    for person in (RUIZ, TRAN):
        said = team.told(person, new("card", CARD, card(by=person)))
        assert said == ("refused", "not-yours")
    assert team.told(BELL, new("card", CARD, card())) == ("refused", "not-yours")


def test_everybody_of_the_team_moves_a_card_and_nobody_rewrites_it(team: Team) -> None:
    team.told(BELL, new("card", CARD, card(by=BELL)))
    assert team.say(OKOYE, "card", CARD, cluster=CLUSTER) == ("ok", None)
    assert team.say(OKOYE, "card", CARD, text="They were bored.") == ("refused", "not-yours")
    assert team.say(RUIZ, "card", CARD, cluster=CLUSTER) == ("refused", "not-yours")


def test_a_card_is_taken_away_by_who_put_it_up(team: Team) -> None:
    team.told(BELL, new("card", CARD, card(by=BELL)))
    assert team.told(OKOYE, removal(team, "card", CARD)) == ("refused", "not-yours")
    assert team.told(BELL, removal(team, "card", CARD)) == ("ok", None)


def test_who_walks_alone_keeps_cards_that_reach_no_team(team: Team) -> None:
    stray = card(by=TRAN, alone=True)
    assert team.told(TRAN, new("card", CARD, stray)) == ("ok", None)
    assert reads(team, CARD) == {TRAN, RUIZ}


def test_the_work_of_somebody_whose_role_has_ended_is_kept_for_the_lead(team: Team) -> None:
    over = [Grant("observer", OAK_HILL, ends_at=NOON)]
    bonds = team.who(BELL).ability.teams
    bell = author("space", BELL, f"account of {BELL}", None, over, NOON, bonds)
    late = new("card", CARD, card(by=BELL))
    assert team.push(bell, late) == ("held", "not-yours")
    alone = new("card", STEP, card(by=BELL, alone=True))
    assert team.push(bell, alone) == ("held", "not-yours")


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"number": None}, "/new/number"),
        ({"visit": None}, "/new/visit"),
        ({"visit": None, "number": None, "line": CLUSTER}, "/new/visit"),
    ],
)
def test_a_card_that_comes_from_a_visit_says_which(
    team: Team, changes: dict[str, Any], pointer: str
) -> None:
    sent = new("card", CARD, card(**changes))
    problem = team.sync(team.who(OKOYE), sent)["results"][sent["cid"]]["problem"]
    assert (problem["code"], problem["pointer"]) == ("missing-field", pointer)


# --- clusters, focus areas, the end of a debrief ---


@pytest.mark.parametrize("person", [OKOYE, BELL])
def test_everybody_of_the_team_names_clusters_and_chooses_focus_areas(
    team: Team, person: str
) -> None:
    assert team.say(person, "walk", WALK, **{f"clusters__{CLUSTER}": NAMED}) == ("ok", None)
    assert team.say(person, "walk", WALK, areas__1=CLUSTER) == ("ok", None)
    closed = {"at": NOON, "by": person}
    assert team.say(person, "walk", WALK, debriefed=closed) == ("ok", None)


def test_a_walk_has_two_focus_areas_and_no_third(team: Team) -> None:
    assert team.say(OKOYE, "walk", WALK, areas__1="TE1", areas__2="SA1") == ("ok", None)
    assert team.say(OKOYE, "walk", WALK, areas__3="TS1") == ("refused", "unknown-field")


def test_the_plan_stays_its_leads_also_beside_a_focus_area(team: Team) -> None:
    both = {"areas__1": "TE1", "focus": "Who talks?"}
    assert team.say(BELL, "walk", WALK, **both) == ("refused", "not-yours")


def test_the_desk_reads_the_debrief_and_does_not_write_it(team: Team) -> None:
    assert team.say(RUIZ, "walk", WALK, areas__1="TE1") == ("refused", "not-yours")


def test_nobody_closes_a_debrief_in_anothers_name(team: Team) -> None:
    closed = {"at": NOON, "by": OKOYE}
    assert team.say(BELL, "walk", WALK, debriefed=closed) == ("refused", "not-yours")


def test_who_walks_alone_debriefs_too() -> None:
    space = Team()
    space.told(OKOYE, new("walk", WALK, walk()))
    closed = {"at": NOON, "by": OKOYE}
    assert space.say(OKOYE, "walk", WALK, areas__1="TE1", debriefed=closed) == ("ok", None)


def test_a_quick_visit_is_not_debriefed() -> None:
    space = Team()
    quick = walk(kind="drop-in", areas={"1": "TE1"})
    assert space.told(OKOYE, new("walk", WALK, quick)) == ("refused", "walk-without-debrief")
    space.told(OKOYE, new("walk", WALK, walk(kind="drop-in")))
    assert space.say(OKOYE, "walk", WALK, areas__1="TE1") == ("refused", "walk-without-debrief")


# --- next steps ---


def test_a_next_step_is_read_by_its_owner_too(team: Team) -> None:
    assert team.told(OKOYE, new("next_step", STEP, next_step(owner=TRAN))) == ("ok", None)
    assert reads(team, STEP) == {OKOYE, BELL, RUIZ, TRAN}


@pytest.mark.parametrize(("person", "verdict"), [(BELL, "ok"), (RUIZ, "ok"), (TRAN, "refused")])
def test_the_team_and_the_desk_set_next_steps(team: Team, person: str, verdict: str) -> None:
    assert team.told(person, new("next_step", STEP, next_step(by=person)))[0] == verdict


def test_the_owner_says_how_it_stands_and_moves_neither_owner_nor_day(team: Team) -> None:
    team.told(OKOYE, new("next_step", STEP, next_step(owner=TRAN)))
    mine = {f"said__{SAYING}": DONE | {"by": TRAN}}
    assert team.say(TRAN, "next_step", STEP, **mine) == ("ok", None)
    assert team.say(TRAN, "next_step", STEP, due="2027-01-01") == ("refused", "not-yours")
    assert team.say(BELL, "next_step", STEP, owner=BELL) == ("ok", None)


def test_a_step_is_closed_with_what_was_seen_of_it(team: Team) -> None:
    team.told(OKOYE, new("next_step", STEP, next_step()))
    bare = {f"said__{SAYING}": {"is": "done", "at": NOON, "by": BELL}}
    assert team.say(BELL, "next_step", STEP, **bare) == ("refused", "step-needs-evidence")
    assert team.say(BELL, "next_step", STEP, **{f"said__{SAYING}": DONE}) == ("ok", None)


def test_what_was_said_of_a_step_stays_said_and_is_ones_own(team: Team) -> None:
    team.told(OKOYE, new("next_step", STEP, next_step()))
    path = f"said__{SAYING}"
    assert team.say(OKOYE, "next_step", STEP, **{path: DONE}) == ("refused", "not-yours")
    team.say(BELL, "next_step", STEP, **{path: DONE})
    assert team.say(BELL, "next_step", STEP, **{path: None}) == ("refused", "not-yours")


def test_who_knows_nothing_of_a_walk_may_name_nothing_in_it(team: Team) -> None:
    team.told(OKOYE, new("card", CARD, card()))
    team.told(OKOYE, new("next_step", STEP, next_step()))
    for kind, id in (("card", CARD), ("next_step", STEP)):
        paths = {"cluster": CLUSTER} if kind == "card" else {"owner": TRAN}
        said = team.say(TRAN, kind, id, **paths)
        assert said == ("refused", "unknown-record")


def test_a_card_is_read_by_the_same_people_as_its_walk(team: Team) -> None:
    team.told(OKOYE, new("card", CARD, card()))
    assert reads(team, CARD) == reads(team, WALK) == {OKOYE, BELL, RUIZ}
