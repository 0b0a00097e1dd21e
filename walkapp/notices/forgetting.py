"""What was told long ago is let go of: notices and mails say who worked with whom, and when."""

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from ..models import Mail, Notice
from .outbox import OPEN

DAY_MS = 24 * 3_600_000
READ_FOR_MS = 90 * DAY_MS
UNREAD_FOR_MS = 400 * DAY_MS  # a school year and its summer


def forget(session: Session, now: int) -> None:
    """Let go of notices that stood there for long, and of mails that were settled long ago."""
    old = or_(Notice.read_at < now - READ_FOR_MS, Notice.at < now - UNREAD_FOR_MS)
    session.execute(delete(Notice).where(old))
    settled = Mail.state.not_in(OPEN) & (Mail.settled_at < now - READ_FOR_MS)
    told = select(Mail.id).where(settled)
    session.execute(update(Notice).where(Notice.mail.in_(told)).values(mail=None))
    session.execute(delete(Mail).where(settled))
