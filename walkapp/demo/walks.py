"""A planned walk with its visits, as the changes its lead would have made on a tablet."""

import uuid
from collections.abc import Iterable
from datetime import date

from walkapp.sync.change import Change

from ..rubric import record_id
from .district import District

RUBRIC = record_id("deeper-learning-walk", 1)
MINUTE_MS = 60_000


def ids(district: District, *names: object) -> str:
    """The same id every time for the same thing of the same district."""
    return str(uuid.uuid5(uuid.UUID(district.space), ":".join(map(str, names))))


def new(district: District, kind: str, id: str, at: int, body: dict[str, object]) -> Change:
    return Change(cid=ids(district, "new", id), kind=kind, id=id, at=at, new=body)


def walk_changes(
    district: District,
    day: date,
    focus: str,
    school: str,
    rooms: Iterable[str],
    at: int,
    **planned: object,
) -> list[Change]:
    """The coach's walk of that day: the walk, then each visit with the room it goes to."""
    walk = ids(district, "walk", day)
    lead, place = district.people["coach"].person, district.schools[school]
    changes = [
        new(district, "walk", walk, at, {
            "kind": "walk", "title": f"Learning walk at {district.school_names[school]}",
            "focus": focus, "date": day.isoformat(), "school": place, "rubric": RUBRIC,
            "lead": lead, "minutes": 90, **planned,
        })
    ]  # fmt: skip
    for number, code in enumerate(rooms, start=1):
        visit = ids(district, "visit", day, number)
        room = district.rooms[school, code]
        changes += [
            new(district, "visit", visit, at, {
                "walk": walk, "number": number, "school": place, "rubric": RUBRIC, "by": lead,
                "order": number, "planned_at": at + number * 15 * MINUTE_MS,
            }),
            new(district, "visit_room", ids(district, "visit_room", day, number), at, {
                "visit": visit, "walk": walk, "room": room, "school": place, "by": lead,
            }),
        ]  # fmt: skip
    return changes
