"""Is this her room? Asked of those who went there: the observers of a visit, its walk's lead.

They know the room already; that a teacher says it was hers is all they learn, and she agreed to
that. The desk, reports and everybody else never read it (rulings 8).
"""

from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.scopes import claimed_scope, linked_scope, person_scope
from ..access.table import OBSERVE
from .fault import Fault, fault
from .kind import Kind
from .library import Library
from .service import by_service
from .values import Body, MapOf, Value, day, moment, record_id, shape_of, truth, whole
from .visit import MAX_NUMBER

ANSWER = "answer"
_answer = shape_of({"yes": truth, "at": moment, "by": record_id}, {})


def _true(_: str, value: Any) -> Fault | None:
    return None if value is True else fault("wrong-type", detail="true")


class ClaimQuestionBody(Body):
    claim = Value(record_id, needed=True)
    teacher = Value(record_id, needed=True)
    school = Value(record_id, needed=True)
    walk = Value(record_id, needed=True)
    visit = Value(record_id, needed=True)
    number = Value(whole(0, MAX_NUMBER), needed=True)
    date = Value(day, needed=True)
    room = Value(record_id)  # which it went to; they know it
    asked = MapOf(_true, record_id)  # persons
    observations = MapOf(_true, record_id)  # given in this visit when it was asked
    asked_at = Value(moment, needed=True)
    answer = Value(_answer)


def check_new(change: Change, library: Library) -> Refusal | None:
    return Refusal("not-yours", "/new/answer") if ANSWER in (change.new or {}) else None


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    """One of those who were asked answers, in their own name; the service takes it back."""
    if author.ability.system:
        return None if change.removes() else Refusal("not-yours")
    if before.removed:
        return Refusal("unknown-record", "/id")  # the claim was withdrawn: an answer is too late
    values = change.set or {}
    answer = values.get(ANSWER)
    if values.keys() != {ANSWER} or answer is None:
        return Refusal("not-yours")
    if author.person not in before.body.get("asked", {}) or answer["by"] != author.person:
        return Refusal("not-yours", "/set/answer/by")
    may = author.ability.may(OBSERVE, before.body["school"])
    return None if may else Refusal("not-yours", "/set/answer")


def is_confirmed(record: Record) -> bool:
    answer = record.body.get(ANSWER)
    return not record.removed and bool(answer and answer["yes"])


def audience(record: Record) -> frozenset[str]:
    body = record.body
    asked = (person_scope(person) for person in body.get("asked", {}))
    looked_up = {claimed_scope(body["claim"])}
    if body.get(ANSWER, {}).get("yes"):
        looked_up.add(linked_scope(body["visit"]))
    return frozenset({*asked, *looked_up})


CLAIM_QUESTION = Kind(
    "claim_question",
    ClaimQuestionBody(),
    audience,
    by_service,
    allow_set,
    check_new,
    fixed=frozenset(ClaimQuestionBody().fields) - {ANSWER},
    once=frozenset({ANSWER}),
)
