"""Ending sign-ins: a tablet was lost, or somebody left."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from .. import sessions
from ..clock import now_ms
from ..languages import gettext as _
from ..models import Person
from ..models import Session as SignIn
from .audit import note
from .refused import Refused


def end_sign_in(
    session: Session,
    space: str,
    actor: str,
    person: str,
    device: str | None,
    *,
    now: int | None = None,
) -> None:
    """End what a person has open on one device; None stands for browsers that gave no device."""
    at = now if now is not None else now_ms()
    account = _account(session, space, person)
    if device is None:
        nameless = (SignIn.account == account, SignIn.device.is_(None), SignIn.ended_at.is_(None))
        session.execute(update(SignIn).where(*nameless).values(ended_at=at))
    else:
        sessions.end_device(session, account, device, at)
    note(session, space, actor, "end-sign-in", person, at, device=device)


def end_all_sign_ins(
    session: Session, space: str, actor: str, person: str, *, now: int | None = None
) -> None:
    """End everything a person has open. What waits on a tablet stays there until they sign in."""
    at = now if now is not None else now_ms()
    sessions.end_all(session, _account(session, space, person), at)
    note(session, space, actor, "end-all-sign-ins", person, at)


def _account(session: Session, space: str, person: str) -> str:
    row = session.get(Person, (space, person))
    if row is None or row.account is None:
        raise Refused("unknown-record", "person", _("This person is not signed in anywhere."))
    return row.account
