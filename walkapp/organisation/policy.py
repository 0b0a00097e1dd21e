"""What a district decides for everybody: one record, which reaches tablets like any other."""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from ..clock import now_ms
from ..languages import gettext as _
from ..models import RecordRow
from ..queries.policy import USUAL_DUE
from ..records.policy import FEEDBACK_DUE, FROM_DAY, LANGUAGES, ROOM_READS, is_keeping
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


def change_room_reads(
    session: Session, space: str, actor: str, reads: str, *, now: int | None = None
) -> None:
    """Choose what a teacher reads of a visit to her room; copies that were made stay."""
    if reads not in ROOM_READS:
        raise Refused("wrong-type", "room_reads", _("Choose one of the three."))
    _change(session, space, actor, "change-room-reads", {"room_reads": reads}, now)


def change_keeping(
    session: Session,
    space: str,
    actor: str,
    *,
    observations: dict[str, Any] | None,
    photos: dict[str, Any] | None,
    now: int | None = None,
) -> None:
    """Choose how long observations and photos are kept; None is for good."""
    for field, keeping in (("observations", observations), ("photos", photos)):
        if keeping is None:
            continue
        if is_keeping(keeping) is not None:
            raise Refused("wrong-type", field, _("Give a whole number of years."))
        if keeping["from"] == FROM_DAY and not keeping["years"]:
            raise Refused("wrong-type", field, _("From the day on, give at least one year."))
    values = {"keep_observations": observations, "keep_photos": photos}
    _change(session, space, actor, "change-keeping", values, now)


def _change(
    session: Session, space: str, actor: str, verb: str, values: dict[str, Any], now: int | None
) -> None:
    at = now if now is not None else now_ms()
    id = policy_id(space)
    is_there = session.get(RecordRow, (space, id)) is not None
    change = (
        changed(session, space, "policy", id, at, values)
        if is_there
        else created("policy", {"feedback_due": USUAL_DUE, **_given(values)}, at, id)
    )
    append(session, space, actor, [change], at)
    note(session, space, actor, verb, id, at, **values)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def policy_id(space: str) -> str:
    """The same on a server that was founded anew: what tablets bring back is this very record."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"walkapp:policy:{space}"))
