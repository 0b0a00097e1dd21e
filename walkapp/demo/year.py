"""The walks of the year before: enough of them that a report has something to say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from walkapp.sync.change import Change

from .district import District
from .places import ELEMENTARY, MIDDLE, ROOMS
from .walks import RUBRIC, ids, new, walk_changes

FOCUS = "Who does the thinking while students work in teams?"
LEVELS = ("TE1", "TE2", "TE4", "TM1", "TM2", "TM3")
IN_TEAMS = ("TS1", "TS2", "TS3", "TS4", "SA1", "SA2", "SA3", "SA4")
DESKS = {ELEMENTARY: "principal", MIDDLE: "principal2"}
START_HOUR = 9


@dataclass(frozen=True, slots=True)
class PastWalk:
    """How long ago, where, to how many rooms, and how far the school had come by then."""

    days_ago: int
    school: str
    rooms: int
    come: int


WALKS = (
    PastWalk(258, ELEMENTARY, 8, 0),
    PastWalk(251, MIDDLE, 9, 1),
    PastWalk(84, ELEMENTARY, 9, 1),
    PastWalk(47, MIDDLE, 7, 1),
    PastWalk(33, ELEMENTARY, 8, 2),
    PastWalk(19, MIDDLE, 3, 2),  # too few rooms to be shown to who may not open them
)


def past_walk(district: District, one: PastWalk, today: date) -> list[Change]:
    """The walk with its visits, each observed and given."""
    day = _day(one, today)
    start = int(datetime(day.year, day.month, day.day, START_HOUR).timestamp() * 1000)
    rooms = [room.code for room in ROOMS if room.school == one.school][: one.rooms]
    changes = walk_changes(district, day, FOCUS, one.school, rooms, start)
    return changes + [_observed(district, one, day, number, start) for number in _numbers(one)]


def walk_of(district: District, one: PastWalk, today: date) -> str:
    return ids(district, "walk", _day(one, today))


def given_in(district: District, one: PastWalk, today: date) -> Iterator[str]:
    """The observations of the walk, for its principal to release."""
    day = _day(one, today)
    return (ids(district, "observation", day, number) for number in _numbers(one))


def _observed(district: District, one: PastWalk, day: date, number: int, at: int) -> Change:
    in_teams = (number * 5 + one.come) % 4 != 0
    asked = (*LEVELS, *IN_TEAMS) if in_teams else LEVELS
    work = "yes" if (number + one.come) % 3 else "no"
    ratings: dict[str, object] = {
        id: {"value": _level(number * 7 + place * 3, one.come)} for place, id in enumerate(asked)
    }
    return new(district, "observation", ids(district, "observation", day, number), at, {
        "walk": ids(district, "walk", day), "visit": ids(district, "visit", day, number),
        "number": number, "school": district.schools[one.school], "rubric": RUBRIC,
        "observer": district.people["coach"].person, "state": "submitted", "form": "full",
        "date": day.isoformat(), "started_at": at, "given_at": at,
        "gates": {"team_time_seen": {"value": "yes" if in_teams else "no"}},
        "ratings": {**ratings, "TE3": {"aligned": "yes", "demand": work}},
    })  # fmt: skip


def _level(seed: int, come: int) -> int:
    """Scattered, and higher the further the school has come."""
    return 1 + min(3, (seed % 5 + come) // 2)


def _numbers(one: PastWalk) -> range:
    return range(1, one.rooms + 1)


def _day(one: PastWalk, today: date) -> date:
    return today - timedelta(days=one.days_ago)
