"""What reports are made of: observations that count, and the walks, visits and rooms behind them.

An observation counts when it was given and its school's desk may read it at this moment. The log
keeps who may read what, so a visit that is not revealed yet is in no report.
"""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, and_, func, literal, select
from sqlalchemy.orm import Session

from ..models import (
    Audience,
    RecordRow,
    ReportObservation,
    ReportRoom,
    ReportVisit,
    ReportWalk,
    Room,
    School,
)


@dataclass(frozen=True, slots=True)
class Given:
    """One observation that counts."""

    id: str
    walk: str
    visit: str
    school: str
    number: int
    rubric: str
    state: str
    date: str
    answers: dict[str, Any]


@dataclass(frozen=True, slots=True)
class WalkLine:
    id: str
    title: str
    school: str
    date: str


def given(session: Session, space: str, schools: Collection[str]) -> list[Given]:
    """Every observation of these schools that counts now."""
    rows = session.execute(_given(space).where(ReportObservation.school.in_(schools)))
    return [_read(row) for row in rows]


def given_of_visit(
    session: Session, space: str, visit: str, schools: Collection[str]
) -> list[Given]:
    """The observations of one visit that count, at one of these schools."""
    one = ReportObservation
    rows = session.execute(_given(space).where(one.visit == visit, one.school.in_(schools)))
    return [_read(row) for row in rows]


def _read(row: Any) -> Given:
    return Given(**{**row._mapping, "answers": json.loads(row.answers)})


def _given(space: str) -> Any:
    one = ReportObservation
    desk = literal("desk:", String).concat(one.school)
    return (
        select(
            one.id, one.walk, one.visit, one.school, one.number, one.rubric, one.state, one.date,
            one.answers,
        )
        .join(
            Audience,
            and_(
                Audience.space == one.space, Audience.record == one.id, Audience.scope == desk,
            ),
        )
        .where(one.space == space)
        .order_by(one.date, one.walk, one.number, one.id)
    )  # fmt: skip


def joined_visits(session: Session, space: str, schools: Collection[str]) -> dict[str, str]:
    """Visits that were brought together with another, and with which."""
    one = ReportVisit
    query = select(one.id, one.same_as).where(
        one.space == space, one.school.in_(schools), one.same_as.is_not(None)
    )
    return {id: str(other) for id, other in session.execute(query)}


def visit_rooms(session: Session, space: str, schools: Collection[str]) -> dict[str, str]:
    """The room of each visit, for counting rooms only."""
    one = ReportRoom
    query = select(one.visit, one.room).where(one.space == space, one.school.in_(schools))
    return dict(session.execute(query.order_by(one.id.desc())).all())


def walks(session: Session, space: str, schools: Collection[str]) -> list[WalkLine]:
    """Planned walks, newest first; a day's quick visits are no walk to report on (rulings 9)."""
    one = ReportWalk
    query = (
        select(one.id, one.title, one.school, one.date)
        .where(one.space == space, one.school.in_(schools), one.kind == "walk")
        .order_by(one.date.desc(), one.title, one.id)
    )
    return [WalkLine(*row) for row in session.execute(query)]


def rooms_in_use(session: Session, space: str, school: str) -> Sequence[str]:
    query = select(Room.id).where(
        Room.space == space, Room.school == school, Room.archived.is_(False)
    )
    return session.scalars(query).all()


def schools(session: Session, space: str) -> dict[str, str]:
    """Every school that is in use, by name: the order of every list, whatever its numbers are."""
    query = (
        select(School.id, School.name)
        .where(School.space == space, School.archived.is_(False))
        .order_by(func.lower(School.name), School.id)
    )
    return dict(session.execute(query).all())


def replied_visits(session: Session, space: str, since: str) -> dict[str, int]:
    """At each school, how many visits since this day a room replied to. By no teacher: replies
    name none."""
    replied = select(RecordRow.body).where(
        RecordRow.space == space, RecordRow.kind == "reply", RecordRow.removed.is_(False)
    )
    about = {json.loads(body)["observation"] for body in session.scalars(replied)}
    one = ReportObservation
    query = select(one.id, one.school, one.visit).where(one.space == space, one.date >= since)
    rows = [row for row in session.execute(query) if row.id in about] if about else []
    visits = {row.visit: row.school for row in rows}
    return dict(Counter(visits.values()))


def rubric_words(session: Session, space: str, id: str) -> dict[str, str]:
    """What the texts of a rubric are in a language, as far as the space has words for them."""
    row = session.get(RecordRow, (space, id))
    return dict(json.loads(row.body)["words"]) if row is not None and not row.removed else {}
