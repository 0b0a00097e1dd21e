"""Which account a person signs in with, and which address awaits one.

An account is joined to a person by that person's own link (or by the operator at the command
line), never because two administrators typed the same address: whoever could set the password of
one would else be let into the district of the other.
"""

import secrets

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .. import passwords, sessions
from ..clock import now_ms
from ..languages import gettext as _
from ..models import Account, Invite, Person
from ..queries.accounts import email_of, emails_of
from .audit import note
from .refused import Refused
from .writing import new_id


def await_account(session: Session, space: str, person: str, email: str, at: int) -> None:
    """Keep the address until the person accepts a link."""
    # Nobody holds the token of this row, and it is over as it begins: it only keeps the address.
    session.add(
        Invite(
            token_hash=secrets.token_hex(32),
            space=space,
            person=person,
            email=email,
            created_at=at,
            expires_at=at,
        )
    )


def void_links(session: Session, space: str, person: str, at: int) -> None:
    """No link that this person was ever given opens anything from now on."""
    session.execute(
        update(Invite)
        .where(
            Invite.space == space,
            Invite.person == person,
            Invite.used_at.is_(None),
            Invite.expires_at > at,
        )
        .values(expires_at=at)
    )


def refuse_taken_email(session: Session, space: str, email: str, but: str | None = None) -> None:
    """One address is one person of a space."""
    for person, taken in emails_of(session, space).items():
        if taken == email and person != but:
            raise Refused(
                "email-taken", "email", _("Somebody here already has this e-mail address.")
            )


def set_account_password(
    session: Session, space: str, person: str, password: str, *, actor: str, now: int | None = None
) -> str:
    """Give the person's account this password, made and joined where needed; ends its sign-ins.

    For the command line and for a person's own accepted link, where the actor is that person; the
    pages of an administrator never call it. What makes a password good enough is the caller's
    question (`passwords.check_new`).
    """
    at = now if now is not None else now_ms()
    row = session.get(Person, (space, person))
    email = email_of(session, space, person)
    if row is None or email is None:
        raise Refused("missing-field", "email", _("This person has no e-mail address yet."))
    account = session.scalar(select(Account).where(Account.email == email))
    if account is None:
        account = Account(id=new_id(), email=email, created_at=at)
        session.add(account)
    account.password_hash = passwords.hash_of(password)
    session.flush()
    by = account.id if actor == person else actor  # her account may be a moment old
    join_account(session, space, person, account.id, by, at)
    sessions.end_all(session, account.id, at)
    note(session, space, by, "set-password", person, at)
    return account.id


def join_account(
    session: Session, space: str, person: str, account: str, actor: str, at: int
) -> None:
    """Let this account enter the space as this person."""
    row = session.get_one(Person, (space, person))
    if row.account == account:
        return
    if row.account is not None:
        raise Refused("already-joined", "email", _("This person already signs in with an account."))
    row.account = account
    session.flush()
    note(session, space, actor, "join-account", person, at, account=account)
