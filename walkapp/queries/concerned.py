"""Records by the scope they are looked up in, and visits by day: what a person's own page is of."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Audience, RecordRow, ReportObservation, ReportRoom


@dataclass(frozen=True, slots=True)
class Line:
    """A record as it stands."""

    id: str
    kind: str
    seq: int
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Visited:
    """A visit that somebody gave, its room as far as that is known, and what was given."""

    visit: str
    walk: str
    number: int
    room: str | None
    observations: tuple[str, ...]


def in_scope(session: Session, space: str, scope: str, kinds: Collection[str]) -> list[Line]:
    """The records of these kinds that stand in a scope, in the order of their last change."""
    rows = session.execute(
        select(RecordRow.id, RecordRow.kind, RecordRow.seq, RecordRow.body)
        .join(Audience, (Audience.space == RecordRow.space) & (Audience.record == RecordRow.id))
        .where(
            Audience.space == space, Audience.scope == scope, RecordRow.kind.in_(kinds),
            RecordRow.removed.is_(False),
        )
        .order_by(RecordRow.seq)
    )  # fmt: skip
    return [Line(id, kind, seq, json.loads(body)) for id, kind, seq, body in rows]


def one_in_scope(
    session: Session, space: str, scopes: Iterable[str], kind: str, id: str
) -> Line | None:
    """The record, if it is of this kind and stands in one of these scopes."""
    in_one = Audience.scope.in_(sorted(scopes))
    row = session.execute(
        select(RecordRow.id, RecordRow.kind, RecordRow.seq, RecordRow.body)
        .join(Audience, (Audience.space == RecordRow.space) & (Audience.record == RecordRow.id))
        .where(
            RecordRow.space == space, RecordRow.id == id, RecordRow.kind == kind, in_one,
            RecordRow.removed.is_(False),
        )
        .limit(1)
    ).first()  # fmt: skip
    return Line(row.id, row.kind, row.seq, json.loads(row.body)) if row else None


def visits_on(
    session: Session, space: str, school: str, day: str, room: str | None, number: int | None
) -> list[Visited]:
    """The visits given at a school on a day, in this room, or under this number."""
    one, at = ReportObservation, ReportRoom
    query = (
        select(one.visit, one.walk, one.number, one.id, at.room)
        .outerjoin(at, (at.space == one.space) & (at.visit == one.visit))
        .where(one.space == space, one.school == school, one.date == day, one.number > 0)
        .order_by(one.visit, one.id, at.id)
    )
    if room is not None:
        query = query.where(at.room == room)
    if number is not None:
        query = query.where(one.number == number)
    found: dict[str, Visited] = {}
    for row in session.execute(query):
        known = found.get(row.visit) or Visited(row.visit, row.walk, row.number, row.room, ())
        ids = tuple(dict.fromkeys((*known.observations, row.id)))
        found[row.visit] = Visited(known.visit, known.walk, known.number, known.room, ids)
    return list(found.values())


def is_there(session: Session, space: str, kind: str, id: str) -> bool:
    row = session.get(RecordRow, (space, id))
    return row is not None and row.kind == kind and not row.removed


def of_kinds(session: Session, space: str, kinds: Collection[str]) -> list[Line]:
    """Every record of these kinds that is there: for what goes through all of them once a day."""
    rows = session.execute(
        select(RecordRow.id, RecordRow.kind, RecordRow.seq, RecordRow.body).where(
            RecordRow.space == space, RecordRow.kind.in_(kinds), RecordRow.removed.is_(False)
        )
    )
    return [Line(id, kind, seq, json.loads(body)) for id, kind, seq, body in rows]
