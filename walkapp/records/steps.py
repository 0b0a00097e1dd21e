"""The states of an observation and who may take which step.

draft -> submitted -> released; back to draft by the observer before release, or by the
principal with a reason. Once it came back with a reason, what was rated stays as first given.
"""

from collections.abc import Mapping
from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.merge import BESIDE
from walkapp.sync.record import Record

from ..access.table import OBSERVE
from .doubles import refuse_joining
from .fault import pointer
from .own import refuse_elsewhere

DRAFT, SUBMITTED, RELEASED = "draft", "submitted", "released"
STATES = (DRAFT, SUBMITTED, RELEASED)
RETURN, REOPEN = "return", "reopen"
VERBS = (RETURN, REOPEN)
# Said with the step itself, by the clock of the tablet that took it; an older app says neither.
GIVEN_AT, RELEASE = "given_at", "released"

# What a return leaves alone: the agreement of observers always reads what was given first.
FROZEN_MAPS = frozenset(
    {
        "ratings", "gates", "counts", "choices",
        "asked", "sweeps", "intervals", "turns", "talk",
    }
)  # fmt: skip

_GIVING = frozenset({"state", GIVEN_AT})
_DECIDING = frozenset({"returned", RELEASE})  # the desk's to say

# From -> verb -> what leads back to draft.
_WAY_BACK = {SUBMITTED: RETURN, RELEASED: REOPEN}


def refuse(author: Author, before: Record, change: Change) -> Refusal | None:
    """Is this step, and everything else in the change, this author's to take now?"""
    body = before.body
    if _is_decision(author, body, change):
        return _refuse_principal(author, before, change)
    if author.person != body["observer"]:
        return Refusal("not-yours")
    return refuse_elsewhere(author, OBSERVE, body["school"]) or _refuse_observer(before, change)


def _is_decision(author: Author, body: Mapping[str, Any], change: Change) -> bool:
    """A principal who observed in her own school is both: what she sends says as whom."""
    if not author.ability.is_principal(body["school"]):
        return False
    values = change.set or {}
    decides = values.keys() & _DECIDING or values.get("state") == RELEASED
    return bool(decides) or author.person != body["observer"]


def _refuse_observer(before: Record, change: Change) -> Refusal | None:
    body, values = before.body, change.set or {}
    if change.removes():
        return _refuse_removal(body)
    refusal = _refuse_writing(before, values) or _refuse_lost_way_back(before, change)
    if "returned" in body and "state" in values:
        return _refuse_unseen(before, change, "returned") or refusal
    return refusal


def _refuse_lost_way_back(before: Record, change: Change) -> Refusal | None:
    """Taking back what the same person gave on another tablet may lose to it; what was written
    beside would then stand in an observation that is on the desk."""
    written = [path for path in change.set or {} if path not in _GIVING]
    if before.body["state"] == SUBMITTED and written and _refuse_unseen(before, change, "state"):
        return _at("observation-given", written)
    return None


def _refuse_unseen(before: Record, change: Change, path: str) -> Refusal | None:
    """Nobody decides about a version they have not read."""
    seq, _, cid, *_ = before.ver.get(path) or before.ver[""]
    if seq <= change.base or cid in change.seen:
        return None
    return Refusal("wrong-state", "/set/state", "it was moved on in the meantime")


def _refuse_writing(before: Record, values: Mapping[str, Any]) -> Refusal | None:
    body = before.body
    then = values.get("state", body["state"])
    written = [path for path in values if path not in _GIVING]
    if body["state"] == RELEASED:
        return _at("observation-released", values)
    if then == RELEASED:
        return Refusal("not-yours", "/set/state")
    for path in sorted(values.keys() & _DECIDING):
        return Refusal("not-yours", pointer("set", path))
    if GIVEN_AT in values and values.get("state") != SUBMITTED:
        return Refusal("wrong-state", pointer("set", GIVEN_AT), "said when it is given")
    if body["state"] == then == SUBMITTED and written:
        return _at("observation-given", written)
    joining = refuse_joining(before, values, is_given=then != DRAFT)
    return joining or _refuse_frozen(body, values)


def _refuse_frozen(body: Mapping[str, Any], values: Mapping[str, Any]) -> Refusal | None:
    if not is_frozen(body):
        return None
    frozen = [path for path, value in values.items() if _is_frozen(path, value)]
    return _at("ratings-frozen", frozen) if frozen else None


def is_frozen(body: Mapping[str, Any]) -> bool:
    """Was it given for good once: sent back with a reason, or seen by the team?"""
    return "returned" in body or "revealed" in body


def _is_frozen(path: str, value: Any) -> bool:
    head, _, key = path.partition("/")
    # What the engine kept beside may be put away; nothing new comes to stand there.
    brings = head == BESIDE and value is not None
    return (key.partition(":")[0] if brings else head) in FROZEN_MAPS


def _refuse_removal(body: Mapping[str, Any]) -> Refusal | None:
    """A draft nobody was given may be thrown away by its observer."""
    if body["state"] == RELEASED:
        return Refusal("observation-released")
    if body["state"] == SUBMITTED:
        return Refusal("observation-given")
    return Refusal("ratings-frozen") if is_frozen(body) else None


def _refuse_principal(author: Author, before: Record, change: Change) -> Refusal | None:
    body, values = before.body, change.set or {}
    for path in values:
        if path != "state" and path not in _DECIDING:
            return Refusal("not-yours", pointer("set", path), "only the observer writes here")
    if RELEASE in values and values.get("state") != RELEASED:
        return Refusal("wrong-state", pointer("set", RELEASE))
    unseen = _refuse_unseen(before, change, "state")
    if unseen or "returned" in values:
        return unseen or _refuse_sending_back(author, body, values)
    if values.get("state") == RELEASED and body["state"] in (SUBMITTED, RELEASED):
        return _refuse_release(author, values)
    if values.get("state") == DRAFT and body["state"] in _WAY_BACK:
        return Refusal("reason-missing", "/set/returned")
    return Refusal("wrong-state", "/set/state")


def _refuse_sending_back(
    author: Author, body: Mapping[str, Any], values: Mapping[str, Any]
) -> Refusal | None:
    returned = values["returned"]
    if returned is None:
        return Refusal("reason-missing", "/set/returned")
    if returned["by"] != author.person:
        return Refusal("not-yours", "/set/returned/by")
    if values.get("state") != DRAFT or body["state"] not in _WAY_BACK:
        return Refusal("wrong-state", "/set/state")
    if returned["verb"] != _WAY_BACK[body["state"]]:
        return Refusal("wrong-state", "/set/returned/verb")
    return None


def _refuse_release(author: Author, values: Mapping[str, Any]) -> Refusal | None:
    """When and by whom it was released; whoever releases speaks of herself."""
    release = values.get(RELEASE, {"by": author.person})
    if release is None:
        return Refusal("missing-field", pointer("set", RELEASE))
    return None if release["by"] == author.person else Refusal("not-yours", "/set/released/by")


def _at(code: str, paths: Mapping[str, Any] | list[str]) -> Refusal:
    """Refused at the first of these paths."""
    return Refusal(code, pointer("set", next(iter(paths))) if paths else "")
