"""Reading notices: which a person may see now, and that they have seen them."""

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from ..models import Notice
from ..queries.notices import NoticeLine, bodies
from .readers import is_readable, scopes_now


def readable(session: Session, space: str, person: str, now: int) -> ColumnElement[bool]:
    """Of a notice in a query: may this person read its record now?"""
    return is_readable(scopes_now(session, space, person, now))


def mark(session: Session, space: str, person: str, id: str, now: int) -> NoticeLine | None:
    """Note that it was read, and give it; None where there is none for them."""
    mine = (Notice.space == space) & (Notice.person == person) & (Notice.id == id)
    one = session.scalar(select(Notice).where(mine, readable(session, space, person, now)))
    if one is None:
        return None
    one.read_at = one.read_at or now
    body = bodies(session, space, [one.record])[one.record]
    return NoticeLine(space, one.id, one.kind, one.record, one.at, True, body)


def mark_all(session: Session, space: str, person: str, until: int, now: int) -> None:
    """Note of everything they were shown, up to this moment, that it was read."""
    shown = (Notice.space == space) & (Notice.person == person) & (Notice.at <= until)
    seen = readable(session, space, person, now)
    session.execute(
        update(Notice)
        .where(shown, Notice.read_at.is_(None), seen)
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )
