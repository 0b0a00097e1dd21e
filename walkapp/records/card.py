"""A card of the debrief: what somebody noticed or wonders, from hall work or lifted from a note.

It carries the number of the visit and never who wrote the note it came from. Its words stay as they
were put up: who wants others takes the card away and puts up a new one. The team moves it about.
"""

from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from .fault import Fault, fault, pointer
from .kind import Kind
from .library import Library
from .values import Body, Value, moment, one_of, record_id, text, whole
from .visit import MAX_NUMBER
from .walking import only_true, place, refuse_other_name, refuse_outsider, team_and_desk

NOTICE, WONDER = "notice", "wonder"
# Where it lies on the board: with an indicator, or in a cluster that somebody named.
MOVES = frozenset({"indicator", "cluster"})


def filled(value: Any) -> Fault | None:
    found = text(value)
    if found is None and not value.strip():
        return fault("missing-field", detail="words")
    return found


class CardBody(Body):
    walk = Value(record_id, needed=True)
    school = Value(record_id, needed=True)
    by = Value(record_id, needed=True)
    at = Value(moment, needed=True)
    sort = Value(one_of((NOTICE, WONDER)), needed=True)
    text = Value(filled, needed=True)
    visit = Value(record_id)
    number = Value(whole(0, MAX_NUMBER))
    line = Value(record_id)  # the note it was lifted from, so that nobody lifts it twice
    alone = Value(only_true)
    indicator = Value(place)
    cluster = Value(record_id)


def check_new(change: Change, library: Library) -> Refusal | None:
    body = change.new or {}
    for one, other in (("visit", "number"), ("number", "visit"), ("line", "visit")):
        if one in body and other not in body:
            return Refusal("missing-field", pointer("new", other))
    return None


def allow_new(author: Author, change: Change) -> Refusal | None:
    body = change.new or {}
    return refuse_other_name(author, body) or refuse_outsider(author, body, "/new")


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    """Everybody of the team moves it; who put it up takes it away."""
    if change.removes() and before.body["by"] != author.person:
        return Refusal("not-yours")
    return refuse_outsider(author, before.body)


def audience(record: Record) -> frozenset[str]:
    return team_and_desk(record.body)


CARD = Kind(
    "card",
    CardBody(),
    audience,
    allow_new,
    allow_set,
    check_new,
    fixed=frozenset(CardBody().fields) - MOVES,
)
