"""What a district decides for everybody: one record, which reaches tablets like any other."""

import uuid

from sqlalchemy.orm import Session

from ..clock import now_ms
from ..languages import gettext as _
from ..models import RecordRow
from ..records.policy import FEEDBACK_DUE
from .audit import note
from .refused import Refused
from .writing import append, changed, created


def change_feedback_due(
    session: Session, space: str, actor: str, due: str, *, now: int | None = None
) -> None:
    """Choose until when feedback is due."""
    at = now if now is not None else now_ms()
    if due not in FEEDBACK_DUE:
        raise Refused("wrong-type", "feedback_due", _("Choose one of the three."))
    id, values = policy_id(space), {"feedback_due": due}
    is_there = session.get(RecordRow, (space, id)) is not None
    change = (
        changed(session, space, "policy", id, at, values)
        if is_there
        else created("policy", values, at, id)
    )
    append(session, space, actor, [change], at)
    note(session, space, actor, "change-policy", id, at, **values)


def policy_id(space: str) -> str:
    """The same on a server that was founded anew: what tablets bring back is this very record."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"walkapp:policy:{space}"))
