"""Walking as a team: nobody's notes are read by another before the visit is revealed."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from walkapp.sync.author import Author

from tests.walkapp.observing import (
    BELL,
    NOON,
    OAK_HILL,
    OKOYE,
    RUIZ,
    SPACE,
    TRAN,
    VISIT,
    WALK,
    Grant,
    observation,
    visit,
    walk,
)
from tests.walkapp.test_records_exchange import Space, cid, new
from walkapp.access import author, team_of

HERS, HIS, PRINCIPALS = (f"0b500000-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))
OF = {OKOYE: HERS, BELL: HIS, RUIZ: PRINCIPALS}
ALONG = {"at": NOON}
GRANTS = {
    OKOYE: Grant("walk_lead", OAK_HILL),
    BELL: Grant("observer", OAK_HILL),
    RUIZ: Grant("principal", OAK_HILL),
    TRAN: Grant("observer", OAK_HILL),
}


class Team(Space):
    """Ms. Okoye leads, Mr. Bell and the principal walk with her, Ms. Tran does not."""

    def who(self, person: str, *, without_grant: bool = False) -> Author:
        kept = self.log.records([WALK]).values()
        teams = [team_of(one.id, one.body) for one in kept if one.body.get("team")]
        bonds = [one for one in teams if person in one.members]
        grants = [] if without_grant else [GRANTS[person]]
        return author(SPACE, person, f"account of {person}", None, grants, NOON, bonds)

    def told(self, person: str, change: dict[str, Any]) -> tuple[str, str | None]:
        return self.push(self.who(person), change)

    def say(self, person: str, kind: str, id: str, **values: Any) -> tuple[str, str | None]:
        paths = {name.replace("__", "/"): value for name, value in values.items()}
        known = self.log.records([id]).get(id)
        seen = {"base": known.seq if known else 0, "seen": []}
        return self.told(
            person, {"cid": cid(), "kind": kind, "id": id, "at": NOON, "set": paths, **seen}
        )

    def begin(self, person: str, **changes: Any) -> tuple[str, str | None]:
        return self.told(
            person, new("observation", OF[person], observation(observer=person, **changes))
        )

    def give(self, person: str) -> tuple[str, str | None]:
        return self.say(person, "observation", OF[person], state="submitted")

    def seen_by(self, person: str) -> set[str]:
        return {id for id in self.reads(self.who(person)) if id in OF.values()}

    def body(self, id: str) -> dict[str, Any]:
        return self.log.records([id])[id].body


@pytest.fixture
def team() -> Team:
    space = Team()
    along = {BELL: ALONG, RUIZ: ALONG}
    assert space.told(OKOYE, new("walk", WALK, walk(team=along))) == ("ok", None)
    assert space.told(OKOYE, new("visit", VISIT, visit())) == ("ok", None)
    for person in OF:
        assert space.begin(person) == ("ok", None)
    return space


def test_the_plan_is_on_the_tablets_of_the_team_and_of_nobody_else(team: Team) -> None:
    for person in OF:
        assert {WALK, VISIT} <= team.reads(team.who(person)).keys()
    assert not {WALK, VISIT} & team.reads(team.who(TRAN)).keys()


def test_what_one_gave_is_nobody_elses_before_the_reveal_not_even_a_principals(team: Team) -> None:
    assert team.give(OKOYE) == ("ok", None)
    assert team.give(BELL) == ("ok", None)
    assert team.seen_by(RUIZ) == {PRINCIPALS}
    assert team.seen_by(BELL) == {HIS}


def test_when_the_last_of_the_team_has_given_everybody_sees_all(team: Team) -> None:
    for person in OF:
        assert team.give(person) == ("ok", None)
    assert team.body(VISIT)["revealed"] == {"at": NOON}
    for person in OF:
        assert team.seen_by(person) == set(OF.values())
    assert team.seen_by(TRAN) == set()


def test_the_lead_reveals_what_was_given_and_the_rest_follows_when_it_is(team: Team) -> None:
    team.give(OKOYE)
    team.give(BELL)
    reveal = {"at": NOON, "by": OKOYE}
    assert team.say(OKOYE, "visit", VISIT, revealed=reveal) == ("ok", None)
    assert team.seen_by(BELL) == {HERS, HIS}
    assert team.give(RUIZ) == ("ok", None)
    assert team.body(PRINCIPALS)["revealed"] == reveal
    assert team.seen_by(BELL) == set(OF.values())


@pytest.mark.parametrize("person", [BELL, RUIZ])
def test_nobody_but_the_lead_reveals(team: Team, person: str) -> None:
    team.give(OKOYE)
    reveal = {"at": NOON, "by": person}
    assert team.say(person, "visit", VISIT, revealed=reveal) == ("refused", "not-yours")
    assert team.seen_by(RUIZ) == {PRINCIPALS}


def test_who_does_not_walk_with_them_does_not_even_know_the_stop(team: Team) -> None:
    reveal = {"at": NOON, "by": TRAN}
    assert team.say(TRAN, "visit", VISIT, revealed=reveal) == ("refused", "unknown-record")


@pytest.mark.parametrize("values", [{"together": None}, {"revealed": {"at": NOON, "by": BELL}}])
def test_nobody_marks_an_own_observation(team: Team, values: dict[str, Any]) -> None:
    assert team.say(BELL, "observation", HIS, **values) == ("refused", "not-yours")


def test_a_reveal_is_not_taken_back(team: Team) -> None:
    reveal = {"at": NOON, "by": OKOYE}
    team.say(OKOYE, "visit", VISIT, revealed=reveal)
    assert team.say(OKOYE, "visit", VISIT, revealed=None) == ("refused", "wrong-state")


def test_after_the_reveal_ratings_stay_and_words_may_be_set_right(team: Team) -> None:
    for person in OF:
        team.give(person)
    back = {"reason": "A name.", "at": NOON, "by": RUIZ, "verb": "return"}
    assert team.say(RUIZ, "observation", HIS, state="draft", returned=back) == ("ok", None)
    rating = {"ratings__TE1": {"value": 4}}
    assert team.say(BELL, "observation", HIS, **rating) == ("refused", "ratings-frozen")
    assert team.say(BELL, "observation", HIS, focus="Who is thinking?") == ("ok", None)


def test_who_takes_back_after_the_reveal_rates_nothing_anew(team: Team) -> None:
    for person in OF:
        team.give(person)
    assert team.say(BELL, "observation", HIS, state="draft") == ("ok", None)
    rating = {"ratings__TE1": {"value": 4}}
    assert team.say(BELL, "observation", HIS, **rating) == ("refused", "ratings-frozen")


def test_what_an_older_app_begins_and_gives_at_once_never_reaches_the_desk(team: Team) -> None:
    at = "0b500000-0000-4000-8000-000000000009"
    given = observation(observer=OKOYE, state="submitted", visit=WALK)
    assert team.told(OKOYE, new("observation", at, given)) == ("ok", None)
    assert at not in team.reads(team.who(RUIZ))


def test_who_is_taken_out_of_the_team_loses_what_was_the_teams(team: Team) -> None:
    for person in OF:
        team.give(person)
    assert team.say(OKOYE, "walk", WALK, **{f"team__{BELL}": None}) == ("ok", None)
    assert team.seen_by(BELL) == {HIS}
    assert VISIT not in team.reads(team.who(BELL))


def test_whose_right_at_the_school_is_over_reads_no_team(team: Team) -> None:
    for person in OF:
        team.give(person)
    left = team.reads(team.who(BELL, without_grant=True))
    assert left.keys() & set(OF.values()) == {HIS}


def test_what_the_desk_has_read_is_not_taken_from_it_by_a_team_made_later() -> None:
    space = Team()
    space.told(OKOYE, new("walk", WALK, walk()))
    space.told(OKOYE, new("visit", VISIT, visit()))
    space.begin(OKOYE)
    space.give(OKOYE)
    assert space.seen_by(RUIZ) == {HERS}
    along = {f"team__{BELL}": ALONG}
    assert space.say(OKOYE, "walk", WALK, **along) == ("ok", None)
    released = {"state": "released", "released": {"at": NOON, "by": RUIZ}}
    assert space.say(RUIZ, "observation", HERS, **released) == ("ok", None)
    assert space.seen_by(RUIZ) == {HERS}


def test_what_a_team_gave_is_revealed_also_when_everybody_was_taken_out_of_it(team: Team) -> None:
    team.give(BELL)
    for person in (BELL, RUIZ):
        assert team.say(OKOYE, "walk", WALK, **{f"team__{person}": None}) == ("ok", None)
    assert team.seen_by(RUIZ) == {PRINCIPALS}
    team.give(OKOYE)
    assert "revealed" in team.body(VISIT)
    assert team.seen_by(RUIZ) == {HERS, HIS, PRINCIPALS}


def test_a_walk_that_a_team_walks_in_is_not_thrown_away(team: Team) -> None:
    removal = {"cid": cid(), "kind": "walk", "id": WALK, "at": NOON, "set": {"": None}}
    base = {"base": team.seq(), "seen": []}
    assert team.told(OKOYE, removal | base) == ("refused", "wrong-state")


def test_a_quick_visit_has_no_team() -> None:
    space = Team()
    alone = walk(kind="drop-in", team={BELL: ALONG})
    assert space.told(OKOYE, new("walk", WALK, alone)) == ("refused", "walk-without-team")
    space.told(OKOYE, new("walk", WALK, walk(kind="drop-in")))
    along = {f"team__{BELL}": ALONG}
    assert space.say(OKOYE, "walk", WALK, **along) == ("refused", "walk-without-team")


def test_what_is_told_of_a_push_is_how_things_stand_after_the_marks(team: Team) -> None:
    team.give(OKOYE)
    team.give(BELL)
    ruiz = team.who(RUIZ)
    cursor = team.sync(ruiz)["cursor"]
    change = {"cid": cid(), "kind": "observation", "id": PRINCIPALS, "at": NOON}
    base = team.log.records([PRINCIPALS])[PRINCIPALS].seq
    change |= {"set": {"state": "submitted"}, "base": base, "seen": []}
    answer = team.sync(ruiz, change, cursor=cursor)
    rows = {id: body for _, id, _, body in answer["rows"]}
    assert rows.keys() == {VISIT, HERS, HIS, PRINCIPALS}
    assert all("revealed" in body for body in rows.values())
    assert answer["gone"] == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([OKOYE, BELL, RUIZ]),
            st.sampled_from(["give", "take back", "reveal", "leave", "join"]),
        ),
        max_size=14,
    )
)
def test_no_order_of_steps_shows_an_unrevealed_or_unfinished_observation(
    steps: list[tuple[str, str]],
) -> None:
    space = Team()
    space.told(OKOYE, new("walk", WALK, walk(team={BELL: ALONG, RUIZ: ALONG})))
    space.told(OKOYE, new("visit", VISIT, visit()))
    for person in OF:
        space.begin(person)
    for person, step in steps:
        match step:
            case "give":
                space.give(person)
            case "take back":
                space.say(person, "observation", OF[person], state="draft")
            case "reveal":
                reveal = {"at": NOON, "by": person}
                space.say(person, "visit", VISIT, revealed=reveal)
            case "leave":
                space.say(OKOYE, "walk", WALK, **{f"team__{person}": None})
            case "join":
                space.say(OKOYE, "walk", WALK, **{f"team__{person}": ALONG})
        for reader in (*OF, TRAN):
            for id in space.seen_by(reader) - {OF.get(reader)}:
                body = space.body(id)
                assert body["state"] != "draft"
                assert "revealed" in body and "revealed" in space.body(VISIT)
