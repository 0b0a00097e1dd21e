"""Notices and mails, as the pages and the mails themselves show them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..models import Mail, Notice, RecordRow, Space

MOST_NOTICES = 200
MOST_MAILS = 10


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice, with what the record it is about says of its place."""

    space: str
    id: str
    kind: str
    record: str
    at: int
    is_read: bool
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ending:
    """How many mails ended like this, and by which reason."""

    state: str
    problem: str | None
    count: int


def notices(session: Session, space: str, person: str, readable: Any) -> list[NoticeLine]:
    """The newest notices of a person about records that `readable` lets through, unread first."""
    rows = session.scalars(
        select(Notice)
        .where(Notice.space == space, Notice.person == person, readable)
        .order_by(Notice.read_at.is_not(None), Notice.at.desc(), Notice.id)
        .limit(MOST_NOTICES)
    ).all()
    found = bodies(session, space, [one.record for one in rows])
    return [
        NoticeLine(
            space, one.id, one.kind, one.record, one.at, one.read_at is not None, found[one.record]
        )
        for one in rows
    ]


def bodies(session: Session, space: str, records: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The records behind notices, as they stand."""
    rows = session.execute(
        select(RecordRow.id, RecordRow.body).where(
            RecordRow.space == space, RecordRow.id.in_(set(records))
        )
    )
    return {id: json.loads(body) for id, body in rows}


def space_name(session: Session, space: str) -> str:
    return session.get_one(Space, space).name


def mails_of(session: Session, account: str) -> Sequence[Mail]:
    """The newest mails to an account, in whichever space."""
    mine = select(Mail).where(Mail.account == account)
    return session.scalars(mine.order_by(Mail.made_at.desc(), Mail.id).limit(MOST_MAILS)).all()


def endings(session: Session, space: str, since: int) -> list[Ending]:
    """What became of the mails of a space: numbers and reasons, and nobody's address."""
    rows = session.execute(
        select(Mail.state, Mail.problem, func.count())
        .where(Mail.space == space, Mail.made_at >= since)
        .group_by(Mail.state, Mail.problem)
        .order_by(Mail.state, Mail.problem)
    )
    return [Ending(state, problem, count) for state, problem, count in rows]


def overdue(session: Session, before: int) -> int:
    """How many mails should have gone out before this, in all spaces."""
    late = (Mail.state == "waiting") & (Mail.due_at < before)
    return session.scalar(select(func.count()).select_from(Mail).where(late)) or 0


def given_up(session: Session, since: int) -> dict[str | None, int]:
    """How many mails were given up since, by reason, in all spaces."""
    ended = (Mail.state == "given-up") & (Mail.settled_at >= since)
    rows = session.execute(select(Mail.problem, func.count()).where(ended).group_by(Mail.problem))
    return dict(rows.all())
