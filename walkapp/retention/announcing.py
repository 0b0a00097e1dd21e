"""Nothing is deleted before it was announced for thirty days to those who lead the district."""

from collections.abc import Iterable
from uuid import NAMESPACE_OID, uuid5

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from ..access import in_force
from ..access.table import DECIDE, verbs_of
from ..models import DeletionNotice, Grant
from ..notices.telling import tell
from ..organisation.policy import policy_id
from .finding import Due
from .rule import NOTICE_DAYS, OBSERVATION, PHOTOS

DAY_MS = 24 * 3_600_000
Key = tuple[str, str]  # record, what


def announce(session: Session, space: str, due: Due, now: int) -> int:
    """Note since when each was announced, and tell the leads of what is new; how many are new.

    What is no longer due, or is held meanwhile, is announced anew when it is due again.
    """
    known = {(one.record, one.what) for one in announced(session, space)}
    wanted = set(_keys(due))
    for record, what in known - wanted:
        session.execute(
            delete(DeletionNotice).where(
                DeletionNotice.space == space, DeletionNotice.record == record,
                DeletionNotice.what == what,
            )
        )  # fmt: skip
    for record, what in sorted(wanted - known):
        session.add(
            DeletionNotice(
                space=space, record=record, what=what, told_at=now,
                not_before=now + NOTICE_DAYS * DAY_MS,
            )
        )  # fmt: skip
    if wanted - known:
        _tell_leads(session, space, now)
    return len(wanted - known)


def announced(session: Session, space: str) -> list[DeletionNotice]:
    return list(session.scalars(select(DeletionNotice).where(DeletionNotice.space == space)))


def ripe(session: Session, space: str, due: Due, now: int) -> Due:
    """Of what is due, what was announced long enough ago."""
    may = {(one.record, one.what) for one in announced(session, space) if one.not_before <= now}
    return Due(
        tuple(one for one in due.observations if (one.id, OBSERVATION) in may),
        tuple(one for one in due.photos if (one.id, PHOTOS) in may),
        due.claims,
        due.held,
        due.undecided,
        due.drafts,
    )


def forget_announced(session: Session, space: str, records: Iterable[str]) -> None:
    for record in records:
        session.execute(
            delete(DeletionNotice).where(
                DeletionNotice.space == space, DeletionNotice.record == record
            )
        )


def _keys(due: Due) -> Iterable[Key]:
    yield from ((one.id, OBSERVATION) for one in due.observations)
    yield from ((one.id, PHOTOS) for one in due.photos)


def _tell_leads(session: Session, space: str, now: int) -> None:
    grants = session.scalars(select(Grant).where(Grant.space == space).order_by(Grant.id)).all()
    able = (one for one in in_force(grants, now) if DECIDE in verbs_of(one.role, one.school))
    leads = [one.person for one in able]
    policy = policy_id(space)
    for person in dict.fromkeys(leads):
        id = str(uuid5(NAMESPACE_OID, f"{space} {person} deletion {now}"))
        tell(session, space, person, "deletion", policy, id, now)
