"""A room of a school, known to that school and to those who work across the district."""

from walkapp.sync.record import Record

from ..access.scopes import DISTRICT, school_scope
from .kind import Kind
from .service import by_service, by_service_later
from .values import Body, Value, filled_line, line, record_id, truth


class RoomBody(Body):
    school = Value(record_id, needed=True)
    code = Value(filled_line, needed=True)
    name = Value(line)
    grade_band = Value(line)
    subject = Value(line)
    no_visits = Value(truth)  # asked to be left in peace
    archived = Value(truth)


def audience(record: Record) -> frozenset[str]:
    return frozenset({school_scope(record.body["school"]), DISTRICT})


ROOM = Kind("room", RoomBody(), audience, by_service, by_service_later, fixed=frozenset({"school"}))
