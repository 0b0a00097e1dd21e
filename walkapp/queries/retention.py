"""What the pages of a district's rule for keeping list."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import ReportWalk


def walks(session: Session, space: str) -> Sequence[ReportWalk]:
    """Planned walks, the newest first: a day's quick visits are held by school or person."""
    mine = select(ReportWalk).where(ReportWalk.space == space, ReportWalk.kind == "walk")
    return session.scalars(mine.order_by(ReportWalk.date.desc(), ReportWalk.title)).all()
