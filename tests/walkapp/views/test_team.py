"""A team's walk through the door: three tablets, one room, and a reveal."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from . import tablet
from .district import World
from .tablet import edit, quick_visit, rubric_in, send

AsRole = Callable[[str], FlaskClient]
TEAM = ("observer", "coach", "principal")
ALONG = {"at": tablet.AT}


class Walk:
    """The lead's plan, and what each of the team began in the one room."""

    def __init__(self, world: World, as_role: AsRole) -> None:
        self.home = world.lakeview
        self.tablets = {who: as_role(who) for who in TEAM}
        rubric = rubric_in(self.sync("observer"))
        plan, visit, room, _ = quick_visit(self.home, "observer", rubric)
        along = {self.home.people[who]: ALONG for who in TEAM[1:]}
        plan["new"] |= {"kind": "walk", "focus": "Who does the thinking?", "team": along}
        self.plan, self.visit, self.room = plan, visit, room
        self.notes = {who: self._note(who, rubric) for who in TEAM}
        self.told("observer", plan, visit, room)
        for who in TEAM:
            self.told(who, self.notes[who])

    def _note(self, who: str, rubric: str) -> dict[str, Any]:
        note = quick_visit(self.home, who, rubric)[-1]
        note["new"] |= {"walk": self.plan["id"], "visit": self.visit["id"]}
        return note

    def sync(self, who: str, *changes: dict[str, Any], **more: Any) -> dict[str, Any]:
        return send(self.tablets[who], self.home.space, *changes, limit=500, **more)

    def told(self, who: str, *changes: dict[str, Any], **more: Any) -> dict[str, Any]:
        answer = self.sync(who, *changes, **more)
        verdicts = [answer["results"][change["cid"]]["verdict"] for change in changes]
        assert set(verdicts) <= {"ok", "merged"}, answer["results"]
        return answer

    def give(self, who: str, **more: Any) -> dict[str, Any]:
        return self.told(who, edit(self.notes[who], {"state": "submitted"}), **more)

    def reads(self, who: str) -> set[str]:
        """Whose observations are on this tablet."""
        ids = {id for _, id, *_ in self.sync(who)["rows"]}
        return {each for each in TEAM if self.notes[each]["id"] in ids}

    def holds(self, who: str) -> set[str]:
        return {kind for _, _, kind, *_ in self.sync(who)["rows"]}


@pytest.fixture
def team(world: World, as_role: AsRole) -> Walk:
    return Walk(world, as_role)


def test_the_plan_its_stop_and_its_room_reach_every_tablet_of_the_team(team: Walk) -> None:
    for who in TEAM:
        assert {"walk", "visit", "visit_room"} <= team.holds(who)


def test_a_principal_of_the_team_reads_nobody_elses_before_the_reveal(team: Walk) -> None:
    team.give("observer")
    team.give("coach")
    assert team.reads("principal") == {"principal"}


def test_the_last_to_give_hears_in_the_same_answer_what_the_others_wrote(team: Walk) -> None:
    team.give("observer")
    team.give("coach")
    before = team.sync("principal")
    answer = team.give("principal", cursor=before["cursor"])
    rows = {id: body for _, id, kind, body, *_ in answer["rows"] if kind == "observation"}
    assert rows.keys() == {note["id"] for note in team.notes.values()}
    assert all(body["revealed"] == {"at": body["revealed"]["at"]} for body in rows.values())
    assert all(team.reads(who) == set(TEAM) for who in TEAM)


def test_who_is_asked_along_later_is_given_what_was_there_before(
    team: Walk, as_role: AsRole
) -> None:
    team.tablets["lead"] = as_role("lead")
    before = team.sync("lead")
    asked = {f"team/{team.home.people['lead']}": ALONG}
    team.told("observer", edit(team.plan, asked))
    answer = team.sync("lead", cursor=before["cursor"])
    assert answer["reset"] == "view"
    assert {"walk", "visit", "visit_room"} <= team.holds("lead")
    # Now there is one more to wait for.
    for who in TEAM:
        team.give(who)
    assert team.reads("coach") == {"coach"}


def test_who_is_taken_out_is_told_to_forget(team: Walk) -> None:
    for who in TEAM:
        team.give(who)
    before = team.sync("coach")
    team.told("observer", edit(team.plan, {f"team/{team.home.people['coach']}": None}))
    assert team.sync("coach", cursor=before["cursor"])["reset"] == "view"
    assert team.reads("coach") == {"coach"}


def test_a_reveal_sent_twice_is_one_reveal(team: Walk) -> None:
    team.give("observer")
    reveal = edit(team.visit, {"revealed": {"at": tablet.AT, "by": team.home.people["observer"]}})
    first = team.told("observer", reveal)
    again = team.told("observer", reveal)
    assert again["at"] == first["at"]
    assert team.reads("coach") == {"observer", "coach"}
