"""JSON as it may arrive, where each way to be broken has its own problem; and as it leaves."""

import json
import secrets
import zlib
from itertools import chain, zip_longest
from typing import Any

from .problems import Problem
from .sync.unread import Unread

DEEPEST = 32
LONGEST_NUMBER_CHARS = 40
# Stands for a body until the body is put in its place. By chance, so that no text can hold it.
PLACE = secrets.token_hex(16)


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


def _check_depth(value: Any, deepest: int) -> None:
    """Level by level, not branch by branch: every body of every request is looked through here."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(deepest):
        if not level:
            return
        level = [
            part
            for outer in level
            for part in (outer.values() if type(outer) is dict else outer)
            if type(part) is dict or type(part) is list
        ]
    if level:
        raise Problem("too-deep")


def written(value: Any) -> bytes:
    """The value as JSON; a body nobody had to read stands in it as it was kept."""
    bodies: list[str] = []

    def keep_place(body: Any) -> str:
        if not isinstance(body, Unread):
            raise TypeError(f"{type(body).__name__} cannot be written as JSON")
        bodies.append(body.text)
        return PLACE

    around = json.dumps(value, separators=(",", ":"), default=keep_place).split(f'"{PLACE}"')
    return "".join(chain.from_iterable(zip_longest(around, bodies, fillvalue=""))).encode()
