"""A learning walk, or the day's own walk that quick visits go into (rulings 9)."""

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.scopes import desk_scope, member_scope, person_scope, team_scope
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
    key,
    line,
    moment,
    one_of,
    record_id,
    shape_of,
    text,
    whole,
)

PLANNED, DROP_IN = "walk", "drop-in"
MAX_MINUTES = 24 * 60

_asked = shape_of({"at": moment}, {})


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
    team = MapOf(lambda person, value: _asked(value), record_id)  # person -> when asked along
    also = MapOf(anything, key)  # texts the engine kept beside, for a person to fold back


def check_new(change: Change, library: Library) -> Refusal | None:
    body = change.new or {}
    if body["kind"] == PLANNED and not body.get("focus", "").strip():
        return Refusal("walk-needs-focus", "/new/focus")
    if body["kind"] != PLANNED and body.get("team"):
        return Refusal("walk-without-team", "/new/team")
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


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    """The lead plans on; a planned walk never loses its focus, and a team never its walk: what was
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
    by_owner("lead"),
    allow_set,
    check_new,
    fixed=frozenset({"kind", "school", "rubric", "lead", "media"}),
    text=frozenset({"title", "focus", "problem", "norms"}),
    chosen=frozenset({"date", "minutes"}),
)
