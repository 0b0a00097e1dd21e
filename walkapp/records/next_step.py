"""A next step of a walk: what, by whom, until when, and what became of it.

A record of its own, because its owner need not have walked along. What became of it is a list of
facts, each in the name of who said it: two people who say something at once say both, and the last
word counts.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.scopes import person_scope
from ..access.table import DESK
from .card import filled
from .fault import Fault, fault, pointer
from .kind import Kind
from .library import Library
from .values import Body, MapOf, Value, day, moment, one_of, record_id, shape_of, text
from .walking import only_true, place, refuse_other_name, refuse_outsider, team_and_desk

BEGUN, DONE, DROPPED, OPEN = "begun", "done", "dropped", "open"
CLOSED = frozenset({DONE, DROPPED})
SAID = "said"

_said = shape_of(
    {"is": one_of((OPEN, BEGUN, DONE, DROPPED)), "at": moment, "by": record_id}, {"text": text}
)


def said(_: str, value: Any) -> Fault | None:
    """How it stands; when it is closed, by what this was seen."""
    found = _said(value)
    if found is None and value["is"] in CLOSED and not value.get("text", "").strip():
        return fault("step-needs-evidence", "text")
    return found


class NextStepBody(Body):
    walk = Value(record_id, needed=True)
    school = Value(record_id, needed=True)
    by = Value(record_id, needed=True)
    at = Value(moment, needed=True)
    text = Value(filled, needed=True)
    owner = Value(record_id, needed=True)
    due = Value(day, needed=True)
    area = Value(place)  # the focus area it is for
    alone = Value(only_true)
    said = MapOf(said, record_id)


def allow_new(author: Author, change: Change) -> Refusal | None:
    """The team, or the desk of the school (a principal who assigns one)."""
    body = change.new or {}
    return (
        refuse_other_name(author, body)
        or _refuse_stranger(author, body, "/new")
        or _refuse_other_voice(author, (body.get(SAID) or {}).items(), "new", SAID)
    )


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    """The owner says how it stands; the team and the desk do that, and move owner and day."""
    if change.removes() and before.body["by"] != author.person:
        return Refusal("not-yours")
    values = change.set or {}
    is_saying = all(path.startswith(f"{SAID}/") for path in values)
    if not (is_saying and before.body["owner"] == author.person):
        found = _refuse_stranger(author, before.body)
        if found is not None:
            return found
    entries = ((path, one) for path, one in values.items() if path.startswith(f"{SAID}/"))
    return _refuse_other_voice(author, entries, "set")


def _refuse_stranger(author: Author, body: Mapping[str, Any], above: str = "") -> Refusal | None:
    if author.ability.may(DESK, body["school"]):
        return None
    return refuse_outsider(author, body, above)


def _refuse_other_voice(
    author: Author, entries: Iterable[tuple[str, Any]], *above: str
) -> Refusal | None:
    """What was said stays said, and everybody speaks for themselves."""
    for path, one in entries:
        if one is None or one.get("by") != author.person:
            return Refusal("not-yours", pointer(*above, path))
    return None


def audience(record: Record) -> frozenset[str]:
    """Who walked, the school's desk, who set it and who has it in hand."""
    body = record.body
    return team_and_desk(body) | {person_scope(body["by"]), person_scope(body["owner"])}


NEXT_STEP = Kind(
    "next_step",
    NextStepBody(),
    audience,
    allow_new,
    allow_set,
    fixed=frozenset({"walk", "school", "by", "at", "text", "area", "alone"}),
)
