"""What was administered, newest first, a page at a time."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Audit

PAGE_LINES = 100


@dataclass(frozen=True, slots=True)
class AuditLine:
    id: int
    at: int
    account: str | None
    verb: str
    what: str
    detail: dict[str, Any]


def audit_page(session: Session, space: str, before: int | None = None) -> list[AuditLine]:
    """At most a page of lines, those older than the line `before`."""
    query = select(Audit).where(Audit.space == space).order_by(Audit.id.desc()).limit(PAGE_LINES)
    if before is not None:
        query = query.where(Audit.id < before)
    return [
        AuditLine(one.id, one.at, one.account, one.verb, one.what, json.loads(one.detail))
        for one in session.scalars(query)
    ]
