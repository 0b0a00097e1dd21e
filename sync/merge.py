"""How a change meets the record it was made for.

Causality is exact, path by path: a write is seen if its row seq is not beyond the author's base,
or if it is one of the author's own changes the author named. What was seen is overwritten,
whatever the clocks say. Clocks only choose between writes that had not seen each other, and
whatever gives way is recorded (`was`) or kept beside; nothing that was written is dropped.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .change import RECORD, Body, Change
from .record import REMOVAL, TAKEN, Record, Versions

# TEXT and BOTH keep the loser beside: texts may be joined, of other values a person chooses one.
FIXED, LWW, TEXT, BOTH = "fixed", "lww", "text", "both"
KEEPS_BOTH = (TEXT, BOTH)
BESIDE = "also"
LONGEST_KEY = 80
SHORT_CID = 8

Writer = list[Any]  # [seq, at, cid], and TAKEN behind it where a row that came back wrote it


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
    writer = [seq, change.at, change.cid]
    if change.removes():
        _remove(merged, record, change, writer)
        return merged
    # An edit revives a removed record: its body was kept.
    merged.exact = not record.removed
    merged.ver.pop(REMOVAL, None)
    for path, value in (change.set or {}).items():
        named = LWW if _is_beside(path) else rule(path)
        _meet(merged, change, writer, path, value, named)
        if named in KEEPS_BOTH:
            _fold(merged, change, writer, path)
    return merged


def _remove(merged: Merged, record: Record, change: Change, writer: Writer) -> None:
    unseen = [each for each in _unseen(change, record.ver.values()) if _stays(each, change)]
    merged.removed = record.removed or not unseen
    if merged.removed:
        merged.ver.setdefault(REMOVAL, writer)
    else:
        # Somebody wrote what the remover had not read: the edit wins.
        merged.lost[RECORD] = None
        merged.exact = False


def _meet(merged: Merged, change: Change, writer: Writer, path: str, value: Any, rule: str) -> None:
    current = get(merged.body, path)
    unseen = _unseen(change, writers(merged.ver, path))
    if current == value or current is None:
        lay(merged, writer, path, value)
    elif rule == FIXED or (value is None and any(_stays(each, change) for each in unseen)):
        lose(merged, path, value)
    elif not unseen:
        lay(merged, writer, path, value)
    else:
        _meet_unseen(merged, change, writer, path, value, rule, max(unseen, key=order))


def _meet_unseen(
    merged: Merged, change: Change, writer: Writer, path: str, value: Any, rule: str, rival: Writer
) -> None:
    current = get(merged.body, path)
    merged.exact = False
    wins = order(writer) > order(rival)
    if wins:
        lay(merged, writer, path, value)
    else:
        lose(merged, path, value)
    # A row that came back is most often what this very change was made on: it is no rival's word.
    if rule in KEEPS_BOTH and not (wins and is_taken(rival)):
        loser, cid = (current, rival[2]) if wins else (value, change.cid)
        lay(merged, writer, beside(path, cid), loser)


def _fold(merged: Merged, change: Change, writer: Writer, path: str) -> None:
    """What stood beside of an author goes when the same author wrote on: it was only a step."""
    for cid in change.seen:
        place = beside(path, cid)
        if get(merged.body, place) is not None:
            lay(merged, writer, place, None)
            merged.exact = False


def lay(merged: Merged, writer: Writer, path: str, value: Any) -> None:
    """The path now holds this, by this writer; what it held before is recorded."""
    merged.overwritten[path] = get(merged.body, path)
    merged.body = put(merged.body, path, value)
    for covered in [known for known in merged.ver if known.startswith(f"{path}/")]:
        del merged.ver[covered]
    merged.ver[path] = writer


def lose(merged: Merged, path: str, value: Any) -> None:
    """The path keeps what it holds; what gave way is recorded."""
    merged.lost[path] = value
    merged.exact = False


def writers(ver: Versions, path: str) -> list[Writer]:
    """Who wrote here last: the path, its field, the keys it covers; else the creator."""
    parent = path.partition("/")[0]
    near = [ver[known] for known in ver if known and _touches(known, path, parent)]
    return near or [ver[RECORD]]


def _touches(known: str, path: str, parent: str) -> bool:
    return known in (path, parent) or known.startswith(f"{path}/")


def _unseen(change: Change, near: Iterable[Writer]) -> list[Writer]:
    known = (*change.seen, change.cid)  # one change may set a field and then a key in it
    return [each for each in near if each[0] > change.base and each[2] not in known]


def _stays(writer: Writer, change: Change) -> bool:
    """Does this unseen write survive being taken away? Of a row that came back only the time is
    known, not who wrote what: it stays if it is newer than the wish to remove it."""
    return not is_taken(writer) or order(writer) > (change.at, change.cid)


def order(writer: Writer) -> tuple[int, str]:
    """Of two writes that had not seen each other the greater one stands."""
    return writer[1], writer[2]


def is_taken(writer: Writer) -> bool:
    """Was this written by a row that came back from a lost history?"""
    return writer[3:] == [TAKEN]


def beside(path: str, cid: str) -> str:
    """Where a text that gave way stands; a key holds no slash, so the path's becomes a colon."""
    room = LONGEST_KEY - SHORT_CID - 1
    return f"{BESIDE}/{path.replace('/', ':')[:room]}~{cid[:SHORT_CID]}"


def _is_beside(path: str) -> bool:
    return path.partition("/")[0] == BESIDE


def difference(mine: Body, theirs: Body, maps: Iterable[str]) -> dict[str, Any]:
    """What to set to make the one body the other, path by path; keys of these maps are paths."""
    paths: dict[str, Any] = {}
    for name in {**mine, **theirs}:
        here, there = mine.get(name), theirs.get(name)
        if name in maps and _is_map(here) and _is_map(there):
            here, there = here or {}, there or {}
            keys = [key for key in {**here, **there} if here.get(key) != there.get(key)]
            paths |= {f"{name}/{key}": there.get(key) for key in keys}
        elif here != there:
            paths[name] = there
    return paths


def _is_map(value: Any) -> bool:
    return value is None or isinstance(value, dict)


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
