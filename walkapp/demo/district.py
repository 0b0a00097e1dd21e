"""The demo district in the database: found there, or founded as an administrator would."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import organisation
from ..models import Account, Person, Room, School, Space
from .people import PASSWORD, PEOPLE
from .places import NAME, ROOMS, SCHOOLS


@dataclass(frozen=True, slots=True)
class Member:
    person: str
    account: str


@dataclass(frozen=True, slots=True)
class District:
    """Ids by the words of the demo: schools by code, rooms by school and room code."""

    space: str
    schools: dict[str, str]
    rooms: dict[tuple[str, str], str]
    people: dict[str, Member]
    school_names: dict[str, str]


def find(session: Session) -> District | None:
    """The district whose coach is a demo account."""
    space = session.scalar(
        select(Person.space)
        .join(Account, Account.id == Person.account)
        .join(Space, Space.id == Person.space)
        .where(Account.email == PEOPLE[0].email, Account.demo, Space.name == NAME)
    )
    return _read(session, space) if space else None


def found(session: Session, now: int) -> District:
    """A new district with its schools, rooms and people; every account is marked as a demo's."""
    by = organisation.SERVICE
    space = organisation.create_space(session, NAME, now)
    schools = {
        code: organisation.add_school(session, space, by, name, code, now=now)
        for code, name in SCHOOLS.items()
    }
    for room in ROOMS:
        organisation.add_room(
            session, space, by, schools[room.school], room.code, name=room.name,
            grade_band=room.grade_band, subject=room.subject, now=now,
        )  # fmt: skip
    for one in PEOPLE:
        roles = [(one.role, schools[one.school] if one.school else None)]
        person = organisation.add_person(session, space, by, one.name, roles, one.email, now=now)
        account = organisation.set_account_password(
            session, space, person, PASSWORD, actor=by, now=now
        )
        session.get_one(Account, account).demo = True
    session.flush()
    return _read(session, space)


def _read(session: Session, space: str) -> District:
    schools = dict(
        session.execute(select(School.code, School.id).where(School.space == space)).all()
    )
    codes = {id: code for code, id in schools.items()}
    rooms = session.scalars(select(Room).where(Room.space == space))
    people = session.execute(
        select(Account.email, Person.id, Account.id)
        .join(Account, Account.id == Person.account)
        .where(Person.space == space)
    )
    return District(
        space,
        schools,
        {(codes[room.school], room.code): room.id for room in rooms},
        {email.split("@")[0]: Member(person, account) for email, person, account in people},
        SCHOOLS,
    )
