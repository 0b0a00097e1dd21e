"""Who administered what, and when. Rows are added and never changed."""

import json

from sqlalchemy.orm import Session

from ..models import Audit


def note(
    session: Session, space: str | None, actor: str, verb: str, what: str, at: int, **detail: object
) -> None:
    """Add one audit row in the transaction of what it tells of."""
    detail_json = json.dumps(detail, ensure_ascii=False, sort_keys=True)
    session.add(Audit(space=space, at=at, account=actor, verb=verb, what=what, detail=detail_json))
