"""One stop of one person in a walk. It carries a number and never a room (rulings 8)."""

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.scopes import person_scope
from . import doubles
from .kind import Kind
from .library import Library
from .own import by_owner, by_owner_later
from .values import Body, Value, moment, record_id, whole

MAX_NUMBER = 9_999


class VisitBody(Body):
    walk = Value(record_id, needed=True)
    number = Value(whole(0, MAX_NUMBER), needed=True)
    school = Value(record_id, needed=True)
    rubric = Value(record_id, needed=True)
    by = Value(record_id, needed=True)
    order = Value(whole(0))
    planned_at = Value(moment)
    started_at = Value(moment)
    ended_at = Value(moment)
    same_as = doubles.same_as()
    not_same = doubles.not_same()


def check_new(change: Change, library: Library) -> Refusal | None:
    body = change.new or {}
    return (
        doubles.refuse_itself(change.id, body, "new")
        or library.refuse_unusable(body, "new")
        or library.refuse_wrong_stop(body, "new")
    )


def audience(record: Record) -> frozenset[str]:
    return frozenset({person_scope(record.body["by"])})


_later = by_owner_later("by")


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    return _later(author, before, change, library) or doubles.refuse_itself(
        before.id, change.set or {}, "set"
    )


VISIT = Kind(
    "visit",
    VisitBody(),
    audience,
    by_owner("by"),
    allow_set,
    check_new,
    fixed=frozenset({"walk", "number", "school", "rubric", "by"}),
)
