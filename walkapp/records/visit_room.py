"""Which room a visit went to: a record of its own, so that a visit can be read without it."""

from walkapp.sync.record import Record

from ..access.scopes import person_scope, team_scope
from .kind import Kind
from .own import by_owner, by_owner_later
from .values import Body, Value, record_id


class VisitRoomBody(Body):
    visit = Value(record_id, needed=True)
    walk = Value(record_id, needed=True)
    room = Value(record_id, needed=True)
    school = Value(record_id, needed=True)
    by = Value(record_id, needed=True)


def audience(record: Record) -> frozenset[str]:
    """Who went there, and those who walk together (rulings 8)."""
    return frozenset({person_scope(record.body["by"]), team_scope(record.body["walk"])})


VISIT_ROOM = Kind(
    "visit_room",
    VisitRoomBody(),
    audience,
    by_owner("by"),
    by_owner_later("by"),
    # The wrong room was tapped: the room alone can be set right.
    fixed=frozenset({"visit", "walk", "school", "by"}),
)
