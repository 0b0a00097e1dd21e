"""What reports read is what a recount of the log gives, whatever happened in whatever order."""

import json
from typing import Any
from uuid import uuid4

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session
from walkapp.sync.change import RECORD, Change

from walkapp.database import reading, writing
from walkapp.models import Audience, RecordRow
from walkapp.projections import ORGANISATION, REPORTS, catch_up, is_behind, rebuild
from walkapp.queries import reporting

from .walking import NOON, Walking

ACTS = ("observe", "rate", "give", "back", "release", "return", "reopen", "remove", "room",
        "join", "catch up")  # fmt: skip
acts = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 4)), max_size=25)


class Term:
    """A term of one walk: anybody does anything, and what is refused is left."""

    def __init__(self, walking: Walking) -> None:
        self.walking = walking
        self.walk = walking.walk("2026-11-22")
        self.visits: list[dict[str, Any]] = []
        self.observations: list[str] = []
        self.rooms: list[str] = []

    def do(self, verb: str, which: int) -> None:
        if verb == "catch up":
            with writing() as session:
                catch_up(session, self.walking.home.space, REPORTS, which or None)
        elif verb == "observe":
            self.visits.append(self.walking.visit(self.walk, len(self.visits) + 1, which + 1))
            made = self.walking.observe(self.visits[-1], {"TE1": 1 + which % 4}, state="draft")
            self.observations.append(made)
        elif self.observations:
            self._change(verb, which % len(self.observations), which)

    def _change(self, verb: str, at: int, which: int) -> None:
        observation, visit = self.observations[at], self.visits[at]["id"]
        by = {"by": self.walking.home.people["principal"], "reason": "Why?", "at": NOON}
        back = {"state": "draft", "returned": {**by, "verb": verb}}
        steps: dict[str, tuple[str, str, str, dict[str, Any] | None]] = {
            "rate": ("coach", "observation", observation, {"ratings/TE1": {"value": which or 4}}),
            "give": ("coach", "observation", observation, {"state": "submitted"}),
            "back": ("coach", "observation", observation, {"state": "draft"}),
            "release": ("principal", "observation", observation, {"state": "released"}),
            "return": ("principal", "observation", observation, back),
            "reopen": ("principal", "observation", observation, back),
            "remove": ("coach", "observation", observation, None),
            "room": ("coach", "visit_room", self._room_of(visit), {
                "room": self.walking.rooms["oak", which + 1],
            }),
            "join": ("coach", "visit", visit, {"same_as": self.visits[0]["id"]}),
        }  # fmt: skip
        who, kind, id, values = steps[verb]
        self._try(who, kind, id, values)

    def _try(self, who: str, kind: str, id: str, values: dict[str, Any] | None) -> None:
        with writing() as session:
            base = session.get_one(RecordRow, (self.walking.home.space, id)).seq
        change = Change(str(uuid4()), kind, id, NOON, base=base, set=values or {RECORD: None})
        with writing() as session:
            self.walking.append(session, who, (change,))

    def _room_of(self, visit: str) -> str:
        return next(id for id, body in bodies(self.walking, "visit_room") if body["visit"] == visit)


def bodies(walking: Walking, kind: str) -> list[tuple[str, dict[str, Any]]]:
    with reading() as session:
        rows = session.scalars(
            select(RecordRow).where(
                RecordRow.space == walking.home.space, RecordRow.kind == kind,
                RecordRow.removed.is_(False),
            )
        )  # fmt: skip
        return [(row.id, json.loads(row.body)) for row in rows]


def told(session: Session, walking: Walking) -> dict[str, Any]:
    """What a report is made of."""
    space, schools = walking.home.space, list(walking.home.schools.values())
    return {
        "given": {
            one.id: (one.visit, one.state, one.date, one.answers.get("ratings"))
            for one in reporting.given(session, space, schools)
        },
        "joined": reporting.joined_visits(session, space, schools),
        "rooms": reporting.visit_rooms(session, space, schools),
        "walks": {one.id for one in reporting.walks(session, space, schools)},
    }


def recounted(walking: Walking) -> dict[str, Any]:
    """The same from the records alone."""
    space = walking.home.space
    with reading() as session:
        desks = set(session.scalars(
            select(Audience.record).where(Audience.space == space, Audience.scope.like("desk:%"))
        ))  # fmt: skip
    return {
        "given": {
            id: (body["visit"], body["state"], body["date"], body["ratings"])
            for id, body in bodies(walking, "observation")
            if body["state"] != "draft" and id in desks
        },
        "joined": {id: b["same_as"] for id, b in bodies(walking, "visit") if b.get("same_as")},
        "rooms": {body["visit"]: body["room"] for _, body in bodies(walking, "visit_room")},
        "walks": {id for id, body in bodies(walking, "walk") if body["kind"] == "walk"},
    }


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts)
def test_reports_read_what_a_recount_of_the_log_gives(
    app: Flask, walking: Walking, acts: list[tuple[str, int]]
) -> None:
    with app.app_context():
        term = Term(walking)
        for verb, which in acts:
            term.do(verb, which)
        with writing() as session:
            catch_up(session, walking.home.space, REPORTS)
            followed = told(session, walking)
            assert followed == recounted(walking)
            rebuild(session, walking.home.space, REPORTS)
            assert told(session, walking) == followed


def test_each_projection_has_a_cursor_of_its_own(app: Flask, walking: Walking) -> None:
    space = walking.home.space
    with app.app_context():
        walking.walk("2026-11-22")
        with writing() as session:
            catch_up(session, space, ORGANISATION)
            assert is_behind(session, space, REPORTS) and not is_behind(session, space)
            catch_up(session, space, REPORTS)
            assert not is_behind(session, space, REPORTS)


def test_a_log_is_followed_piece_by_piece(app: Flask, walking: Walking) -> None:
    space = walking.home.space
    with app.app_context():
        walk = walking.walk("2026-11-22")
        for room in range(1, 5):
            walking.observe(walking.visit(walk, room, room), {"TE1": 3})
        pieces = 0
        with writing() as session:
            while is_behind(session, space, REPORTS):
                catch_up(session, space, REPORTS, 3)
                pieces += 1
            assert told(session, walking) == recounted(walking)
    # 1 walk, 4 visits, 4 rooms, 4 observations: 13 records.
    assert pieces == 5
