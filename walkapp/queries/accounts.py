"""Addresses and accounts behind the people of a space."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Account, Invite, Person


def email_of(session: Session, space: str, person: str) -> str | None:
    """The address of the person's account, or the one they were last invited under."""
    return emails_of(session, space, [person]).get(person)


def emails_of(session: Session, space: str, people: list[str] | None = None) -> dict[str, str]:
    """The address of each person who has one."""
    invited = (
        select(Invite.person, Invite.email)
        .where(Invite.space == space)
        .order_by(Invite.created_at, Invite.expires_at)
    )
    linked = (
        select(Person.id, Account.email)
        .join(Account, Account.id == Person.account)
        .where(Person.space == space)
    )
    if people is not None:
        invited = invited.where(Invite.person.in_(people))
        linked = linked.where(Person.id.in_(people))
    return {
        **dict(session.execute(invited).all()),
        **dict(session.execute(linked).all()),
    }


def is_only_here(session: Session, space: str, account: str) -> bool:
    """Does this account enter no other space? Only then is its password this space's business."""
    elsewhere = select(Person.id).where(Person.account == account, Person.space != space)
    return session.scalar(elsewhere.limit(1)) is None
