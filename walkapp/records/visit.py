"""One stop of one person in a walk. It carries a number and never a room (rulings 8)."""

from collections.abc import Mapping
from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.scopes import person_scope, team_scope
from . import doubles
from .kind import Kind
from .library import Library
from .own import by_owner, by_owner_later
from .reveal import REVEALED, is_reveal
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
    revealed = Value(is_reveal)
    same_as = doubles.same_as()
    not_same = doubles.not_same()


def check_new(change: Change, library: Library) -> Refusal | None:
    body = change.new or {}
    return (
        doubles.refuse_itself(change.id, body, "new")
        or _refuse_revealed(body)
        or library.refuse_unusable(body, "new")
        or library.refuse_wrong_stop(body, "new")
    )


def audience(record: Record) -> frozenset[str]:
    """Who made the stop, and those who walk together."""
    return frozenset({person_scope(record.body["by"]), team_scope(record.body["walk"])})


_later = by_owner_later("by")


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    """Who made the stop goes on with it; the walk's lead, or the service, reveals it."""
    if REVEALED in (change.set or {}):
        return _refuse_revealing(author, before, change)
    return _later(author, before, change, library) or doubles.refuse_itself(
        before.id, change.set or {}, "set"
    )


def _refuse_revealed(body: Mapping[str, Any]) -> Refusal | None:
    return Refusal("wrong-state", "/new/revealed") if REVEALED in body else None


def _refuse_revealing(author: Author, before: Record, change: Change) -> Refusal | None:
    """What was seen cannot be unseen: a reveal stands alone, and stands for good."""
    values = dict(change.set or {})
    reveal = values.pop(REVEALED)
    if values or reveal is None:
        return Refusal("wrong-state", "/set/revealed")
    if author.ability.system:
        return None
    if not author.ability.leads(author.person, before.body["walk"]):
        return Refusal("not-yours", "/set/revealed")
    return None if reveal.get("by") == author.person else Refusal("not-yours", "/set/revealed/by")


VISIT = Kind(
    "visit",
    VisitBody(),
    audience,
    by_owner("by"),
    allow_set,
    check_new,
    fixed=frozenset({"walk", "number", "school", "rubric", "by"}),
    once=frozenset({REVEALED}),
)
