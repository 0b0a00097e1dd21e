"""A thank-you with one thing that was noticed: to the observer, or to the room a visit went to.

It names a visit by its number and nobody who teaches there (rulings 8). A kind of its own, because
what thanks a room is to go further than what the desk and an observer say to each other.
"""

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.scopes import desk_scope, person_scope
from ..access.table import DESK, OBSERVE
from .fault import pointer
from .kind import Kind
from .library import Library
from .own import refuse_elsewhere
from .values import Body, Value, moment, one_of, record_id, text, whole
from .visit import MAX_NUMBER

OBSERVER, ROOM = "observer", "room"


class ThankYouBody(Body):
    observation = Value(record_id, needed=True)
    observer = Value(record_id, needed=True)
    school = Value(record_id, needed=True)
    number = Value(whole(0, MAX_NUMBER), needed=True)
    to = Value(one_of((OBSERVER, ROOM)), needed=True)
    noticed = Value(text, needed=True)
    by = Value(record_id, needed=True)
    at = Value(moment, needed=True)


def check_new(change: Change, library: Library) -> Refusal | None:
    body = change.new or {}
    if not body["noticed"].strip():
        return Refusal("missing-field", pointer("new", "noticed"), "one thing that was noticed")
    if body["to"] == OBSERVER and body["by"] == body["observer"]:
        return Refusal("wrong-type", pointer("new", "to"), "nobody thanks themselves")
    return None


def allow_new(author: Author, change: Change) -> Refusal | None:
    """The observer or the desk of the school, each in their own name."""
    body = change.new or {}
    if body["by"] != author.person:
        return Refusal("not-yours", "/new/by")
    verb = OBSERVE if body["observer"] == author.person else DESK
    return refuse_elsewhere(author, verb, body["school"], "/new/school")


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    return Refusal("not-yours", "", "what was said stays said: write another one")


def audience(record: Record) -> frozenset[str]:
    body = record.body
    return frozenset({person_scope(body["observer"]), desk_scope(body["school"])})


THANK_YOU = Kind(
    "thank_you",
    ThankYouBody(),
    audience,
    allow_new,
    allow_set,
    check_new,
    fixed=frozenset(ThankYouBody().fields),
)
