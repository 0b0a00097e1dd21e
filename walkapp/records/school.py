"""A school of the space, known to everybody who works in it."""

from typing import Any

from walkapp.sync.record import Record

from ..access.scopes import SPACE
from .fault import Fault
from .kind import Kind
from .service import by_service, by_service_later
from .values import Body, MapOf, Value, day, filled_line, line, truth


def _why(_: str, value: Any) -> Fault | None:
    return filled_line(value)


class SchoolBody(Body):
    name = Value(filled_line, needed=True)
    code = Value(filled_line, needed=True)
    level = Value(line)
    no_visits = MapOf(_why, day)  # day -> why
    archived = Value(truth)


def audience(record: Record) -> frozenset[str]:
    return frozenset({SPACE})


SCHOOL = Kind("school", SchoolBody(), audience, by_service, by_service_later)
