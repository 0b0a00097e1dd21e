"""One-time links: how a person gets an account, or a new password for the one they have.

An administrator makes the link and hands it over; only who holds it chooses the password.
"""

import secrets
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .clock import now_ms
from .languages import gettext as _
from .models import Account, Invite, Person, PersonCard, Space
from .organisation.accounts import join_account, set_account_password, void_links
from .organisation.audit import note
from .organisation.refused import Refused
from .queries.accounts import email_of, is_only_here

HOUR_MS = 3_600_000
# A reset that somebody waits for could end within the hour. These links are handed out to a whole
# staff on a Friday; they open one account for one person once, and a newer link voids them.
LASTS_MS = 72 * HOUR_MS
TOKEN_BYTES = 32

NEW, RESET, JOIN = "new", "reset", "join"


@dataclass(frozen=True, slots=True)
class Link:
    """`token` is told once and kept nowhere."""

    token: str
    email: str
    expires_at: int


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an open link stands for. `way` is NEW, RESET or JOIN (an account to sign in with)."""

    space: str
    space_name: str
    person: str
    person_name: str
    email: str
    expires_at: int
    way: str
    account: str | None


def create_link(
    session: Session, space: str, actor: str, person: str, *, now: int | None = None
) -> Link:
    """A new link for a person; earlier ones are void. With an account, it is for a new password."""
    at = now if now is not None else now_ms()
    row, card = session.get(Person, (space, person)), session.get(PersonCard, (space, person))
    if row is None or card is None or card.archived:
        raise Refused("unknown-record", "person", _("This person is not there any more."))
    email = email_of(session, space, person)
    if email is None:
        raise Refused("missing-field", "email", _("Give this person an e-mail address first."))
    if row.account is not None and not is_only_here(session, space, row.account):
        raise Refused(
            "account-is-elsewhere", "email",
            _("This account also enters another district: its password cannot be renewed here."),
        )  # fmt: skip
    void_links(session, space, person, at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        Invite(
            token_hash=_hash(token), space=space, person=person, email=email,
            created_at=at, expires_at=at + LASTS_MS,
        )
    )  # fmt: skip
    note(session, space, actor, "make-link", person, at, email=email)
    return Link(token, email, at + LASTS_MS)


def read_link(session: Session, token: str, *, now: int | None = None) -> Invitation | None:
    """What the link stands for, or None for one that is unknown, used or over. Uses nothing up:
    mail scanners follow links too."""
    at = now if now is not None else now_ms()
    invite = session.get(Invite, _hash(token))
    if invite is None or invite.used_at is not None or invite.expires_at <= at:
        return None
    person = session.get(Person, (invite.space, invite.person))
    card = session.get(PersonCard, (invite.space, invite.person))
    if person is None or card is None or card.archived:
        return None
    account = session.scalar(select(Account).where(Account.email == invite.email))
    return Invitation(
        invite.space, session.get_one(Space, invite.space).name, invite.person, card.name,
        invite.email, invite.expires_at, _way(person, account), account.id if account else None,
    )  # fmt: skip


def accept_with_password(
    session: Session, token: str, password: str, *, now: int | None = None
) -> str:
    """Use the link up: the account has this password, no other sign-in, and the person. Says the
    account. The password was checked before."""
    at = now if now is not None else now_ms()
    invitation = _open(session, token, at)
    if invitation.way == JOIN:
        raise Refused("sign-in-first", "email", _("There is an account already: sign in with it."))
    if invitation.way == RESET and not is_only_here(
        session, invitation.space, invitation.account or ""
    ):
        raise Refused(
            "account-is-elsewhere", "email", _("This account now enters another district.")
        )
    _use(session, token, at)
    account = set_account_password(
        session, invitation.space, invitation.person, password,
        actor=invitation.account or invitation.person, now=at,
    )  # fmt: skip
    note(session, invitation.space, account, "use-link", invitation.person, at, way=invitation.way)
    return account


def accept_as(session: Session, token: str, account: str, *, now: int | None = None) -> str:
    """Use the link up: the account that is signed in and has the invited address becomes this
    person. Says the space."""
    at = now if now is not None else now_ms()
    invitation = _open(session, token, at)
    if invitation.way != JOIN or invitation.account != account:
        raise Refused("not-yours", "email", _("This link is for another account."))
    _use(session, token, at)
    join_account(session, invitation.space, invitation.person, account, account, at)
    note(session, invitation.space, account, "use-link", invitation.person, at, way=JOIN)
    return invitation.space


def _open(session: Session, token: str, at: int) -> Invitation:
    invitation = read_link(session, token, now=at)
    if invitation is None:
        raise Refused("link-over", "token", _("This link is used up, over or replaced."))
    return invitation


def _use(session: Session, token: str, at: int) -> None:
    # The row says whether it was still open: of two clicks at once only one is told so.
    used = session.scalar(
        update(Invite)
        .where(Invite.token_hash == _hash(token), Invite.used_at.is_(None), Invite.expires_at > at)
        .values(used_at=at)
        .returning(Invite.token_hash)
    )
    if used is None:
        raise Refused("link-over", "token", _("This link is used up, over or replaced."))


def _way(person: Person, account: Account | None) -> str:
    if account is None:
        return NEW
    return RESET if person.account == account.id else JOIN


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
