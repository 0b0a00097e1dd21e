"""Legal holds: what nobody deletes, whatever the rule says, until the hold is ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..languages import gettext as _
from ..models import LegalHold, PersonCard, School
from ..organisation import Refused
from ..organisation.audit import note
from ..queries import concerned

SCHOOL, WALK, PERSON = "school", "walk", "person"
WHAT = (SCHOOL, WALK, PERSON)
MOST_REASON_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that is held now."""

    schools: frozenset[str]
    walks: frozenset[str]
    people: frozenset[str]

    def holds(self, body: Mapping[str, Any], people: frozenset[str] = frozenset()) -> bool:
        """Is a record with this body held, or one of these people who have to do with it?"""
        named = {body.get(name) for name in ("observer", "lead", "by", "teacher")}
        return (
            body.get("school") in self.schools
            or body.get("walk") in self.walks
            or bool(self.people & (named | people))
        )


def held(session: Session, space: str) -> Held:
    every = [one for one in holds(session, space) if one.ended_at is None]
    of = {what: frozenset(one.target for one in every if one.what == what) for what in WHAT}
    return Held(of[SCHOOL], of[WALK], of[PERSON])


def holds(session: Session, space: str) -> Sequence[LegalHold]:
    """Every hold there was, those that stand first."""
    query = select(LegalHold).where(LegalHold.space == space)
    return session.scalars(
        query.order_by(LegalHold.ended_at.is_not(None), LegalHold.at.desc(), LegalHold.id)
    ).all()


def hold(
    session: Session, space: str, actor: str, what: str, target: str, reason: str, now: int
) -> None:
    """From now on nothing of it is deleted."""
    reason = reason.strip()
    if not reason or len(reason) > MOST_REASON_CHARACTERS:
        raise Refused("missing-field", "reason", _("Say why, in a few words."))
    if what not in WHAT or not _is_there(session, space, what, target):
        raise Refused("unknown-record", "target", _("Choose what is to be held."))
    id = str(uuid4())
    session.add(
        LegalHold(space=space, id=id, what=what, target=target, reason=reason, by=actor, at=now)
    )
    note(session, space, actor, "hold", target, now, kind=what)


def end(session: Session, space: str, actor: str, id: str, now: int) -> None:
    """What the rule says counts again; ended twice is ended once."""
    one = session.get(LegalHold, (space, id))
    if one is None:
        raise Refused("unknown-record", "hold", _("This is not there any more."))
    if one.ended_at is None:
        one.ended_at, one.ended_by = now, actor
        note(session, space, actor, "end-hold", one.target, now, kind=one.what)


def _is_there(session: Session, space: str, what: str, target: str) -> bool:
    if what == WALK:
        return concerned.is_there(session, space, "walk", target)
    model = School if what == SCHOOL else PersonCard
    return session.get(model, (space, target)) is not None
