"""How a change meets the record it was made for.

Causality is exact, path by path: a write is seen if its row seq is not beyond the author's base,
or if it is one of the author's own changes the author named. What was seen is overwritten,
whatever the clocks say. Clocks only choose between writes that had not seen each other, and
whatever gives way is recorded (`was`) or kept beside; nothing that was written is dropped.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .change import RECORD, Body, Change
from .record import Record, Versions

FIXED, LWW, TEXT = "fixed", "lww", "text"
BESIDE = "also"
LONGEST_KEY = 80
SHORT_CID = 8

Writer = list[Any]  # [seq, at, cid]


@dataclass(slots=True)
class Merged:
    """The record after a change. `exact`: every path now holds what the author set."""

    body: Body
    ver: Versions
    removed: bool = False
    overwritten: Body = field(default_factory=dict)
    lost: Body = field(default_factory=dict)
    exact: bool = True

    def was(self) -> dict[str, Body] | None:
        """What the change cost: values it overwrote, and values of its own that gave way."""
        cost = {"overwritten": self.overwritten, "lost": self.lost}
        return {name: values for name, values in cost.items() if values} or None


def apply_change(body: Body | None, change: Change) -> Body | None:
    """Lay one change over a body, as a device does with its own; the body given stays as it is."""
    if change.new is not None:
        return change.new
    if body is None or change.removes():
        return None
    for path, value in (change.set or {}).items():
        body = put(body, path, value)
    return body


def merge(record: Record, change: Change, seq: int, rule: Callable[[str], str]) -> Merged:
    """Lay the change over the record at this seq; `rule` names how each path meets the unseen."""
    merged = Merged(record.body, dict(record.ver))
    if change.removes():
        _remove(merged, record, change)
        return merged
    # An edit revives a removed record: its body was kept.
    merged.exact = not record.removed
    for path, value in (change.set or {}).items():
        _meet(merged, change, seq, path, value, LWW if _is_beside(path) else rule(path))
    return merged


def _remove(merged: Merged, record: Record, change: Change) -> None:
    merged.removed = record.removed or not _unseen(change, record.ver.values())
    if not merged.removed:
        # Somebody wrote what the remover had not read: the edit wins.
        merged.lost[RECORD] = None
        merged.exact = False


def _meet(merged: Merged, change: Change, seq: int, path: str, value: Any, rule: str) -> None:
    current = get(merged.body, path)
    unseen = _unseen(change, _writers(merged.ver, path))
    if current == value or current is None:
        _apply(merged, change, seq, path, value)
    elif rule == FIXED or (unseen and value is None):
        _lose(merged, path, value)
    elif not unseen:
        _apply(merged, change, seq, path, value)
    else:
        _meet_unseen(merged, change, seq, path, value, rule, max(unseen, key=_order))


def _meet_unseen(
    merged: Merged, change: Change, seq: int, path: str, value: Any, rule: str, rival: Writer
) -> None:
    current = get(merged.body, path)
    merged.exact = False
    wins = (change.at, change.cid) > _order(rival)
    if wins:
        _apply(merged, change, seq, path, value)
    else:
        _lose(merged, path, value)
    if rule == TEXT:
        loser, cid = (current, rival[2]) if wins else (value, change.cid)
        _apply(merged, change, seq, beside(path, cid), loser)


def _apply(merged: Merged, change: Change, seq: int, path: str, value: Any) -> None:
    merged.overwritten[path] = get(merged.body, path)
    merged.body = put(merged.body, path, value)
    for covered in [known for known in merged.ver if known.startswith(f"{path}/")]:
        del merged.ver[covered]
    merged.ver[path] = [seq, change.at, change.cid]


def _lose(merged: Merged, path: str, value: Any) -> None:
    merged.lost[path] = value
    merged.exact = False


def _writers(ver: Versions, path: str) -> list[Writer]:
    """Who wrote here last: the path, its field, the keys it covers; else the creator."""
    parent = path.partition("/")[0]
    near = [ver[known] for known in ver if known and _touches(known, path, parent)]
    return near or [ver[RECORD]]


def _touches(known: str, path: str, parent: str) -> bool:
    return known in (path, parent) or known.startswith(f"{path}/")


def _unseen(change: Change, writers: Any) -> list[Writer]:
    known = (*change.seen, change.cid)  # one change may set a field and then a key in it
    return [w for w in writers if w[0] > change.base and w[2] not in known]


def _order(writer: Writer) -> tuple[int, str]:
    return writer[1], writer[2]


def beside(path: str, cid: str) -> str:
    """Where a text that gave way stands; a key holds no slash, so the path's becomes a colon."""
    room = LONGEST_KEY - SHORT_CID - 1
    return f"{BESIDE}/{path.replace('/', ':')[:room]}~{cid[:SHORT_CID]}"


def _is_beside(path: str) -> bool:
    return path.partition("/")[0] == BESIDE


def get(body: Mapping[str, Any], path: str) -> Any:
    """The value at `field` or `field/key`; None where there is none."""
    name, slash, key = path.partition("/")
    value = body.get(name)
    if not slash:
        return value
    return value.get(key) if isinstance(value, dict) else None


def put(body: Body, path: str, value: Any) -> Body:
    """A body with the value at the path (None removes); the body given stays as it is."""
    name, slash, key = path.partition("/")
    if not slash:
        return _with(body, name, value)
    inner = body.get(name)
    if isinstance(inner, dict):
        return {**body, name: _with(inner, key, value)}
    return body if value is None else {**body, name: {key: value}}


def _with(values: Body, key: str, value: Any) -> Body:
    if value is not None:
        return {**values, key: value}
    return {kept: held for kept, held in values.items() if kept != key}
