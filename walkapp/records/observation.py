"""One observer's record of one visit: what it holds, who reads it (rulings 1-4)."""

from collections.abc import Mapping
from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.scopes import desk_scope, person_scope, team_scope, within_scope
from ..rubric import Rubric
from . import answers, doubles, instruments, planned, steps
from .fault import Fault, fault, pointer
from .kind import Kind, check_paths
from .library import Library
from .media import MEDIA, refuse_photos
from .moving import moves, refuse_misfit, refuse_moving
from .own import by_owner
from .reveal import REVEALED, SERVICES, TOGETHER, is_reveal
from .values import (
    Body,
    MapOf,
    Value,
    anything,
    day,
    key,
    line,
    moment,
    one_of,
    record_id,
    shape,
    shape_of,
    text,
    whole,
)
from .visit import MAX_NUMBER

FIXED = frozenset(
    {"walk", "visit", "number", "school", "observer", "started_at", "media", "minutes"}
)
TEXTS = frozenset({"focus", "evidence", "answers", "rows"})
COUNTED = frozenset({"asked", "sweeps", "intervals", "turns", "talk", "ink"})
CHOSEN = frozenset({"ratings", "gates", "counts", "context", "choices", "seats"}) | COUNTED


def returned(value: Any) -> Fault | None:
    """Why it came back: a reason in words, from whom, when, and from which state."""
    found = shape(value, _RETURNED, {})
    if found is None and not value["reason"].strip():
        return fault("reason-missing", "reason")
    return found


_RETURNED = {"reason": text, "at": moment, "by": record_id, "verb": one_of(steps.VERBS)}


def only_true(value: Any) -> Fault | None:
    """A mark is there or it is not."""
    return None if value is True else fault("wrong-type", detail="true, or nothing")


class ObservationBody(Body):
    """The declaration before its rubric is known; `bind` makes the whole of it."""

    walk = Value(record_id, needed=True)
    visit = Value(record_id, needed=True)
    number = Value(whole(0, MAX_NUMBER), needed=True)
    school = Value(record_id, needed=True)
    rubric = Value(record_id, needed=True)
    observer = Value(record_id, needed=True)
    state = Value(one_of(steps.STATES), needed=True)
    form = Value(planned.form, needed=True)
    date = Value(day, needed=True)
    focus = Value(text)
    media = Value(one_of(MEDIA))  # as the walk says
    minutes = Value(planned.minutes)  # as the walk says
    together = Value(only_true)  # made in a team's walk
    revealed = Value(is_reveal)
    started_at = Value(moment, needed=True)
    ended_at = Value(moment)
    last = Value(line)  # the indicator that was open, to go on there
    context = MapOf(anything, key)
    gates = MapOf(anything, key)
    ratings = MapOf(anything, key)
    counts = MapOf(anything, key)
    evidence = MapOf(anything, key)
    photos = MapOf(anything, key)
    answers = MapOf(anything, key)
    choices = MapOf(anything, key)
    rows = MapOf(anything, key)
    asked = MapOf(anything, key)
    sweeps = MapOf(anything, key)
    intervals = MapOf(anything, key)
    seats = Value(instruments.seats)
    turns = MapOf(anything, key)
    talk = MapOf(anything, key)
    ink = MapOf(anything, key)
    also = MapOf(anything, key)  # what the engine or its observer kept beside, for a choice
    returned = Value(returned)
    given_at = Value(moment)
    released = Value(shape_of({"at": moment, "by": record_id}, {}))
    same_as = doubles.same_as()
    not_same = doubles.not_same()
    brought = doubles.brought()

    # What two tablets wrote of one thing, or what two visits that were one say of it.
    beside = TEXTS | CHOSEN


def bind(rubric: Rubric, library: Library) -> Body:
    """The same declaration with the indicators, levels and fields of this rubric."""
    maps = {
        "context": answers.context_of(rubric),
        "gates": answers.gates_of(rubric),
        "ratings": answers.ratings_of(rubric),
        "counts": answers.counts_of(rubric),
        "evidence": answers.evidence_of(rubric),
        "photos": answers.photos_of(rubric),
        "answers": answers.answers_of(rubric),
        "choices": answers.choices_of(rubric),
        "rows": answers.rows_of(rubric),
        "asked": instruments.asked_of(rubric),
        "sweeps": instruments.sweeps_of(library),
        "intervals": instruments.intervals_of(library),
        "turns": instruments.turns_of(library),
        "talk": instruments.talk_of(),
        "ink": instruments.ink_of(rubric),
    }
    bound: type[Body] = type("BoundObservationBody", (ObservationBody,), maps)
    return bound()


def declaration(body: Mapping[str, Any], library: Library) -> Body:
    """Bound to the rubric where it can be used, so that a whole observation is read once."""
    rubric = library.get(body.get("rubric"))
    return library.bound(rubric, bind) if rubric and rubric.is_published else _UNBOUND


def check_stop(body: Mapping[str, Any], library: Library, *above: str) -> Refusal | None:
    return library.refuse_unusable(body, *above) or library.refuse_wrong_stop(body, *above)


def check_new(change: Change, library: Library) -> Refusal | None:
    """A new observation begins with its observer: nobody has released or returned it."""
    body = change.new or {}
    if body["state"] == steps.RELEASED:
        return Refusal("wrong-state", "/new/state")
    for path in ("returned", steps.RELEASE, REVEALED):
        if path in body:
            return Refusal("wrong-state", pointer("new", path))
    if body["state"] != steps.DRAFT and doubles.SAME_AS in body:
        return Refusal("observation-joined", "/new/state")
    return (
        doubles.refuse_itself(change.id, body, "new")
        or refuse_photos(body, body, "new")
        or check_stop(body, library, "new")
    )


def audience(record: Record) -> frozenset[str]:
    """The observer alone, until it is given to the school's principal; of a team's walk, until it
    is given and its visit revealed."""
    body = record.body
    readers = {person_scope(body["observer"])}
    if TOGETHER in body:
        readers.add(within_scope(body["walk"]))
    if body["state"] == steps.DRAFT or (TOGETHER in body and REVEALED not in body):
        return frozenset(readers)
    readers.add(desk_scope(body["school"]))
    if TOGETHER in body:
        readers.add(team_scope(body["walk"]))
    return frozenset(readers)


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    """The observer writes, the principal decides, the service marks what a team may see; nobody
    does another's part."""
    values = change.set or {}
    if author.ability.system:
        return None if values.keys() <= SERVICES else Refusal("not-yours")
    for path in sorted(values.keys() & SERVICES):
        return Refusal("not-yours", pointer("set", path))
    return (
        steps.refuse(author, before, change)
        or doubles.refuse_itself(before.id, values, "set")
        or refuse_photos(before.body, values, "set")
        or refuse_moving(before, values, library, is_open=_is_open(before))
        or _refuse_answers(before, change, library)
    )


def _refuse_answers(before: Record, change: Change, library: Library) -> Refusal | None:
    if change.removes() or (change.set or {}).keys() <= _STEP:
        return None
    values = change.set or {}
    rubric = library.get(values.get("rubric", before.body["rubric"]))
    if rubric is None:
        # Made under a release that carried the rubric; this one cannot check what is answered.
        return Refusal("no-such-rubric")
    declared = library.bound(rubric, bind)
    if not moves(before, values):
        return check_paths(declared, values)
    # What is taken away may have had its place in the old version only.
    stays = {path: value for path, value in values.items() if value is not None}
    return check_paths(declared, stays) or refuse_misfit(before, change, declared)


def _is_open(before: Record) -> bool:
    return before.body["state"] == steps.DRAFT and not steps.is_frozen(before.body)


_STEP = frozenset({"state", "returned", steps.GIVEN_AT, steps.RELEASE})
_UNBOUND = ObservationBody()

OBSERVATION = Kind(
    "observation",
    _UNBOUND,
    audience,
    by_owner("observer"),
    allow_set,
    check_new,
    declaration=declaration,
    fixed=FIXED,
    once=SERVICES,
    text=TEXTS,
    chosen=CHOSEN,
)
