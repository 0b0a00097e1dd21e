"""One way to write a value down, so that a tablet and the server hash the same bytes (RFC 8785).

Bodies hold integers, strings, booleans, null, lists and maps; what two languages could write
differently (fractions, integers beyond 2^53, half a surrogate pair) is refused, never rounded.
"""

import json
from hashlib import sha256
from typing import Any

BIGGEST_INTEGER = 2**53 - 1
MAX_DEPTH = 16


class NotCanonical(ValueError):
    """A value has no canonical form here; `pointer` (RFC 6901) says where."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
        self.pointer = ""

    def inside(self, step: str | int) -> "NotCanonical":
        """The same trouble, seen from one level further out."""
        self.pointer = f"/{escape(str(step))}{self.pointer}"
        return self


def canonical(value: Any) -> str:
    """Write the value as RFC 8785 does, or say where it holds something we do not exchange."""
    return write(ordered(value))


def ordered(value: Any) -> Any:
    """The value with the keys of every map in order, ready for `write`."""
    return _ordered(value, 0)


def write(in_order: Any) -> str:
    """JSON as RFC 8785 spells it, of a value that is already in order."""
    return json.dumps(in_order, ensure_ascii=False, separators=(",", ":"))


def digest(value: Any) -> str:
    """SHA-256, in hex, of the canonical form."""
    return sha256(canonical(value).encode()).hexdigest()


def escape(key: str) -> str:
    """One step of an RFC 6901 pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def _ordered(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        _utf16(value)
    elif isinstance(value, int):
        _check_integer(value)
    elif isinstance(value, dict):
        return _ordered_map(value, _deeper(depth))
    elif isinstance(value, list):
        return _ordered_list(value, _deeper(depth))
    elif value is not None:
        raise NotCanonical(f"{type(value).__name__} is not exchanged")
    return value


def _ordered_map(value: dict[Any, Any], depth: int) -> dict[str, Any]:
    result = {}
    # RFC 8785 sorts by UTF-16 code units, as JavaScript does; Python would sort by code points.
    for key in sorted(value, key=_utf16):
        try:
            result[key] = _ordered(value[key], depth)
        except NotCanonical as trouble:
            raise trouble.inside(key) from None
    return result


def _ordered_list(value: list[Any], depth: int) -> list[Any]:
    result = []
    for position, item in enumerate(value):
        try:
            result.append(_ordered(item, depth))
        except NotCanonical as trouble:
            raise trouble.inside(position) from None
    return result


def _deeper(depth: int) -> int:
    if depth == MAX_DEPTH:
        raise NotCanonical("nested too deeply")
    return depth + 1


def _utf16(text: Any) -> bytes:
    if not isinstance(text, str):
        raise NotCanonical("a key is not a string")
    try:
        return text.encode("utf-16-be")
    except UnicodeEncodeError:
        raise NotCanonical("half a surrogate pair") from None


def _check_integer(value: int) -> None:
    if not -BIGGEST_INTEGER <= value <= BIGGEST_INTEGER:
        raise NotCanonical("integer beyond 2^53 - 1")
