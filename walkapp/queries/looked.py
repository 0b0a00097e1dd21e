"""Who looked at what, as pages list it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..models import Looked, RecordRow

IDS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Look:
    """A record reached a reader on a day, in one way."""

    day: str
    reader: str
    how: str
    record: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records of a kind reached a reader on a day, in one way."""

    day: str
    reader: str
    how: str
    kind: str
    count: int


def looks(session: Session, space: str, records: Collection[str]) -> list[Look]:
    """Every look at one of these records, the latest day first."""
    ids, found = sorted(records), []
    for start in range(0, len(ids), IDS_AT_ONCE):
        some = ids[start : start + IDS_AT_ONCE]
        rows = session.execute(
            select(Looked.day, Looked.reader, Looked.how, Looked.record).where(
                Looked.space == space, Looked.record.in_(some)
            )
        )
        found += [Look(*row) for row in rows]
    return sorted(found, key=lambda one: (one.day, one.reader, one.how, one.record), reverse=True)


def by_day(session: Session, space: str, since: str) -> list[Counted]:
    """Of a whole district, in numbers: which records they were is not told."""
    rows = session.execute(
        select(Looked.day, Looked.reader, Looked.how, RecordRow.kind, func.count())
        .join(RecordRow, (RecordRow.space == Looked.space) & (RecordRow.id == Looked.record))
        .where(Looked.space == space, Looked.day >= since)
        .group_by(Looked.day, Looked.reader, Looked.how, RecordRow.kind)
        .order_by(Looked.day.desc(), Looked.reader, Looked.how, RecordRow.kind)
    )
    return [Counted(*row) for row in rows]
