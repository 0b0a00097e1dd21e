"""How long a tablet may stay away and still be told, record by record, what it has to forget.

One that was away for longer compares everything once (`reset: floor`) and comes to the same rows.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from .log import SqlLog
from .models import Space

DAY_MS = 24 * 3_600_000
REMEMBERED_MS = 400 * DAY_MS


def raise_floors(session: Session, now: int) -> None:
    """Let go, in every space, of departures nobody is told of one by one any more."""
    for space in session.scalars(select(Space.id).order_by(Space.id)).all():
        SqlLog(session, space).forget_departures(now - REMEMBERED_MS)
