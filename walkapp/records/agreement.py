"""A teacher's agreement to be coached by one coach (rulings 7, 8).

The coach asks, the teacher agrees, each of them ends it. Each of these is a fact with its time and
its person: it is written once and never taken back, so that no order in which two tablets send can
bring to life again what somebody ended. In which rooms the coach may be reminded, the teacher says:
here alone a person and a room stand together.
"""

from collections.abc import Mapping
from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.scopes import asking_scope, person_scope
from ..access.table import AGREE, COACH
from .fault import Fault, fault, pointer
from .kind import Kind
from .library import Library
from .values import Body, MapOf, Value, moment, one_of, record_id, shape_of

PURPOSES = ("coaching",)
_fact = shape_of({"at": moment, "by": record_id}, {})


def _true(_: str, value: Any) -> Fault | None:
    return None if value is True else fault("wrong-type", detail="true")


class AgreementBody(Body):
    purpose = Value(one_of(PURPOSES), needed=True)
    coach = Value(record_id, needed=True)
    teacher = Value(record_id, needed=True)
    school = Value(record_id, needed=True)
    asked_at = Value(moment, needed=True)
    agreed = Value(_fact)
    over = Value(_fact)  # declined, taken back, withdrawn or ended: by whom, says which
    rooms = MapOf(_true, record_id)


def check_new(change: Change, library: Library) -> Refusal | None:
    """It begins with a question, and nobody asks themselves."""
    body = change.new or {}
    for name in ("agreed", "over", "rooms"):
        if name in body:
            return Refusal("not-yours", pointer("new", name), "it begins with a question")
    if body["teacher"] == body["coach"]:
        return Refusal("wrong-type", "/new/teacher", "another person than the coach")
    return None


def allow_new(author: Author, change: Change) -> Refusal | None:
    """Never held: a question in which nothing was written is not for a lead to decide."""
    body = change.new or {}
    if body["coach"] != author.person:
        return Refusal("not-yours", "/new/coach")
    if not author.ability.may(COACH, body["school"]):
        return Refusal("not-yours", "/new/school")
    return None


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    """The teacher agrees, names rooms and withdraws; the coach may end it, and nothing more."""
    if change.removes():
        return Refusal("not-yours", "", "what was agreed stays on record: end it")
    for path, value in (change.set or {}).items():
        if not _is_theirs(author, before.body, path, value):
            return Refusal("not-yours", pointer("set", path))
    return None


def _is_theirs(author: Author, body: Mapping[str, Any], path: str, value: Any) -> bool:
    is_teacher = author.person == body["teacher"]
    if path.startswith("rooms/"):
        return is_teacher
    if value is None or path not in ("agreed", "over") or value["by"] != author.person:
        return False
    if path == "over":
        # Also whose role has ended: to withdraw never needs a right.
        return is_teacher or author.person == body["coach"]
    return is_teacher and author.ability.may(AGREE, body["school"])


def audience(record: Record) -> frozenset[str]:
    body = record.body
    readers = {person_scope(body["coach"]), person_scope(body["teacher"])}
    return frozenset({*readers, asking_scope(body["coach"])})


AGREEMENT = Kind(
    "agreement",
    AgreementBody(),
    audience,
    allow_new,
    allow_set,
    check_new,
    fixed=frozenset({"purpose", "coach", "teacher", "school", "asked_at"}),
    once=frozenset({"agreed", "over"}),
)
