"""A school of the space, known to everybody who works in it."""

from walkapp.sync.record import Record

from ..access.scopes import SPACE
from .kind import Kind
from .service import by_service, by_service_later
from .values import Body, Value, filled_line, line, truth


class SchoolBody(Body):
    name = Value(filled_line, needed=True)
    code = Value(filled_line, needed=True)
    level = Value(line)
    archived = Value(truth)


def audience(record: Record) -> frozenset[str]:
    return frozenset({SPACE})


SCHOOL = Kind("school", SchoolBody(), audience, by_service, by_service_later)
