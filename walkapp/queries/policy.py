"""What a district decided, as the pages show it."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import RecordRow

USUAL_DUE = "two-work-days"  # as on the tablet, until a district decides


def feedback_due(session: Session, space: str) -> str:
    """Until when feedback is due here: the rule that was chosen, or the usual one."""
    body = session.scalar(
        select(RecordRow.body).where(RecordRow.space == space, RecordRow.kind == "policy")
    )
    return str(json.loads(body)["feedback_due"]) if body else USUAL_DUE
