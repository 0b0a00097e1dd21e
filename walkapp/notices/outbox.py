"""A mail's way: it waits and gathers, one worker takes it, it is sent or tried again later.

    waiting ──taken──> trying ──> sent
       │                 │  ^
       │                 │  └── a while later, after what may pass
       └──> dropped <────┤
                         └────> given-up

Only a waiting mail is joined by further news, so that a mail says the same at every try.
"""

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from ..models import Account, Mail
from .choices import choice_of, due_at

WAITING, TRYING, SENT, GIVEN_UP, DROPPED = "waiting", "trying", "sent", "given-up", "dropped"
OPEN = (WAITING, TRYING)
TOO_OLD = "too-old"

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
# How long after each failed try the next one follows; after the last of them it is given up.
RETRY_AFTER_MS = (
    MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS,
    24 * HOUR_MS,
)  # fmt: skip
# Longer than one mail may take (`post.py`), so that no second worker takes it meanwhile.
LEASE_MS = 10 * MINUTE_MS
# A worker that slept for a week, or a restored backup: nobody is told of last week by mail.
OLDEST_MS = 4 * 24 * HOUR_MS


@dataclass(frozen=True, slots=True)
class Taken:
    """A mail in the hand of one worker; `lease` proves it."""

    id: str
    space: str
    account: str
    tries: int
    lease: str


def queue(session: Session, space: str, account: str, kind: str, now: int) -> str | None:
    """The mail that will tell of this: the one that waits, or a new one; None where none may go."""
    choice = choice_of(session, account)
    if not choice.wants(kind) or not _takes_mail(session, account):
        return None
    waiting = _waiting(session, space, account)
    if waiting is not None:
        return waiting
    mail = Mail(
        id=str(uuid4()), space=space, account=account, state=WAITING, made_at=now, tries=0,
        due_at=due_at(session, space, account, choice.how_often, now),
    )  # fmt: skip
    session.add(mail)
    session.flush()
    return mail.id


def take(session: Session, now: int) -> Taken | None:
    """Take what is most overdue, for this worker alone; None when nothing is due."""
    while (mail := _most_overdue(session, now)) is not None:
        mail.state, mail.tries = TRYING, mail.tries + 1
        mail.lease, mail.lease_until = str(uuid4()), now + LEASE_MS
        session.flush()
        taken = Taken(mail.id, mail.space, mail.account, mail.tries, mail.lease)
        if now - mail.made_at <= OLDEST_MS:
            return taken
        settle(session, taken, GIVEN_UP, now, TOO_OLD)
    return None


def _most_overdue(session: Session, now: int) -> Mail | None:
    is_free = or_(Mail.lease_until.is_(None), Mail.lease_until <= now)
    return session.scalar(
        select(Mail)
        .where(Mail.state.in_(OPEN), Mail.due_at <= now, is_free)
        .order_by(Mail.due_at, Mail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def settle(
    session: Session, taken: Taken, state: str, now: int, problem: str | None = None
) -> None:
    """This is how it ended, unless the mail is in another worker's hand by now."""
    _let_go(session, taken, state=state, settled_at=now, problem=problem)


def put_off(session: Session, taken: Taken, problem: str, now: int) -> None:
    """Try again later, or give it up after the last try."""
    if taken.tries > len(RETRY_AFTER_MS):
        settle(session, taken, GIVEN_UP, now, problem)
        return
    later = now + RETRY_AFTER_MS[taken.tries - 1]
    _let_go(session, taken, due_at=later, problem=problem)


def _let_go(session: Session, taken: Taken, **values: object) -> None:
    mine = (Mail.id == taken.id) & (Mail.lease == taken.lease)
    session.execute(update(Mail).where(mine).values(lease=None, lease_until=None, **values))


def _waiting(session: Session, space: str, account: str) -> str | None:
    """The mail that waits, held until this transaction ends: no worker takes it before the news
    is in it."""
    mine = (Mail.space == space) & (Mail.account == account) & (Mail.state == WAITING)
    return session.scalar(
        select(Mail.id).where(mine).order_by(Mail.made_at).limit(1).with_for_update()
    )


def _takes_mail(session: Session, account: str) -> bool:
    # The addresses of a demonstration belong to nobody.
    row = session.get(Account, account)
    return row is not None and not row.demo and row.disabled_at is None
