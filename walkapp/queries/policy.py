"""What a district decided, as the pages show it."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import RecordRow

USUAL_DUE = "two-work-days"  # as on the tablet, until a district decides
USUAL_LANGUAGE = "en"
USUAL_READS = "notes-and-levels"


@dataclass(frozen=True, slots=True)
class MailPolicy:
    """What mails to people of a district say, until somebody chooses a language of their own."""

    hides_school: bool
    language: str


def feedback_due(session: Session, space: str) -> str:
    """Until when feedback is due here: the rule that was chosen, or the usual one."""
    return str(_decided(session, space).get("feedback_due", USUAL_DUE))


def mail(session: Session, space: str) -> MailPolicy:
    """Whether a mail may name a school, and in which language it is written."""
    decided = _decided(session, space)
    language = str(decided.get("mail_language", USUAL_LANGUAGE))
    return MailPolicy(bool(decided.get("mail_hides_school")), language)


def room_reads(session: Session, space: str) -> str:
    """What a teacher reads of a released visit to her room."""
    return str(_decided(session, space).get("room_reads", USUAL_READS))


def keeping(session: Session, space: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """How long observations and photos are kept; None is for good."""
    decided = _decided(session, space)
    return decided.get("keep_observations"), decided.get("keep_photos")


def _decided(session: Session, space: str) -> dict[str, Any]:
    body = session.scalar(
        select(RecordRow.body).where(RecordRow.space == space, RecordRow.kind == "policy")
    )
    return dict(json.loads(body)) if body else {}
