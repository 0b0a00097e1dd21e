"""Put the demo district into the database, through the log and under its rules."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from walkapp.sync import exchange
from walkapp.sync.change import Change

from .. import access
from ..clock import now_ms
from ..log import SqlLog
from ..membership import bonds_of
from ..models import Grant, RecordRow, Space
from ..records import rules_for
from ..rubric_files import load_library
from .coaching import agreement_id, answer, questions, step
from .district import District, find, found
from .observations import observation_changes
from .places import ELEMENTARY
from .walks import ids, walk_changes
from .year import DESKS, WALKS, PastWalk, given_in, past_walk, walk_of

LAST_WALK_DAYS_AGO = 4
START_HOUR = 9
LAST_FOCUS = "Do students explain their thinking to each other?"
TODAYS_FOCUS = "Who does the thinking while students work in teams?"
TODAYS_PLAN: dict[str, object] = {
    "problem": "Teams share a table, and one student does the work.",
    "look_fors": "Students ask each other why.\nEvery student can say what the team is making.",
    "visit_minutes": 12,
}
LAST_ROOMS, TODAYS_ROOMS = ("12", "14"), ("8", "9", "11", "12", "15")


def seed(session: Session) -> bool:
    """Found the district once, and plan a walk for the day; False when all is there."""
    now = now_ms()
    today = datetime.fromtimestamp(now / 1000).date()
    district = find(session)
    if district is None:
        district = found(session, now)
        _last_week(session, district, today - timedelta(days=LAST_WALK_DAYS_AGO), now)
        _coaching(session, district, today, now)
    elif _is_there(session, district, ids(district, "walk", today)):
        return False
    start = _start_of(today)
    changes = walk_changes(
        district, today, TODAYS_FOCUS, ELEMENTARY, TODAYS_ROOMS, start, **TODAYS_PLAN
    )
    _write_as(session, district, "coach", changes, now)
    return True


def seed_year(session: Session) -> bool:
    """The walks of the year before the day the district was made; False when they are there."""
    now = now_ms()
    district = find(session)
    if district is None:
        return False
    made = session.get_one(Space, district.space).created_at
    day = datetime.fromtimestamp(made / 1000).date()
    if _is_there(session, district, walk_of(district, WALKS[0], day)):
        return False
    for one in WALKS:
        _past_walk(session, district, one, day, now)
    return True


def _past_walk(session: Session, district: District, one: PastWalk, day: date, now: int) -> None:
    """The coach walks, the principal releases."""
    desk = DESKS[one.school]
    by = district.people[desk].person
    _write_as(session, district, "coach", past_walk(district, one, day), now)
    given = [_release(session, district, id, by, now) for id in given_in(district, one, day)]
    _write_as(session, district, desk, given, now)


def _last_week(session: Session, district: District, day: date, now: int) -> None:
    """A walk that is over: its first observation released, its second waiting at the desk."""
    start = _start_of(day)
    changes = walk_changes(district, day, LAST_FOCUS, ELEMENTARY, LAST_ROOMS, start)
    _write_as(
        session, district, "coach", [*changes, *observation_changes(district, day, start)], now
    )
    first = ids(district, "observation", day, 1)
    principal = district.people["principal"].person
    release = _release(session, district, first, principal, now)
    _write_as(session, district, "principal", [release], now)


def _release(session: Session, district: District, id: str, by: str, now: int) -> Change:
    return Change(
        cid=ids(district, "release", id), kind="observation", id=id, at=now,
        set={"state": "released", "released": {"at": now, "by": by}},
        base=_seq_of(session, district, id),
    )  # fmt: skip


def _coaching(session: Session, district: District, today: date, now: int) -> None:
    """The coach asks two teachers; one agrees and has a step, the other has not answered yet."""
    _write_as(session, district, "coach", questions(district, now), now)
    asked = _seq_of(session, district, agreement_id(district, "teacher"))
    _write_as(session, district, "teacher", [answer(district, now, asked)], now)
    _write_as(session, district, "coach", [step(district, today, now)], now)


def _write_as(
    session: Session, district: District, short: str, changes: Sequence[Change], now: int
) -> None:
    """Append as that person, with that person's rights; the demo breaks no rule."""
    member = district.people[short]
    grants = session.scalars(
        select(Grant).where(Grant.space == district.space, Grant.person == member.person)
    ).all()
    author = access.author(
        district.space, member.person, member.account, None, list(grants), now,
        bonds_of(session, district.space, member.person),
    )  # fmt: skip
    log, rules = SqlLog(session, district.space), rules_for(load_library())
    verdicts = exchange.append(log, rules, author, changes, now, secrets.token_hex(6))
    refused = [verdict.problem for verdict in verdicts.values() if verdict.problem]
    if refused:
        raise RuntimeError(f"the demo breaks a rule: {refused[0]}")


def _is_there(session: Session, district: District, id: str) -> bool:
    return session.get(RecordRow, (district.space, id)) is not None


def _seq_of(session: Session, district: District, id: str) -> int:
    return session.get_one(RecordRow, (district.space, id)).seq


def _start_of(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, START_HOUR).timestamp() * 1000)
