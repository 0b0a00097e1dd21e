"""People of a space with their roles and how far they have come with signing in."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..models import Grant, Invite, Person, PersonCard
from .accounts import emails_of, is_only_here

READY, INVITED, NOT_INVITED, NO_ADDRESS = "ready", "invited", "not invited", "no address"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person, with every role ever given."""

    id: str
    name: str
    archived: bool
    email: str | None
    account: str | None
    standing: str
    grants: list[Grant] = field(default_factory=list)
    is_only_here: bool = True


def people(session: Session, space: str, at: int) -> list[PersonLine]:
    """Everybody by name, those in use first."""
    cards = session.scalars(
        select(PersonCard)
        .where(PersonCard.space == space)
        .order_by(PersonCard.archived, func.lower(PersonCard.name), PersonCard.id)
    ).all()
    emails, accounts = emails_of(session, space), _accounts(session, space)
    invited, grants = _invited(session, space, at), _grants(session, space)
    return [
        _line(card, emails.get(card.id), accounts.get(card.id), invited, grants[card.id])
        for card in cards
    ]


def person(session: Session, space: str, id: str, at: int) -> PersonLine | None:
    """One person, or None."""
    card = session.get(PersonCard, (space, id))
    row = session.get(Person, (space, id))
    if card is None or row is None:
        return None
    email = emails_of(session, space, [id]).get(id)
    grants = _grants(session, space, id)[id]
    here = row.account is None or is_only_here(session, space, row.account)
    return _line(card, email, row.account, _invited(session, space, at), grants, here)


def names(session: Session, space: str) -> dict[str, str]:
    """The name of everybody, also of who is archived."""
    return dict(
        session.execute(
            select(PersonCard.id, PersonCard.name).where(PersonCard.space == space)
        ).all()
    )


def names_by_account(session: Session, space: str) -> dict[str, str]:
    """The name behind each account that is or was somebody here."""
    cards = names(session, space)
    return {account: cards[id] for id, account in _accounts(session, space).items() if id in cards}


def _line(
    card: PersonCard,
    email: str | None,
    account: str | None,
    invited: set[str],
    grants: list[Grant],
    here: bool = True,
) -> PersonLine:
    standing = _standing(email, account, card.id in invited)
    return PersonLine(card.id, card.name, card.archived, email, account, standing, grants, here)


def _standing(email: str | None, account: str | None, is_invited: bool) -> str:
    if account:
        return READY
    if not email:
        return NO_ADDRESS
    return INVITED if is_invited else NOT_INVITED


def _accounts(session: Session, space: str) -> dict[str, str]:
    rows = session.execute(
        select(Person.id, Person.account).where(Person.space == space, Person.account.is_not(None))
    )
    return {id: account for id, account in rows if account}


def _invited(session: Session, space: str, at: int) -> set[str]:
    return set(
        session.scalars(
            select(Invite.person).where(
                Invite.space == space, Invite.used_at.is_(None), Invite.expires_at > at
            )
        )
    )


def _grants(session: Session, space: str, person: str | None = None) -> dict[str, list[Grant]]:
    which = select(Grant).where(Grant.space == space).order_by(Grant.role, Grant.id)
    if person is not None:
        which = which.where(Grant.person == person)
    grants: dict[str, list[Grant]] = defaultdict(list)
    for grant in session.scalars(which):
        grants[grant.person].append(grant)
    return grants
