"""Follow the log by a cursor of our own.

A record stands in the log once, under the seq of its last change. Reading every record above the
cursor therefore gives the same rows as reading all of them.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from ..models import ProjectionCursor, RecordRow
from .rows import TABLES

NAME = "organisation"
IDS_PER_STATEMENT = 500


def is_behind(session: Session, space: str) -> bool:
    """Is there something in the log that the rows do not show yet? Reads only."""
    cursor = session.get(ProjectionCursor, (space, NAME))
    return _head(session, space) > (cursor.seq if cursor else 0)


def catch_up(session: Session, space: str) -> None:
    """Bring the rows up to the last change of their records. Doing it twice changes nothing."""
    cursor = _cursor(session, space)
    news = session.execute(
        select(RecordRow.seq, RecordRow.id, RecordRow.kind, RecordRow.body, RecordRow.removed)
        .where(
            RecordRow.space == space,
            RecordRow.seq > cursor.seq,
            RecordRow.kind.in_(TABLES),
        )
        .order_by(RecordRow.seq)
    ).all()
    if not news:
        return
    for kind in TABLES:
        _write(session, space, kind, [row for row in news if row.kind == kind])
    cursor.seq = news[-1].seq
    session.flush()


def rebuild(session: Session, space: str) -> None:
    """Make the rows anew from the records alone."""
    for model, _ in TABLES.values():
        session.execute(delete(model).where(model.space == space))
    _cursor(session, space).seq = 0
    session.flush()
    session.expire_all()
    catch_up(session, space)


def _write(session: Session, space: str, kind: str, news: Sequence[Any]) -> None:
    model, row_of = TABLES[kind]
    _remove(session, model, space, [record.id for record in news])
    rows = [
        {"space": space, "id": record.id, **row_of(json.loads(record.body))}
        for record in news
        if not record.removed
    ]
    if rows:
        session.execute(insert(model), rows)


def _remove(session: Session, model: Any, space: str, ids: list[str]) -> None:
    for start in range(0, len(ids), IDS_PER_STATEMENT):
        some = ids[start : start + IDS_PER_STATEMENT]
        session.execute(delete(model).where(model.space == space, model.id.in_(some)))


def _cursor(session: Session, space: str) -> ProjectionCursor:
    cursor = session.get(ProjectionCursor, (space, NAME))
    if cursor is None:
        cursor = ProjectionCursor(space=space, name=NAME, seq=0)
        session.add(cursor)
        session.flush()
    return cursor


def _head(session: Session, space: str) -> int:
    head = select(func.max(RecordRow.seq)).where(
        RecordRow.space == space, RecordRow.kind.in_(TABLES)
    )
    return session.scalar(head) or 0
