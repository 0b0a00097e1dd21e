"""JSON as it may arrive: each way in which it can be broken has its own problem."""

import json
import zlib
from typing import Any

from .problems import Problem

DEEPEST = 32
LONGEST_NUMBER_CHARS = 40


def read_json(body: bytes, encoding: str, most_bytes: int) -> Any:
    """The value in a body, at most `most_bytes` long once it is unpacked."""
    return parse(unpack(body, encoding, most_bytes))


def unpack(body: bytes, encoding: str, most_bytes: int) -> bytes:
    """The plain bytes; a small body that would unpack to a huge one is refused while it unpacks."""
    if encoding not in ("", "identity", "gzip"):
        raise Problem("unknown-encoding")
    if encoding == "gzip":
        body = _gunzip(body, most_bytes)
    if len(body) > most_bytes:
        raise Problem("too-large")
    return body


def _gunzip(body: bytes, most_bytes: int) -> bytes:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = unpacker.decompress(body, most_bytes + 1)
    except zlib.error:
        raise Problem("broken-gzip") from None
    if len(plain) > most_bytes:
        raise Problem("too-large")
    if not unpacker.eof or unpacker.unused_data:
        raise Problem("broken-gzip")
    return plain


def parse(body: bytes) -> Any:
    """The JSON value, as one reader and every other would understand it."""
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_without_doubles,
            parse_constant=_refuse_constant,
            parse_int=_whole_number,
            parse_float=_fraction,
        )
    except RecursionError:
        raise Problem("too-deep") from None
    except ValueError as trouble:  # of the text or of its encoding
        where = f"line {trouble.lineno}" if isinstance(trouble, json.JSONDecodeError) else ""
        raise Problem("malformed-json", where) from None
    _check_depth(value, DEEPEST)
    return value


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise Problem("duplicate-key")
    return value


def _refuse_constant(_name: str) -> None:
    raise Problem("not-a-number")


def _whole_number(text: str) -> int:
    if len(text) > LONGEST_NUMBER_CHARS:
        raise Problem("not-a-number")
    return int(text)


def _fraction(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise Problem("not-a-number")
    return number


def _check_depth(value: Any, left: int) -> None:
    if not isinstance(value, dict | list):
        return
    if left == 0:
        raise Problem("too-deep")
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, dict | list):
            _check_depth(part, left - 1)
