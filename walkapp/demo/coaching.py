"""A teacher who agreed to be coached, with an open step, and one who was only asked."""

from datetime import date, timedelta

from walkapp.sync.change import Change

from .district import District
from .places import ELEMENTARY, MIDDLE
from .walks import ids, new

DAY_MS = 86_400_000
ASKED_DAYS_AGO, AGREED_DAYS_AGO, SEEN_DAYS_AGO = 20, 19, 6
BACK_IN_DAYS = 3
ROOM = "12"
STEP = {
    "strength": "Five students explained their fraction strip to a partner and used “because”.",
    "question": "What would help the students who listened to ask a question back?",
    "step": "Before you answer a question, ask one more student: “What do you think, and why?”",
    "look_for": "A second student answers before the teacher does.",
    "practised": "yes",
}


def questions(district: District, now: int) -> list[Change]:
    """What the coach asked: one teacher of each school."""
    return [
        _question(district, "teacher", ELEMENTARY, now - ASKED_DAYS_AGO * DAY_MS),
        _question(district, "teacher2", MIDDLE, now - DAY_MS),
    ]


def answer(district: District, now: int, base: int) -> Change:
    """The teacher of the elementary school agrees, for her own room."""
    id, at = agreement_id(district, "teacher"), now - AGREED_DAYS_AGO * DAY_MS
    fact = {"at": at, "by": district.people["teacher"].person}
    room = district.rooms[ELEMENTARY, ROOM]
    return Change(
        cid=ids(district, "agreed", id), kind="agreement", id=id, at=now,
        set={"agreed": fact, f"rooms/{room}": True}, base=base,
    )  # fmt: skip


def step(district: District, today: date, now: int) -> Change:
    """What the coach gave her last week; it is open still."""
    return new(district, "coaching_step", ids(district, "coaching_step", 1), now, {
        "agreement": agreement_id(district, "teacher"),
        "teacher": district.people["teacher"].person, "school": district.schools[ELEMENTARY],
        "by": district.people["coach"].person, "state": "given", "giver": "coach",
        "seen": (today - timedelta(days=SEEN_DAYS_AGO)).isoformat(),
        "follow_up": (today + timedelta(days=BACK_IN_DAYS)).isoformat(), **STEP,
    })  # fmt: skip


def agreement_id(district: District, teacher: str) -> str:
    return ids(district, "agreement", teacher)


def _question(district: District, teacher: str, school: str, at: int) -> Change:
    return new(district, "agreement", agreement_id(district, teacher), at, {
        "purpose": "coaching", "coach": district.people["coach"].person,
        "teacher": district.people[teacher].person, "school": district.schools[school],
        "asked_at": at,
    })  # fmt: skip
