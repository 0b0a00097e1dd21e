"""A person's card: the name and the roles, and nothing an account knows."""

from collections.abc import Iterator
from typing import Any

from walkapp.sync.record import Record

from ..access.roles import ROLES
from ..access.scopes import (
    DISTRICT,
    SPACE,
    TEACHERS,
    person_scope,
    school_scope,
    staff_scope,
)
from .fault import Fault, fault
from .kind import Kind
from .service import by_service, by_service_later
from .values import Body, Value, filled_line, one_of, record_id, shape, truth

MAX_ROLES = 100
# Who teaches is for the school's principal, and for a coach, who may ask. A card knows no room, so
# that a walk stays nameless (rulings 8).
TEACHER = "teacher"

_role = one_of(ROLES)


def roles(value: Any) -> Fault | None:
    """A list of {role, school}; school null means the whole space."""
    if not isinstance(value, list):
        return fault("wrong-type", detail="a list")
    if len(value) > MAX_ROLES:
        return fault("too-long", detail=f"more than {MAX_ROLES} roles")
    for place, one in enumerate(value):
        found = shape(one, {"role": _role, "school": _school_or_none}, {})
        if found is not None:
            code, keys, detail = found
            return code, (str(place), *keys), detail
    return None


def _school_or_none(value: Any) -> Fault | None:
    return None if value is None else record_id(value)


class PersonBody(Body):
    name = Value(filled_line, needed=True)
    roles = Value(roles, needed=True)
    archived = Value(truth)


def audience(record: Record) -> frozenset[str]:
    """The person, and those beside whom they work."""
    return frozenset([person_scope(record.id), *_colleagues(record.body["roles"])])


def _colleagues(roles: list[dict[str, Any]]) -> Iterator[str]:
    for one in roles:
        school = one["school"]
        if one["role"] == TEACHER:
            if school is not None:
                yield from (staff_scope(school), TEACHERS)
        elif school is None:
            yield SPACE
        else:
            yield from (school_scope(school), DISTRICT)


PERSON = Kind("person", PersonBody(), audience, by_service, by_service_later)
