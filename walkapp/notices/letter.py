"""The words of a mail: how many of what is new, in its reader's language, and where to read it.

Nothing of a record is in it but the name of its school, and where the district says so not even
that. A mail lies on servers of others for years.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..languages import gettext as _
from ..languages import ngettext, spoken_in
from ..mail_settings import MailSettings
from ..models import Account, Notice, Person
from ..queries import notices, places, policy
from .choices import Choice, choice_of
from .news import COACHING, KINDS
from .outbox import Taken
from .readers import is_readable, scopes_now, works_here
from .words import counted


@dataclass(frozen=True, slots=True)
class Contents:
    """What a mail will say: to whom, in which language, how many of which kind at which school."""

    id: str
    email: str
    language: str
    space_name: str
    news: Counter[tuple[str, str]]  # (kind, name of the school or "")


def contents(session: Session, taken: Taken, now: int) -> Contents | None:
    """What there is to tell now; None when all of it was read, or is no longer theirs to know."""
    account, choice = session.get(Account, taken.account), choice_of(session, taken.account)
    if account is None or account.disabled_at is not None or account.demo:
        return None
    decided = policy.mail(session, taken.space)
    schools = {} if decided.hides_school else places.school_names(session, taken.space)
    found = Counter(
        (kind, "" if kind in COACHING else schools.get(school or "", ""))
        for kind, school in _unread(session, taken, choice, now)
    )
    if not found:
        return None
    name = notices.space_name(session, taken.space)
    return Contents(taken.id, account.email, choice.language or decided.language, name, found)


def write(told: Contents, settings: MailSettings, now: int) -> EmailMessage:
    """The mail itself. Its Message-ID is the same at every try, so that a double can be told."""
    mail = EmailMessage()
    mail["From"] = settings.sender
    mail["To"] = Address(addr_spec=told.email)
    mail["Date"] = formatdate(now / 1000)
    mail["Message-ID"] = f"<{told.id}@{settings.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["List-Unsubscribe"] = f"<{settings.url}/notices/mail>"
    with spoken_in(told.language):
        mail["Subject"] = _subject(told)
        mail.set_content("\n".join(_lines(told, settings)), cte="quoted-printable")
        mail["Content-Language"] = told.language
    return mail


def _unread(
    session: Session, taken: Taken, choice: Choice, now: int
) -> Iterator[tuple[str, str | None]]:
    for person in session.scalars(
        select(Person.id).where(Person.space == taken.space, Person.account == taken.account)
    ).all():
        if not works_here(session, taken.space, person, now):
            continue
        mine = (Notice.space == taken.space) & (Notice.person == person)
        readable = is_readable(scopes_now(session, taken.space, person, now))
        still = session.scalars(
            select(Notice).where(mine, Notice.mail == taken.id, Notice.read_at.is_(None), readable)
        ).all()
        bodies = notices.bodies(session, taken.space, [one.record for one in still])
        for one in still:
            if choice.wants(one.kind):
                yield one.kind, bodies[one.record].get("school")


def _subject(told: Contents) -> str:
    return ngettext(
        "One thing is new for you in walkapp",
        "%(num)s things are new for you in walkapp",
        told.news.total(),
    )


def _lines(told: Contents, settings: MailSettings) -> Iterator[str]:
    yield _("What is new for you in %(space)s:", space=told.space_name)
    yield ""
    for line in _news(told):
        yield f"- {line}"
    yield ""
    yield _("Read it in walkapp:")
    yield f"{settings.url}/notices/"
    yield ""
    yield _("This mail says no more than that, because mails are read by others on their way.")
    yield _("How often you get one, and about what, you choose here:")
    yield f"{settings.url}/notices/mail"


def _news(told: Contents) -> Iterator[str]:
    for kind in KINDS:
        for (one, school), num in sorted(told.news.items()):
            if one == kind and kind not in COACHING:
                said = counted(kind, num)
                yield f"{school}: {said}" if school else said
    coaching = sum(num for (kind, _school), num in told.news.items() if kind in COACHING)
    if coaching:
        yield counted(next(iter(COACHING)), coaching)
