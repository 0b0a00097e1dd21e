"""A teacher says "this was my room", and agrees to what follows from that (frameworks 5.1).

The claim is hers alone: it names her, a room and a day, and nobody else is ever sent it. Whether
anybody visited there it does not say, so that a claim tells nothing about visits. Who visited is
asked by a record of its own (`claim_question`), and what comes of it stands in others still.
"""

from collections.abc import Mapping
from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.scopes import claims_scope, person_scope
from ..access.table import AGREE
from .fault import pointer
from .kind import Kind
from .library import Library
from .values import Body, Value, day, moment, one_of, record_id, shape_of, text, whole
from .visit import MAX_NUMBER

READING = "reading"
PURPOSES = (READING,)
OVER, READABLE = "over", "readable_at"

_fact = shape_of({"at": moment, "by": record_id}, {})


class ClaimBody(Body):
    purpose = Value(one_of(PURPOSES), needed=True)
    teacher = Value(record_id, needed=True)
    school = Value(record_id, needed=True)
    date = Value(day, needed=True)
    room = Value(record_id)
    number = Value(whole(1, MAX_NUMBER))  # of the visit, where she was told it
    words = Value(text, needed=True)  # what she agreed to, as it stood before her
    agreed_at = Value(moment, needed=True)
    over = Value(_fact)  # withdrawn
    readable_at = Value(moment)  # since when there is something (new) to read: the service's


def check_new(change: Change, library: Library) -> Refusal | None:
    body = change.new or {}
    for name in (OVER, READABLE):
        if name in body:
            return Refusal("not-yours", pointer("new", name))
    if "room" not in body and "number" not in body:
        return Refusal("missing-field", "/new/room", "a room or the number of a visit")
    return None if body["words"].strip() else Refusal("missing-field", "/new/words")


def allow_new(author: Author, change: Change) -> Refusal | None:
    """Each for herself, where she teaches. Never held: nobody decides about a consent."""
    body = change.new or {}
    if body["teacher"] != author.person:
        return Refusal("not-yours", "/new/teacher")
    may = author.ability.may(AGREE, body["school"])
    return None if may else Refusal("not-yours", "/new/school")


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    """She withdraws, and nobody else; the service says when there is something to read."""
    if change.removes():
        return Refusal("not-yours", "", "what was agreed stays on record: withdraw it")
    for path, value in (change.set or {}).items():
        if not _is_theirs(author, before.body, path, value):
            return Refusal("not-yours", pointer("set", path))
    return None


def _is_theirs(author: Author, body: Mapping[str, Any], path: str, value: Any) -> bool:
    if author.ability.system:
        return path == READABLE
    # Also whose role has ended: to withdraw never needs a right.
    is_hers = author.person == body["teacher"] and path == OVER
    return is_hers and value is not None and bool(value["by"] == author.person)


def audience(record: Record) -> frozenset[str]:
    body = record.body
    readers = {person_scope(body["teacher"])}
    return frozenset(readers if OVER in body else {*readers, claims_scope(body["school"])})


CLAIM = Kind(
    "claim",
    ClaimBody(),
    audience,
    allow_new,
    allow_set,
    check_new,
    fixed=frozenset(ClaimBody().fields) - {OVER, READABLE},
    once=frozenset({OVER}),
)
