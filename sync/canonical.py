"""One way to write a value down, so that a tablet and the server hash the same bytes (RFC 8785).

Bodies hold integers, strings, booleans, null, lists and maps; what two languages could write
differently (fractions, integers beyond 2^53, half a surrogate pair) is refused, never rounded.
"""

import json
import sys
from collections.abc import Callable
from hashlib import sha256
from typing import Any

BIGGEST_INTEGER = 2**53 - 1
MAX_DEPTH = 16
LONGEST_ANYWHERE = sys.maxsize  # characters; memory ends earlier

# A plain value has been walked to its end before it is written: it has no circles.
_encode_sorted = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False
).encode


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
    if is_plain(value, _is_ascii, LONGEST_ANYWHERE):
        text = write_plain(value)
        if _has_whole_letters(text):
            return text
    return _write(_ordered(value, 0))


def digest(value: Any) -> str:
    """SHA-256, in hex, of the canonical form."""
    return sha256(canonical(value).encode()).hexdigest()


def is_plain(
    value: Any, is_key: Callable[[str], object], longest: int, room: int = MAX_DEPTH
) -> bool:
    """Is it what nearly every value is, so that `write_plain` may write it?

    One quick look at everything in it, because it is taken at every change. False is no verdict,
    only a reason to look closely; True still leaves halves of surrogate pairs to be found.
    """
    kind = type(value)
    if kind is str:
        return len(value) <= longest
    if kind is int:
        return bool(-BIGGEST_INTEGER <= value <= BIGGEST_INTEGER)
    if kind is dict:
        return room > 0 and _is_plain_map(value, is_key, longest, room - 1)
    if kind is list:
        return room > 0 and all(is_plain(one, is_key, longest, room - 1) for one in value)
    return value is None or kind is bool


def _is_plain_map(
    value: dict[str, Any], is_key: Callable[[str], object], longest: int, room: int
) -> bool:
    for key, one in value.items():
        if not is_key(key):
            return False
        kind = type(one)
        # The commonest first, and without a call: this is the innermost loop of a push.
        if kind is str:
            if len(one) > longest:
                return False
        elif kind is int:
            if not -BIGGEST_INTEGER <= one <= BIGGEST_INTEGER:
                return False
        elif not is_plain(one, is_key, longest, room):
            return False
    return True


def write_plain(value: Any) -> str:
    """RFC 8785 of a plain value with ASCII keys: their order is the same in every alphabet."""
    return _encode_sorted(value)


def escape(key: str) -> str:
    """One step of an RFC 6901 pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def _write(in_order: Any) -> str:
    return json.dumps(in_order, ensure_ascii=False, separators=(",", ":"))


def _is_ascii(key: Any) -> bool:
    return type(key) is str and key.isascii()


def _has_whole_letters(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


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
