"""Which spaces an account belongs to, as whom, with which grants, agreements and teams."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from . import access
from .access import Bond, agreement_of, in_force, screens_for, team_of
from .access.scopes import asking_scope, member_scope
from .models import Audience, Grant, Person, RecordRow, Space
from .ready import Ready


@dataclass(frozen=True, slots=True)
class Membership:
    """One person in one space, and the grants that are in force now."""

    space: str
    space_name: str
    person: str
    person_name: str
    grants: Sequence[Grant]

    def opens(self, screen: str, now: int) -> bool:
        return screen in screens_for(self.grants, now)


def memberships(session: Session, account: str, now: int) -> list[Membership]:
    """Every space the account has a person in, in the order of their names."""
    rows = session.execute(
        select(Space, Person)
        .join(Person, Person.space == Space.id)
        .where(Person.account == account)
        .order_by(Space.name, Space.id)
    )
    return [_membership(session, space, person.id, now) for space, person in rows]


def grants_of(
    session: Session, space: str, account: str
) -> tuple[str, Sequence[access.Grant]] | None:
    """The person this account is in a space, with all its grants; None where it is nobody."""
    rows = _GRANTS_OF.run(session, space=space, account=account).all()
    if not rows:
        return None
    person = rows[0].person
    return person, [row for row in rows if row.person == person and row.role is not None]


_GRANTS_OF = Ready(
    select(
        Person.id.label("person"), Grant.role, Grant.school, Grant.starts_at, Grant.ends_at,
    )
    .outerjoin(Grant, (Grant.space == Person.space) & (Grant.person == Person.id))
    .where(Person.space == bindparam("space"), Person.account == bindparam("account"))
    .order_by(Person.id, Grant.id)
)  # fmt: skip


def bonds_of(session: Session, space: str, person: str) -> list[Bond]:
    """Every agreement the person ever asked for as a coach, in force or not, and every team.

    Read with the grants, in the same transaction: what a teacher has just withdrawn, and whom a
    lead has just taken out, does not count.
    """
    scopes = {"coaching": asking_scope(person), "walking": member_scope(person)}
    rows = _BONDS_OF.run(session, space=space, **scopes)
    return [_BONDS[row.kind](row.id, json.loads(row.body)) for row in rows]


_BONDS: dict[str, Callable[[str, Any], Bond]] = {"agreement": agreement_of, "walk": team_of}
_BONDS_OF = Ready(
    select(RecordRow.id, RecordRow.kind, RecordRow.body)
    .join(Audience, (Audience.space == RecordRow.space) & (Audience.record == RecordRow.id))
    .where(
        Audience.space == bindparam("space"),
        or_(Audience.scope == bindparam("coaching"), Audience.scope == bindparam("walking")),
        RecordRow.removed.is_(False),
    )
)


def grants_of_person(session: Session, space: str, person: str) -> Sequence[Grant]:
    """Every grant the person ever had in the space, in force or over."""
    return _grants(session, space, person)


def _membership(session: Session, space: Space, person: str, now: int) -> Membership:
    grants = in_force(_grants(session, space.id, person), now)
    return Membership(space.id, space.name, person, _name(session, space.id, person), grants)


def _grants(session: Session, space: str, person: str) -> Sequence[Grant]:
    return session.scalars(
        select(Grant).where(Grant.space == space, Grant.person == person).order_by(Grant.id)
    ).all()


def _name(session: Session, space: str, person: str) -> str:
    # From the record itself: a projection may be a moment behind.
    row = session.get(RecordRow, (space, person))
    return json.loads(row.body).get("name", "") if row and not row.removed else ""
