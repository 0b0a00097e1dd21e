"""What a district decides for everybody: one record, which reaches tablets like any other."""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from ..clock import now_ms
from ..languages import gettext as _
from ..models import RecordRow
from ..queries.policy import USUAL_DUE
from ..records.policy import FEEDBACK_DUE, LANGUAGES
from .audit import note
from .refused import Refused
from .writing import append, changed, created


def change_feedback_due(
    session: Session, space: str, actor: str, due: str, *, now: int | None = None
) -> None:
    """Choose until when feedback is due."""
    if due not in FEEDBACK_DUE:
        raise Refused("wrong-type", "feedback_due", _("Choose one of the three."))
    _change(session, space, actor, "change-policy", {"feedback_due": due}, now)


def change_mail(
    session: Session,
    space: str,
    actor: str,
    *,
    hides_school: bool,
    language: str,
    now: int | None = None,
) -> None:
    """Choose what mails to the people of the district may say, and in which language."""
    if language not in LANGUAGES:
        raise Refused("wrong-type", "language", _("Choose one of the languages."))
    values = {"mail_hides_school": hides_school, "mail_language": language}
    _change(session, space, actor, "change-mail-policy", values, now)


def _change(
    session: Session, space: str, actor: str, verb: str, values: dict[str, Any], now: int | None
) -> None:
    at = now if now is not None else now_ms()
    id = policy_id(space)
    is_there = session.get(RecordRow, (space, id)) is not None
    change = (
        changed(session, space, "policy", id, at, values)
        if is_there
        else created("policy", {"feedback_due": USUAL_DUE, **values}, at, id)
    )
    append(session, space, actor, [change], at)
    note(session, space, actor, verb, id, at, **values)


def policy_id(space: str) -> str:
    """The same on a server that was founded anew: what tablets bring back is this very record."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"walkapp:policy:{space}"))
