"""Nobody is ever told of a record that their tablet does not get, whatever happens in which order.

What a tablet pulls is the measure: it is made elsewhere, and tested for itself.
"""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from walkapp import organisation
from walkapp.clock import now_ms
from walkapp.database import reading, writing
from walkapp.models import Grant, Notice
from walkapp.notices import reading_of

from . import tablet
from .district import LAKEVIEW, World
from .tablet import edit, new, send

AsRole = Callable[[str], FlaskClient]
ACTS = 30
ROLES = (("observer", "oak"), ("principal", "oak"), ("principal", "pine"), ("coach", None))
WORKERS = ("observer", "coach", "principal", "other_principal")


class Week:
    """A week at Lakeview: people do what comes to their mind; what is refused is left."""

    def __init__(self, app: Flask, world: World, as_role: AsRole, chance: Random) -> None:
        self.app, self.home, self.chance = app, world.lakeview, chance
        self.clients = {who: as_role(who) for who in LAKEVIEW}
        self.rubric = tablet.rubric_in(send(self.clients["observer"], self.home.space))
        self.notes: list[dict[str, Any]] = []

    def act(self) -> None:
        acts = [self.give] * 4 + [self.move_on] * 4 + [self.say, self.hire, self.hire, self.leave]
        self.chance.choice(acts)()

    def give(self, who: str = "", school: str = "") -> None:
        who = who or self.chance.choice(WORKERS)
        school = school or self.chance.choice(("oak", "pine"))
        changes = tablet.quick_visit(self.home, who, self.rubric, school, state="submitted")
        send(self.clients[who], self.home.space, *changes)
        self.notes.append(changes[-1])

    def move_on(self) -> None:
        if not self.notes:
            return
        who, note = self.chance.choice(WORKERS), self.chance.choice(self.notes)
        reason = {"reason": "Why?", "at": tablet.AT, "by": self.home.people[who]}
        values = self.chance.choice(
            (
                {"state": "draft"}, {"state": "submitted"}, {"state": "released"},
                {"state": "draft", "returned": {**reason, "verb": "return"}},
                {"state": "draft", "returned": {**reason, "verb": "reopen"}},
            )
        )  # fmt: skip
        base = max((row[0] for row in self.pulled(who)), default=0)
        send(self.clients[who], self.home.space,
             {**edit(note, values), "seen": [], "base": base})  # fmt: skip

    def say(self) -> None:
        if not self.notes:
            return
        who, note = self.chance.choice(WORKERS), self.chance.choice(self.notes)
        about = {name: note["new"][name] for name in ("observer", "school")}
        said = {**about, "observation": note["id"], "by": self.home.people[who], "at": tablet.AT}
        send(self.clients[who], self.home.space,
             new("review", {**said, "verb": "comment", "text": "Which team?"}))  # fmt: skip

    def hire(self) -> None:
        who, (role, school) = self.chance.choice(WORKERS), self.chance.choice(ROLES)
        self.administer(
            lambda session: organisation.add_grant(
                session, self.home.space, organisation.SERVICE, self.home.people[who], role,
                self.home.schools[school] if school else None,
            )
        )  # fmt: skip

    def leave(self) -> None:
        person = self.home.people[self.chance.choice(WORKERS)]
        with self.app.app_context(), reading() as session:
            grants = session.scalars(select(Grant.id).where(Grant.person == person)).all()
        grant = self.chance.choice(grants)
        self.administer(
            lambda session: organisation.end_grant(
                session, self.home.space, organisation.SERVICE, grant
            )
        )

    def administer(self, act: Callable[[Any], object]) -> None:
        with self.app.app_context(), writing() as session:
            try:
                act(session)
            except organisation.Refused:
                session.rollback()

    def pulled(self, who: str) -> list[Any]:
        rows = send(self.clients[who], self.home.space, limit=500)["rows"]
        return [row for row in rows if row[3] is not None]

    def notices(self, who: str) -> dict[str, str]:
        """Notice -> record, of all there are for this person."""
        mine = Notice.person == self.home.people[who]
        with self.app.app_context(), reading() as session:
            return dict(session.execute(select(Notice.id, Notice.record).where(mine)).all())

    def shown(self, who: str) -> set[str]:
        """The records of the notices this person is shown."""
        person = self.home.people[who]
        with self.app.app_context(), reading() as session:
            readable = reading_of.readable(session, self.home.space, person, now_ms())
            mine = select(Notice.record).where(Notice.person == person, readable)
            return set(session.scalars(mine))


@pytest.mark.parametrize("seed", range(6))
def test_nobody_is_told_of_what_their_tablet_does_not_get(
    app: Flask, world: World, as_role: AsRole, seed: int
) -> None:
    week = Week(app, world, as_role, Random(seed))
    known: dict[str, dict[str, str]] = {who: {} for who in LAKEVIEW}
    week.give("observer", "oak")
    for _ in range(ACTS):
        week.act()
        for who in LAKEVIEW:
            there = {row[1] for row in week.pulled(who)}
            told = week.notices(who)
            fresh = {told[id] for id in told.keys() - known[who].keys()}
            assert fresh <= there, f"{who} was told of a record that is not theirs"
            assert week.shown(who) <= there, f"{who} is shown a record that is not theirs"
            known[who] = told
    assert any(known.values())


def test_everybody_who_reads_what_was_told_is_shown_it(
    app: Flask, world: World, as_role: AsRole
) -> None:
    week = Week(app, world, as_role, Random(1))
    for _ in range(10):
        week.give()
    records = {row[1] for row in week.pulled("principal")}
    assert set(week.notices("principal").values()) & records == week.shown("principal") != set()
