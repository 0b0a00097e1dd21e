"""How often somebody wants mail, in which language, and about what not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from ..languages import LANGUAGES
from ..models import Mail, MailChoice, MailOptOut
from .news import KINDS

AT_ONCE, HOURLY, DAILY, NEVER = "at-once", "hourly", "daily", "never"
HOW_OFTEN = (AT_ONCE, HOURLY, DAILY, NEVER)
USUAL = HOURLY

# A principal releases five in a row: that is one mail, also for who wants it at once.
GATHERED_AT_ONCE_MS = 60_000
GATHERED_MS = 5 * 60_000
HOUR_MS = 3_600_000
DAILY_AT = time(6)  # by this server's own clock, before school begins


@dataclass(frozen=True, slots=True)
class Choice:
    """What an account wants; `language` None follows its district."""

    how_often: str = USUAL
    language: str | None = None
    without: frozenset[str] = frozenset()

    def wants(self, kind: str) -> bool:
        return self.how_often != NEVER and kind not in self.without


def choice_of(session: Session, account: str) -> Choice:
    """What the account chose, or the usual."""
    row = session.get(MailChoice, account)
    without = session.scalars(select(MailOptOut.kind).where(MailOptOut.account == account))
    if row is None:
        return Choice(without=frozenset(without))
    return Choice(row.how_often, row.language, frozenset(without))


def choose(
    session: Session,
    account: str,
    how_often: str,
    language: str | None,
    wanted: Iterable[str],
    now: int,
) -> None:
    """Keep the choice; what waits already goes by it, and is dropped where no mail is wanted."""
    if how_often not in HOW_OFTEN or (language is not None and language not in LANGUAGES):
        raise ValueError("not a choice")
    session.merge(MailChoice(account=account, how_often=how_often, language=language))
    session.execute(delete(MailOptOut).where(MailOptOut.account == account))
    without = set(KINDS) - set(wanted)
    session.add_all([MailOptOut(account=account, kind=kind) for kind in sorted(without)])
    session.flush()
    waiting = select(Mail).where(Mail.account == account, Mail.state == "waiting")
    for mail in session.scalars(waiting.with_for_update()).all():
        _follow(session, mail, how_often, now)


def due_at(session: Session, space: str, account: str, how_often: str, now: int) -> int:
    """When a mail that begins to gather now is to go."""
    if how_often == AT_ONCE:
        return now + GATHERED_AT_ONCE_MS
    if how_often == DAILY:
        return _next_morning(now)
    last = session.scalar(
        select(func.max(Mail.settled_at)).where(
            Mail.account == account, Mail.space == space, Mail.state == "sent"
        )
    )
    return max(now + GATHERED_MS, (last or 0) + HOUR_MS)


def _follow(session: Session, mail: Mail, how_often: str, now: int) -> None:
    if how_often == NEVER:
        ended = {"state": "dropped", "settled_at": now}
    else:
        ended = {"due_at": due_at(session, mail.space, mail.account, how_often, now)}
    # Only while it waits: a worker may just have taken it.
    session.execute(update(Mail).where(Mail.id == mail.id, Mail.state == "waiting").values(**ended))


def _next_morning(now: int) -> int:
    here = datetime.fromtimestamp(now / 1000, UTC).astimezone()
    day = here.date() if here.time() < DAILY_AT else here.date() + timedelta(days=1)
    return int(datetime.combine(day, DAILY_AT).astimezone().timestamp() * 1000)
