"""Changes that were held, and what became of them. The words in them are the lead's to read."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from ..models import ChangeRow, KeptDecision, Person, RecordRow

HELD = "held"


@dataclass(frozen=True, slots=True)
class KeptChange:
    """One held change, whole as it was sent; `decision` is None as long as it waits."""

    cid: str
    record: str
    person: str
    device: str | None
    at: int
    received_at: int
    change: dict[str, Any]
    decision: str | None
    note: str
    decided_by: str | None
    decided_at: int | None


def kept_changes(
    session: Session, space: str, record: str | None = None, person: str | None = None
) -> list[KeptChange]:
    """Every held change of the space, or those of one person to one record, oldest first."""
    query = (
        select(ChangeRow, KeptDecision)
        .outerjoin(
            KeptDecision,
            and_(KeptDecision.space == ChangeRow.space, KeptDecision.cid == ChangeRow.cid),
        )
        .where(ChangeRow.space == space, ChangeRow.verdict == HELD)
        .order_by(ChangeRow.received_at, ChangeRow.at, ChangeRow.cid)
    )
    if record is not None:
        query = query.where(ChangeRow.record == record, ChangeRow.person == person)
    return [_kept(row, decided) for row, decided in session.execute(query)]


def count_undecided(session: Session, space: str) -> int:
    """How many changes wait for the lead."""
    undecided = (
        select(func.count())
        .select_from(ChangeRow)
        .outerjoin(
            KeptDecision,
            and_(KeptDecision.space == ChangeRow.space, KeptDecision.cid == ChangeRow.cid),
        )
        .where(ChangeRow.space == space, ChangeRow.verdict == HELD, KeptDecision.cid.is_(None))
    )
    return session.scalar(undecided) or 0


def account_of(session: Session, space: str, person: str) -> str | None:
    """The account a person signs in with, if they have one."""
    return session.scalar(select(Person.account).where(Person.space == space, Person.id == person))


def rubric_standing(session: Session, space: str, record: str) -> str | None:
    """The rubric a record stands on, if it is there and stands on one."""
    row = session.get(RecordRow, (space, record))
    return json.loads(row.body).get("rubric") if row else None


def _kept(row: ChangeRow, decided: KeptDecision | None) -> KeptChange:
    return KeptChange(
        cid=row.cid,
        record=row.record,
        person=row.person,
        device=row.device,
        at=row.at,
        received_at=row.received_at,
        change=json.loads(row.kept or "{}"),
        decision=decided.decision if decided else None,
        note=decided.note if decided else "",
        decided_by=decided.by if decided else None,
        decided_at=decided.at if decided else None,
    )
