"""Roles of a person: what, where, from when, until when."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from ..access import ROLES
from ..clock import now_ms
from ..languages import gettext as _
from ..models import Account, Grant, Person, PersonCard, School
from .audit import note
from .refused import Refused
from .writing import append, changed, new_id

# A desk and a classroom belong to a school; the lists of a district have one keeper.
ONLY_FOR_A_SCHOOL = frozenset({"principal", "teacher"})
ONLY_FOR_THE_WHOLE = frozenset({"admin", "district_lead", "auditor", "facilitator"})


@dataclass(frozen=True, slots=True)
class NewGrant:
    """A role to give. `school` None means the whole space; times None are unbounded."""

    role: str
    school: str | None = None
    starts_at: int | None = None
    ends_at: int | None = None


def add_grant(
    session: Session,
    space: str,
    actor: str,
    person: str,
    role: str,
    school: str | None = None,
    *,
    starts_at: int | None = None,
    ends_at: int | None = None,
    now: int | None = None,
) -> str:
    """Give a role to a person of the space; their card follows."""
    at = now if now is not None else now_ms()
    grant = NewGrant(role, school, starts_at, ends_at)
    check_grant(session, space, grant)
    if _has_now(session, space, person, grant, at):
        raise Refused("role-already-given", "role", _("This person has that role there already."))
    id = write_grant(session, space, actor, person, grant, at)
    follow_grants(session, space, actor, [person], at)
    return id


def end_grant(session: Session, space: str, actor: str, id: str, *, now: int | None = None) -> None:
    """End a role now, by the server's clock. What was done under it stays."""
    at = now if now is not None else now_ms()
    grant = session.get(Grant, (space, id))
    if grant is None:
        raise Refused("unknown-record", "grant", _("This role is not there any more."))
    if grant.ends_at is not None and grant.ends_at <= at:
        return
    refuse_last_admin(session, space, [grant], at)
    _end(session, space, actor, grant, at)
    follow_grants(session, space, actor, [grant.person], at)


def end_all_grants(session: Session, space: str, actor: str, person: str, at: int) -> None:
    """End every role of a person now; the card is the caller's to write."""
    open_grants = _not_over(session, space, [person], at)
    refuse_last_admin(session, space, open_grants, at)
    for grant in open_grants:
        _end(session, space, actor, grant, at)


def check_grant(session: Session, space: str, grant: NewGrant) -> None:
    """Refuse a role that is none, or that does not go with the place or the dates."""
    if grant.role not in ROLES:
        raise Refused("unknown-role", "role", _("Choose one of the roles."))
    if grant.school is None and grant.role in ONLY_FOR_A_SCHOOL:
        raise Refused("role-needs-school", "school", _("Choose the school for this role."))
    if grant.school is not None and grant.role in ONLY_FOR_THE_WHOLE:
        raise Refused("role-is-for-all", "school", _("This role is for the whole district."))
    if grant.school is not None and session.get(School, (space, grant.school)) is None:
        raise Refused("unknown-record", "school", _("Choose a school of this district."))
    if grant.starts_at and grant.ends_at and grant.ends_at <= grant.starts_at:
        raise Refused("dates-crossed", "ends_on", _("The end lies before the beginning."))


def write_grant(
    session: Session, space: str, actor: str, person: str, grant: NewGrant, at: int
) -> str:
    """Write a checked grant and its audit row; the card is the caller's to write."""
    id = new_id()
    session.add(
        Grant(
            space=space, id=id, person=person, role=grant.role, school=grant.school,
            starts_at=grant.starts_at, ends_at=grant.ends_at,
        )
    )  # fmt: skip
    note(
        session, space, actor, "give-role", person, at,
        role=grant.role, school=grant.school, starts_at=grant.starts_at, ends_at=grant.ends_at,
    )  # fmt: skip
    return id


def follow_grants(session: Session, space: str, actor: str, people: Iterable[str], at: int) -> None:
    """Bring the cards of these people to the grants they have now, in one commit."""
    changes = []
    for person in people:
        card = session.get(PersonCard, (space, person))
        if card is None:
            raise Refused("unknown-record", "person", _("This person is not there any more."))
        changes.append(
            changed(session, space, "person", person, at, {
                "roles": card_roles(_not_over(session, space, [person], at))
            })
        )  # fmt: skip
    append(session, space, actor, changes, at)


def card_roles(grants: Iterable[Grant | NewGrant]) -> list[dict[str, str | None]]:
    """The roles as a card shows them: each once, in a fixed order.

    A role that begins next week is on the card already: a card introduces, it opens nothing.
    """
    pairs = {(grant.role, grant.school or "") for grant in grants}
    return [{"role": role, "school": school or None} for role, school in sorted(pairs)]


def refuse_last_admin(session: Session, space: str, ending: Iterable[Grant], at: int) -> None:
    """A district always keeps an administrator who can sign in and give roles."""
    going = {grant.id for grant in ending if grant.role == "admin"}
    able = _grants_of_able_admins(session, space, at)
    if able and not able - going:
        sentence = _("This is the last administrator: give the role to another first.")
        raise Refused("last-admin", "role", sentence)


def _grants_of_able_admins(session: Session, space: str, at: int) -> set[str]:
    """Those of people who have an account: an invited administrator cannot help yet."""
    admins = (
        select(Grant.id)
        .join(Person, and_(Person.space == Grant.space, Person.id == Grant.person))
        .join(Account, and_(Account.id == Person.account, Account.disabled_at.is_(None)))
    )
    in_force = admins.where(
        Grant.space == space,
        Grant.role == "admin",
        Grant.school.is_(None),
        or_(Grant.starts_at.is_(None), Grant.starts_at <= at),
        or_(Grant.ends_at.is_(None), Grant.ends_at > at),
    )
    return set(session.scalars(in_force))


def _end(session: Session, space: str, actor: str, grant: Grant, at: int) -> None:
    grant.ends_at = at
    session.flush()
    note(session, space, actor, "end-role", grant.person, at, role=grant.role, school=grant.school)


def _has_now(session: Session, space: str, person: str, grant: NewGrant, at: int) -> bool:
    return any(
        (one.role, one.school) == (grant.role, grant.school)
        and (one.ends_at is None or grant.starts_at is None or one.ends_at > grant.starts_at)
        and (grant.ends_at is None or one.starts_at is None or one.starts_at < grant.ends_at)
        for one in _not_over(session, space, [person], at)
    )


def _not_over(session: Session, space: str, people: list[str], at: int) -> list[Grant]:
    return list(
        session.scalars(
            select(Grant).where(
                Grant.space == space,
                Grant.person.in_(people),
                or_(Grant.ends_at.is_(None), Grant.ends_at > at),
            )
        )
    )
