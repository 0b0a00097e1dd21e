"""What a teacher answers to what was written about her room. It stays attached for ever.

Its observer and the desk read it beside the note, as words of *the room*: it names no teacher, and
is no record of hers, because the mark under which a tablet keeps a row names whose it is. The
service writes it for her and lets nobody else change her words; and not even her, once somebody
has answered.
"""

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.scopes import claimed_scope, desk_scope, person_scope
from ..access.table import DESK, OBSERVE
from .fault import Fault, fault, pointer
from .kind import Kind
from .library import Library
from .service import by_service
from .values import Body, Value, moment, one_of, record_id, shape_of, text, whole
from .visit import MAX_NUMBER

ACKNOWLEDGE, CONTEXT, CORRECTION, THANKS, CONTEST = (
    "acknowledge", "context", "correction", "thanks", "contest",
)  # fmt: skip
SAYS = (ACKNOWLEDGE, CONTEXT, CORRECTION, THANKS, CONTEST)
WORDLESS = frozenset({ACKNOWLEDGE, THANKS})  # may be said without words
ANSWER = "answer"
HERS = frozenset({"says", "text", "changed_at"})

_answer = shape_of({"text": text, "at": moment, "by": record_id}, {})


def answer(value: object) -> Fault | None:
    found = _answer(value)
    if found is None and not value["text"].strip():  # type: ignore[index]
        return fault("missing-field", "text", detail="words")
    return found


class ReplyBody(Body):
    claim = Value(record_id, needed=True)
    copy = Value(record_id, needed=True)
    observation = Value(record_id, needed=True)
    observer = Value(record_id, needed=True)
    school = Value(record_id, needed=True)
    number = Value(whole(0, MAX_NUMBER), needed=True)
    says = Value(one_of(SAYS), needed=True)
    text = Value(text, needed=True)
    at = Value(moment, needed=True)
    changed_at = Value(moment)
    answer = Value(answer)


def check_new(change: Change, library: Library) -> Refusal | None:
    body = change.new or {}
    if ANSWER in body:
        return Refusal("not-yours", "/new/answer")
    return refuse_empty(body["says"], body["text"], "new")


def refuse_empty(says: str, words: str, above: str) -> Refusal | None:
    """To ask for something, or to add to something, takes words."""
    if says in WORDLESS or words.strip():
        return None
    return Refusal("missing-field", pointer(above, "text"), "words")


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    values = change.set or {}
    if change.removes():
        return Refusal("not-yours", "", "a reply stays attached")
    if author.ability.system:
        return _refuse_late(before, values.keys() <= HERS) or refuse_empty(
            values.get("says", before.body["says"]), values.get("text", before.body["text"]), "set"
        )
    if values.keys() != {ANSWER} or values[ANSWER] is None:
        return Refusal("not-yours", "", "these are the words of the room")
    if values[ANSWER]["by"] != author.person:
        return Refusal("not-yours", "/set/answer/by")
    return None if _may_answer(author, before) else Refusal("not-yours", "/set/answer")


def _refuse_late(before: Record, are_hers: bool) -> Refusal | None:
    if not are_hers:
        return Refusal("not-yours")
    return Refusal("reply-answered") if ANSWER in before.body else None


def _may_answer(author: Author, before: Record) -> bool:
    body, able = before.body, author.ability
    if able.may(DESK, body["school"]):
        return True
    return bool(author.person == body["observer"] and able.may(OBSERVE, body["school"]))


def audience(record: Record) -> frozenset[str]:
    body = record.body
    return frozenset(
        {claimed_scope(body["claim"]), person_scope(body["observer"]), desk_scope(body["school"])}
    )


REPLY = Kind(
    "reply",
    ReplyBody(),
    audience,
    by_service,
    allow_set,
    check_new,
    fixed=frozenset(ReplyBody().fields) - HERS - {ANSWER},
    once=frozenset({ANSWER}),
)
