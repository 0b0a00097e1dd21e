"""Who may read a record now: the scopes a person stands in at this moment, and the record's."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from ..access import ability_of, in_force, scopes_of
from ..access.table import DESK, verbs_of
from ..membership import bonds_of, grants_of_person
from ..models import Audience, Grant, Notice, RecordRow


def scopes_now(session: Session, space: str, person: str, now: int) -> frozenset[str]:
    """Everything the person may read, by the grants and bonds in force now."""
    grants = grants_of_person(session, space, person)
    return scopes_of(person, ability_of(grants, now, bonds_of(session, space, person)))


def works_here(session: Session, space: str, person: str, now: int) -> bool:
    """Has the person a role now? Who has left is sent nothing."""
    return bool(in_force(grants_of_person(session, space, person), now))


def at_desk(session: Session, space: str, school: str, now: int) -> list[str]:
    """The people who sit at the desk of a school."""
    grants = session.scalars(
        select(Grant).where(Grant.space == space, Grant.school == school).order_by(Grant.id)
    )
    sits = [one.person for one in in_force(grants, now) if DESK in verbs_of(one.role, one.school)]
    return list(dict.fromkeys(sits))


def is_readable(scopes: Iterable[str]) -> ColumnElement[bool]:
    """Of a notice in a query: is its record there, and in one of these scopes?"""
    may = (Audience.space == Notice.space) & (Audience.record == Notice.record)
    there = (RecordRow.space == Notice.space) & (RecordRow.id == Notice.record)
    return exists(select(Audience.record).where(may, Audience.scope.in_(sorted(scopes)))) & exists(
        select(RecordRow.id).where(there, RecordRow.removed.is_(False))
    )
