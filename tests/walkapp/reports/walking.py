"""Walks of Lakeview, written into the log under its rules, by the people who would write them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session
from walkapp.sync import exchange
from walkapp.sync.change import Change

from tests.walkapp.views.district import District
from walkapp import access, organisation
from walkapp.database import writing
from walkapp.log import SqlLog
from walkapp.models import Grant, RecordRow
from walkapp.records import rules_for
from walkapp.rubric import record_id
from walkapp.rubric_files import load_library

DEEPER = record_id("deeper-learning-walk", 1)
HQIM = record_id("hqim-implementation-walk", 1)
NOON = 1_795_000_000_000
DESKS = {"oak": "principal", "pine": "other_principal"}


@dataclass
class Walking:
    """Needs the app's context. Rooms are called by number: Room 3 of Oak Hill is "oak", 3."""

    home: District
    rooms: dict[tuple[str, int], str] = field(default_factory=dict)

    def add_rooms(self, school: str, count: int) -> None:
        with writing() as session:
            for number in range(1, count + 1):
                self.rooms[school, number] = organisation.add_room(
                    session, self.home.space, organisation.SERVICE, self.home.schools[school],
                    f"R{number}",
                )  # fmt: skip

    def walk(self, day: str, school: str = "oak", kind: str = "walk") -> dict[str, str]:
        id = str(uuid4())
        self.write("coach", new("walk", id, {
            "kind": kind, "title": "Ms. Okoye's title", "focus": "Who does the thinking?",
            "date": day, "school": self.home.schools[school], "rubric": DEEPER,
            "lead": self.home.people["coach"],
        }))  # fmt: skip
        return {"id": id, "day": day, "school": school}

    def visit(self, walk: dict[str, str], number: int, room: int | None) -> dict[str, Any]:
        id, where = str(uuid4()), self.home.schools[walk["school"]]
        by = self.home.people["coach"]
        changes = [new("visit", id, {
            "walk": walk["id"], "number": number, "school": where, "rubric": DEEPER, "by": by,
        })]  # fmt: skip
        if room is not None:
            changes.append(new("visit_room", str(uuid4()), {
                "visit": id, "walk": walk["id"], "room": self.rooms[walk["school"], room],
                "school": where, "by": by,
            }))  # fmt: skip
        self.write("coach", *changes)
        return {"id": id, "number": number, "walk": walk}

    def observe(
        self, visit: dict[str, Any], levels: dict[str, Any], *, gate: str | None = "yes",
        who: str = "coach", state: str = "released", rubric: str = DEEPER,
    ) -> str:  # fmt: skip
        """An observation of the visit, taken as far as `state` says."""
        id, walk = str(uuid4()), visit["walk"]
        body = {
            "walk": walk["id"], "visit": visit["id"], "number": visit["number"],
            "school": self.home.schools[walk["school"]], "rubric": rubric,
            "observer": self.home.people[who],
            "state": "draft" if state == "draft" else "submitted", "form": "full",
            "date": walk["day"], "started_at": NOON,
            "ratings": {one: _rating(value) for one, value in levels.items()},
        }  # fmt: skip
        if gate is not None:
            body["gates"] = {"team_time_seen": {"value": gate}}
        self.write(who, new("observation", id, body))
        if state == "released":
            self.release(id, walk["school"])
        return id

    def release(self, id: str, school: str = "oak") -> None:
        self.edit(DESKS[school], id, {"state": "released"})

    def edit(self, who: str, id: str, values: dict[str, Any], kind: str = "observation") -> None:
        with writing() as session:
            seq = session.get_one(RecordRow, (self.home.space, id)).seq
        self.write(who, Change(str(uuid4()), kind, id, NOON, set=values, base=seq))

    def write(self, who: str, *changes: Change) -> None:
        """Append as that person; what the rules refuse fails the test."""
        with writing() as session:
            verdicts = self.append(session, who, changes)
        assert [one.problem for one in verdicts.values() if one.problem] == []

    def append(self, session: Session, who: str, changes: tuple[Change, ...]) -> Any:
        person, account = self.home.people[who], self.home.accounts[who]
        mine = (Grant.space == self.home.space, Grant.person == person)
        grants = session.scalars(select(Grant).where(*mine)).all()
        author = access.author(self.home.space, person, account, None, grants, NOON)
        log, rules = SqlLog(session, self.home.space), rules_for(load_library())
        return exchange.append(log, rules, author, changes, NOON, uuid4().hex[:12])


def new(kind: str, id: str, body: dict[str, Any]) -> Change:
    return Change(str(uuid4()), kind, id, NOON, new=body)


def _rating(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {"value": value}
