"""Follow the log, each projection by a cursor of its own.

A record stands in the log once, under the seq of its last change. Reading every record above the
cursor therefore gives the same rows as reading all of them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from ..models import ProjectionCursor, RecordRow
from . import report_rows, rows
from .rows import Table

IDS_PER_STATEMENT = 500


@dataclass(frozen=True, slots=True)
class Projection:
    """A name for its cursor; for each kind of record, where its row stands and how it is made."""

    name: str
    tables: Mapping[str, Table]


ORGANISATION = Projection("organisation", rows.TABLES)
REPORTS = Projection("reports", report_rows.TABLES)


def is_behind(session: Session, space: str, what: Projection = ORGANISATION) -> bool:
    """Is there something in the log that the rows do not show yet? Reads only."""
    cursor = session.get(ProjectionCursor, (space, what.name))
    return _head(session, space, what) > (cursor.seq if cursor else 0)


def catch_up(
    session: Session, space: str, what: Projection = ORGANISATION, most: int | None = None
) -> None:
    """Bring the rows up to the last change of their records, or by so many records nearer to it.
    Doing it twice changes nothing."""
    cursor = _cursor(session, space, what)
    news = session.execute(
        select(RecordRow.seq, RecordRow.id, RecordRow.kind, RecordRow.body, RecordRow.removed)
        .where(
            RecordRow.space == space,
            RecordRow.seq > cursor.seq,
            RecordRow.kind.in_(what.tables),
        )
        .order_by(RecordRow.seq)
        .limit(most)
    ).all()
    if not news:
        return
    for kind, table in what.tables.items():
        _write(session, space, table, [row for row in news if row.kind == kind])
    cursor.seq = news[-1].seq
    session.flush()


def rebuild(session: Session, space: str, what: Projection = ORGANISATION) -> None:
    """Make the rows anew from the records alone."""
    for model, _ in what.tables.values():
        session.execute(delete(model).where(model.space == space))
    _cursor(session, space, what).seq = 0
    session.flush()
    session.expire_all()
    catch_up(session, space, what)


def _write(session: Session, space: str, table: Table, news: Sequence[Any]) -> None:
    model, row_of = table
    _remove(session, model, space, [record.id for record in news])
    made = [
        {"space": space, "id": record.id, **row}
        for record in news
        if not record.removed and (row := row_of(json.loads(record.body))) is not None
    ]
    if made:
        session.execute(insert(model), made)


def _remove(session: Session, model: Any, space: str, ids: list[str]) -> None:
    for start in range(0, len(ids), IDS_PER_STATEMENT):
        some = ids[start : start + IDS_PER_STATEMENT]
        session.execute(delete(model).where(model.space == space, model.id.in_(some)))


def _cursor(session: Session, space: str, what: Projection) -> ProjectionCursor:
    cursor = session.get(ProjectionCursor, (space, what.name))
    if cursor is None:
        cursor = ProjectionCursor(space=space, name=what.name, seq=0)
        session.add(cursor)
        session.flush()
    return cursor


def _head(session: Session, space: str, what: Projection) -> int:
    head = select(func.max(RecordRow.seq)).where(
        RecordRow.space == space, RecordRow.kind.in_(what.tables)
    )
    return session.scalar(head) or 0
