"""From whatever JSON came over the wire to a checked change, or to the reason why not.

One bad change never stops the others: it becomes a refusal of its own. Only a change without
a usable cid spoils the request, because there is no name to answer it under.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from .canonical import BIGGEST_INTEGER, NotCanonical, canonical, escape, is_plain, write_plain
from .change import RECORD, Change, as_sent
from .errors import BadEnvelope, Refusal
from .rules import Rules

LONGEST_TEXT_CHARS = 200_000
BIGGEST_CHANGE_BYTES = 512 * 1024
MOST_PATHS = 2_000
MOST_SEEN = 64
KEYS_REMEMBERED = 4_096  # the names of fields and indicators come in every change

ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
KIND = re.compile(r"[a-z][a-z0-9_-]{0,31}")
KEY = re.compile(r"[A-Za-z0-9_.:~-]{1,80}")
PATH = re.compile(rf"{KEY.pattern}(?:/{KEY.pattern})?")
FIELDS = frozenset({"cid", "kind", "id", "at", "new", "set", "base", "seen", "after"})
NEW = '"new":'
# What a change does, without what was known when it was made.
SAID = frozenset({"at", "cid", "id", "kind", "new", "set"})


@dataclass(frozen=True, slots=True)
class Incoming:
    """One change of a request: readable (`change`), refused already (`refusal`), or both."""

    cid: str
    hash: str
    change: Change | None
    refusal: Refusal | None = None


class _Malformed(Exception):
    def __init__(self, code: str, pointer: str = "", detail: str = "") -> None:
        self.refusal = Refusal(code, pointer, detail)

    def inside(self, step: str | int) -> "_Malformed":
        """The same fault, seen from one level further out."""
        below = self.refusal
        return _Malformed(below.code, f"/{escape(str(step))}{below.pointer}", below.detail)


def parse_change(raw: Any, rules: Rules, pointer: str = "") -> Incoming:
    """Check one change for shape and for its kind; what is wrong with it becomes its refusal."""
    if not isinstance(raw, dict) or not _is(ID, raw.get("cid")):
        raise BadEnvelope("wrong-fields", f"{pointer}/cid", "a change needs a cid")
    receipt, is_quick = "", is_plain(raw, _is_key, LONGEST_TEXT_CHARS)
    try:
        text, encoded = _written(raw, is_quick)
        receipt = sha256(encoded).hexdigest()
        if len(encoded) > BIGGEST_CHANGE_BYTES:
            raise _Malformed("too-long", "", "the change is too large")
        change = _read(raw, text, receipt, is_quick)
    except _Malformed as trouble:
        return Incoming(raw["cid"], receipt, None, trouble.refusal)
    return Incoming(change.cid, receipt, change, rules.check(change))


def wrap(change: Change, rules: Rules) -> Incoming:
    """A change the service made itself, under the same checks as any tablet's."""
    return parse_change(as_sent(change), rules)


def _written(raw: dict[str, Any], is_quick: bool) -> tuple[str, bytes]:
    """The map as RFC 8785 writes it, as text and in bytes; `is_quick` says that it is plain."""
    if is_quick:
        try:
            text = write_plain(raw)
            return text, text.encode()
        except UnicodeEncodeError:
            pass  # half a letter somewhere: the longer way says where
    try:
        text = canonical(raw)
        return text, text.encode()
    except NotCanonical as trouble:
        raise _Malformed("wrong-type", trouble.pointer, trouble.why) from None


def _said(raw: dict[str, Any], receipt: str, is_quick: bool) -> str:
    """What the change does, hashed; for most that is all there is in it."""
    if raw.keys() <= SAID:
        return receipt
    said = {name: raw[name] for name in SAID if name in raw}
    return sha256(_written(said, is_quick)[1]).hexdigest()


def _read(raw: dict[str, Any], text: str, receipt: str, is_quick: bool) -> Change:
    _check_fields(raw)
    if "set" in raw:
        _check_within(raw, "set", _check_paths)
    elif not is_quick:  # else the same has been looked at already
        _check_within(raw, "new", _check_value)
    body, digest = _body(raw, text, is_quick)
    return Change(
        cid=raw["cid"],
        kind=raw["kind"],
        id=raw["id"],
        at=raw["at"],
        new=raw.get("new"),
        set=raw.get("set"),
        base=raw.get("base", 0),
        seen=tuple(raw.get("seen", ())),
        after=raw.get("after"),
        hash=receipt,
        said=_said(raw, receipt, is_quick),
        digest=digest,
        text=body,
    )


def _body(raw: dict[str, Any], text: str, is_quick: bool) -> tuple[str, str]:
    """A new body as text and its digest, made here: under the lock others would wait for it."""
    if "new" not in raw:
        return "", ""
    # Written already, and last of all where nothing is sent whose name comes after "new".
    is_last = raw.keys() <= SAID
    body = text[text.index(NEW) + len(NEW) : -1] if is_last else _written(raw["new"], is_quick)[0]
    return body, sha256(body.encode()).hexdigest()


def _check_fields(raw: dict[str, Any]) -> None:
    for name in sorted(raw.keys() - FIELDS):
        raise _Malformed("unknown-field", f"/{escape(name)}")
    for name in ("kind", "id", "at"):
        if name not in raw:
            raise _Malformed("missing-field", f"/{name}")
    if ("new" in raw) == ("set" in raw):
        raise _Malformed("missing-field", "/new", "a change has either new or set")
    for name, fits in _SHAPES.items():
        if name in raw and not fits(raw[name]):
            raise _Malformed("wrong-type", f"/{name}")


def _check_paths(values: dict[str, Any]) -> None:
    if len(values) > MOST_PATHS:
        raise _Malformed("too-long", "", "too many paths")
    for path, value in values.items():
        if path == RECORD and (len(values) > 1 or value is not None):
            raise _Malformed("wrong-type", "/", "a removal stands alone and is null")
        if path != RECORD and not PATH.fullmatch(path):
            raise _Malformed("unknown-field", f"/{escape(path)}")
        _check_within(values, path, _check_value)


def _check_value(value: Any) -> None:
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT_CHARS:
            raise _Malformed("too-long")
    elif isinstance(value, dict):
        for key in value:
            if not KEY.fullmatch(key):
                raise _Malformed("unknown-field", f"/{escape(key)}")
            _check_within(value, key, _check_value)
    elif isinstance(value, list):
        for position in range(len(value)):
            _check_within(value, position, _check_value)


def _check_within(outer: Any, step: str | int, check: Callable[[Any], None]) -> None:
    # The place is put together only when there is something to say: most changes are fine.
    try:
        check(outer[step])
    except _Malformed as trouble:
        raise trouble.inside(step) from None


@lru_cache(maxsize=KEYS_REMEMBERED)
def _is_key(key: Any) -> bool:
    return _is(KEY, key)


def _is(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= BIGGEST_INTEGER


def _is_seen(value: Any) -> bool:
    few = isinstance(value, list) and len(value) <= MOST_SEEN
    return few and all(_is(ID, cid) for cid in value)


_SHAPES: dict[str, Callable[[Any], bool]] = {
    "kind": lambda value: _is(KIND, value),
    "id": lambda value: _is(ID, value),
    "at": _is_count,
    "new": lambda value: isinstance(value, dict),
    "set": lambda value: isinstance(value, dict) and len(value) > 0,
    "base": _is_count,
    "seen": _is_seen,
    "after": lambda value: _is(ID, value),
}
