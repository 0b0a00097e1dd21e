"""What a coach gives a teacher: one strength, one question, one bite-size step (rubric draft
`coaching-feedback`). Written as a draft, given, and closed with evidence.

It stands on an agreement by its id alone; that the agreement is in force, the author's ability says
(`access/agreements.py`), so that a rule asks no other record.
"""

from collections.abc import Mapping
from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.agreements import Agreement
from ..access.scopes import coaching_scope, person_scope
from .fault import Fault, fault, pointer
from .kind import Kind
from .library import Library
from .values import (
    Body,
    MapOf,
    Value,
    anything,
    day,
    key,
    moment,
    one_of,
    record_id,
    shape_of,
    text,
    whole,
)

DRAFT, GIVEN = "draft", "given"
GIVERS = ("coach", "school_leader", "early_adopter")
# Not tried, tried once, tried and adjusted, part of routine.
MOST_UPTAKE = 4
WRITTEN = frozenset({"strength", "question", "step", "look_for"})
# The three that make a step whole; what to look for next time may be left open.
NEEDED = ("strength", "question", "step")
# A date may be moved for as long as the step is open.
MOVABLE = frozenset({"follow_up"})

_closed = shape_of({"uptake": whole(1, MOST_UPTAKE), "text": text, "at": moment}, {})


def closed(value: Any) -> Fault | None:
    """How far it came, and by what this was seen: never the one without the other."""
    found = _closed(value)
    if found is None and not value["text"].strip():
        return fault("step-needs-evidence", "text")
    return found


class CoachingStepBody(Body):
    agreement = Value(record_id, needed=True)
    teacher = Value(record_id, needed=True)
    school = Value(record_id, needed=True)
    by = Value(record_id, needed=True)
    state = Value(one_of((DRAFT, GIVEN)), needed=True)
    seen = Value(day, needed=True)
    giver = Value(one_of(GIVERS), needed=True)
    strength = Value(text)
    question = Value(text)
    step = Value(text)
    look_for = Value(text)
    practised = Value(one_of(("yes", "no")))
    follow_up = Value(day)
    closed = Value(closed)
    also = MapOf(anything, key)  # texts the engine kept beside, for a person to fold back


def check_new(change: Change, library: Library) -> Refusal | None:
    body = change.new or {}
    if "closed" in body:
        return Refusal("wrong-state", "/new/closed")
    return _refuse_unfinished(body, "new") if body["state"] == GIVEN else None


def allow_new(author: Author, change: Change) -> Refusal | None:
    return _refuse_other(author, change.new or {}, "/new")


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    """Its writer goes on with a draft, gives it, closes it; what was given stays as it was read."""
    values = change.set or {}
    return _refuse_other(author, before.body) or (
        _refuse_given(before.body, change)
        if before.body["state"] == GIVEN
        else _refuse_giving(before.body, values)
    )


def _refuse_other(author: Author, body: Mapping[str, Any], above: str = "") -> Refusal | None:
    """Under an agreement in force and nowhere else; where it is over, the work is kept."""
    if body["by"] != author.person:
        return Refusal("not-yours", f"{above}/by" if above else "")
    if any(_is_under(one, body) for one in author.ability.coaching):
        return None
    held = any(_is_under(one, body) for one in author.ability.coached)
    return Refusal("no-agreement", f"{above}/agreement" if above else "", held=held)


def _is_under(one: Agreement, body: Mapping[str, Any]) -> bool:
    named = body["agreement"], body["by"], body["teacher"], body["school"]
    return named == (one.id, one.coach, one.teacher, one.school)


def _refuse_giving(body: Mapping[str, Any], values: Mapping[str, Any]) -> Refusal | None:
    if "closed" in values:
        return Refusal("wrong-state", "/set/closed", "it was not given yet")
    if values.get("state") != GIVEN:
        return None
    return _refuse_unfinished({**body, **values}, "set")


def _refuse_unfinished(body: Mapping[str, Any], above: str) -> Refusal | None:
    for name in NEEDED:
        if not (body.get(name) or "").strip():
            return Refusal("missing-field", pointer(above, name), "words")
    return None


def _refuse_given(body: Mapping[str, Any], change: Change) -> Refusal | None:
    if change.removes():
        return Refusal("step-given")
    for path, value in (change.set or {}).items():
        if not _may_follow(body, path, value):
            return Refusal("step-given", pointer("set", path))
    return None


def _may_follow(body: Mapping[str, Any], path: str, value: Any) -> bool:
    if path.startswith("also/"):
        return value is None  # of two texts that met, the one that gave way is put away
    if "closed" in body:
        return False
    return path in MOVABLE or (path == "closed" and value is not None)


def audience(record: Record) -> frozenset[str]:
    """The coach while the agreement is in force; the teacher from when it was given, for good."""
    body = record.body
    readers = {coaching_scope(body["agreement"])}
    if body["state"] == GIVEN:
        readers.add(person_scope(body["teacher"]))
    return frozenset(readers)


COACHING_STEP = Kind(
    "coaching_step",
    CoachingStepBody(),
    audience,
    allow_new,
    allow_set,
    check_new,
    fixed=frozenset({"agreement", "teacher", "school", "by"}),
    text=WRITTEN,
)
