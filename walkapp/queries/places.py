"""Schools and rooms of a space, as lists and forms show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..models import Room, School


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One school and how many rooms are in use there."""

    id: str
    name: str
    code: str
    archived: bool
    rooms: int


def schools(session: Session, space: str) -> list[SchoolLine]:
    """All schools by name, those in use first."""
    rooms = (
        select(Room.school, func.count().label("rooms"))
        .where(Room.space == space, Room.archived.is_(False))
        .group_by(Room.school)
        .subquery()
    )
    lines = session.execute(
        select(School, func.coalesce(rooms.c.rooms, 0))
        .outerjoin(rooms, rooms.c.school == School.id)
        .where(School.space == space)
        .order_by(School.archived, func.lower(School.name), School.code)
    )
    return [SchoolLine(one.id, one.name, one.code, one.archived, count) for one, count in lines]


def school(session: Session, space: str, id: str) -> School | None:
    return session.get(School, (space, id))


def rooms_of(session: Session, space: str, school: str) -> Sequence[Room]:
    """All rooms of a school by code, those in use first."""
    return session.scalars(
        select(Room)
        .where(Room.space == space, Room.school == school)
        .order_by(Room.archived, func.lower(Room.code))
    ).all()


def room(session: Session, space: str, id: str) -> Room | None:
    return session.get(Room, (space, id))


def school_names(session: Session, space: str) -> dict[str, str]:
    """The name of every school, archived ones included."""
    return dict(session.execute(select(School.id, School.name).where(School.space == space)).all())
