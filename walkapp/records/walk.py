"""A learning walk, or the day's own walk that quick visits go into (rulings 9)."""

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.scopes import desk_scope, person_scope
from .kind import Kind
from .library import Library
from .media import MEDIA
from .own import by_owner, by_owner_later
from .values import Body, MapOf, Value, anything, day, key, line, one_of, record_id, text, whole

PLANNED, DROP_IN = "walk", "drop-in"
MAX_MINUTES = 24 * 60


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
    also = MapOf(anything, key)  # texts the engine kept beside, for a person to fold back


def check_new(change: Change, library: Library) -> Refusal | None:
    body = change.new or {}
    if body["kind"] == PLANNED and not body.get("focus", "").strip():
        return Refusal("walk-needs-focus", "/new/focus")
    return library.refuse_unusable(body, "new")


def audience(record: Record) -> frozenset[str]:
    """The lead; a planned walk is no secret from the school's principal."""
    readers = {person_scope(record.body["lead"])}
    if record.body["kind"] == PLANNED:
        readers.add(desk_scope(record.body["school"]))
    return frozenset(readers)


_later = by_owner_later("lead")


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    """The lead plans on; a planned walk never loses its focus."""
    values = change.set or {}
    loses_focus = "focus" in values and not (values["focus"] or "").strip()
    if loses_focus and before.body["kind"] == PLANNED:
        return Refusal("walk-needs-focus", "/set/focus")
    return _later(author, before, change, library)


WALK = Kind(
    "walk",
    WalkBody(),
    audience,
    by_owner("lead"),
    allow_set,
    check_new,
    fixed=frozenset({"kind", "school", "rubric", "lead", "media"}),
    text=frozenset({"title", "focus", "problem"}),
    chosen=frozenset({"date", "minutes"}),
)
