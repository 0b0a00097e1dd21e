"""A learning walk, or the day's own walk that quick visits go into (rulings 9)."""

from collections.abc import Iterable
from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.scopes import desk_scope, member_scope, person_scope, team_scope
from . import planned
from .fault import Fault, fault, pointer
from .kind import Kind
from .library import Library
from .media import MEDIA
from .own import by_owner, by_owner_later
from .values import (
    Body,
    MapOf,
    Value,
    anything,
    day,
    filled_line,
    key,
    line,
    moment,
    one_of,
    record_id,
    shape_of,
    text,
    whole,
)
from .walking import place, walks_in

PLANNED, DROP_IN = "walk", "drop-in"
MAX_MINUTES = 24 * 60

# What the team writes of its debrief (decision 0040).
AREAS, CLUSTERS, DEBRIEFED = "areas", "clusters", "debriefed"
DEBRIEF = frozenset({AREAS, CLUSTERS, DEBRIEFED})
# Two places and no third: however many write at once, a walk has no more focus areas.
AREA_PLACES = ("1", "2")

_asked = shape_of({"at": moment}, {})
_cluster = shape_of({"title": filled_line, "at": moment}, {})


def _area_place(value: str) -> Fault | None:
    return None if value in AREA_PLACES else fault("unknown-field", detail="a walk has two places")


class WalkBody(Body):
    kind = Value(one_of((PLANNED, DROP_IN)), needed=True)
    title = Value(line)
    focus = Value(text)
    problem = Value(text)
    date = Value(day, needed=True)
    school = Value(record_id, needed=True)
    rubric = Value(record_id, needed=True)
    lead = Value(record_id, needed=True)
    minutes = Value(whole(1, MAX_MINUTES))
    media = Value(one_of(MEDIA))
    norms = Value(text)  # read before the first room
    look_fors = Value(text)  # one a line
    form = Value(planned.form)  # with which each observation begins
    visit_minutes = Value(planned.minutes)
    team = MapOf(lambda person, value: _asked(value), record_id)  # person -> when asked along
    clusters = MapOf(lambda id, value: _cluster(value), record_id)  # named by hand
    areas = MapOf(lambda _, value: place(value), _area_place)
    debriefed = Value(shape_of({"at": moment, "by": record_id}, {}))
    also = MapOf(anything, key)  # texts the engine kept beside, for a person to fold back


def check_new(change: Change, library: Library) -> Refusal | None:
    body = change.new or {}
    if body["kind"] == PLANNED and not body.get("focus", "").strip():
        return Refusal("walk-needs-focus", "/new/focus")
    if body["kind"] != PLANNED and body.get("team"):
        return Refusal("walk-without-team", "/new/team")
    for name in sorted(DEBRIEF & body.keys()) if body["kind"] != PLANNED else ():
        return Refusal("walk-without-debrief", pointer("new", name))
    return library.refuse_unusable(body, "new")


def audience(record: Record) -> frozenset[str]:
    """The lead and the team; a planned walk is no secret from the school's principal."""
    body = record.body
    readers = {person_scope(body["lead"])}
    if body["kind"] == PLANNED:
        readers.add(desk_scope(body["school"]))
    if "team" in body:
        members = (member_scope(person) for person in {body["lead"], *body["team"]})
        readers |= {team_scope(record.id), *members}
    return frozenset(readers)


_later = by_owner_later("lead")


def allow_new(author: Author, change: Change) -> Refusal | None:
    body = change.new or {}
    return _by_lead(author, change) or _refuse_other_closing(author, body.items(), "new")


_by_lead = by_owner("lead")


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    """The lead plans on, the team debriefs."""
    values = change.set or {}
    if values and all(path.partition("/")[0] in DEBRIEF for path in values):
        return _refuse_debriefing(author, before, change, library)
    return _refuse_planning(author, before, change, library)


def _refuse_debriefing(
    author: Author, before: Record, change: Change, library: Library
) -> Refusal | None:
    values = change.set or {}
    if before.body["kind"] != PLANNED:
        return Refusal("walk-without-debrief", pointer("set", next(iter(values))))
    found = _refuse_other_closing(author, values.items(), "set")
    if found is not None or walks_in(author, before.id, before.body["school"]):
        return found
    return _refuse_late(author, before) or _later(author, before, change, library)


def _refuse_late(author: Author, before: Record) -> Refusal | None:
    """Who walked along, and may observe there no longer: kept for the lead of the district."""
    mine = (one for one in author.ability.walked if one.walk == before.id)
    return Refusal("not-yours", held=True) if any(mine) else None


def _refuse_other_closing(
    author: Author, values: Iterable[tuple[str, Any]], above: str
) -> Refusal | None:
    """Everybody closes a debrief in their own name."""
    closing = dict(values).get(DEBRIEFED)
    if closing is None or closing["by"] == author.person:
        return None
    return Refusal("not-yours", pointer(above, DEBRIEFED))


def _refuse_planning(
    author: Author, before: Record, change: Change, library: Library
) -> Refusal | None:
    """A planned walk never loses its focus, and a team never its walk: what was
    given in it would wait for a reveal that nobody could make."""
    values = change.set or {}
    if change.removes() and "team" in before.body:
        return Refusal("wrong-state", "", "a team walks in it")
    loses_focus = "focus" in values and not (values["focus"] or "").strip()
    if loses_focus and before.body["kind"] == PLANNED:
        return Refusal("walk-needs-focus", "/set/focus")
    if before.body["kind"] != PLANNED and any(path.startswith("team/") for path in values):
        return Refusal("walk-without-team", "/set/team")
    return _later(author, before, change, library)


WALK = Kind(
    "walk",
    WalkBody(),
    audience,
    allow_new,
    allow_set,
    check_new,
    fixed=frozenset({"kind", "school", "rubric", "lead", "media", "form", "visit_minutes"}),
    text=frozenset({"title", "focus", "problem", "norms", "look_fors"}),
    chosen=frozenset({"date", "minutes"}),
)
