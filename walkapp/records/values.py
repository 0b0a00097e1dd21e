"""The kinds of value a record may hold, as marshmallow fields whose messages are stable codes.

They check and never convert: what was sent is what is kept, byte for byte under its hash.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from marshmallow import Schema, fields

from .fault import Fault, fault, faulty

MAX_TEXT = 200_000  # characters of anything a person writes at length
MAX_LINE = 2_000  # characters of a title or a short answer
MAX_KEYS = 500  # entries of one map
MAX_INTEGER = 2**53 - 1

_HASH = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_KEY = re.compile(r"[A-Za-z0-9_.:~-]{1,80}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")

# Marshmallow's own findings, said in codes.
_CODES: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": "missing-field",
    "null": "wrong-type",
    "validator_failed": "wrong-type",
}

Check = Callable[[Any], Fault | None]
KeyCheck = Callable[[str], Fault | None]
EntryCheck = Callable[[str, Any], Fault | None]


class Body(Schema):
    """The wire declaration of a record's body: what is not declared is refused.

    Declares no hooks and no conversions, so that `fits` asks everything marshmallow would ask.
    """

    error_messages = {"unknown": "unknown-field", "type": "wrong-type"}

    # The fields of which an author may lay another version beside (`also`); else only the engine.
    beside: frozenset[str] = frozenset()

    def __init__(self) -> None:
        super().__init__()
        declared: dict[str, Any] = self.fields
        self._checks = {name: field.check for name, field in declared.items()}
        self._needed = frozenset(name for name, field in declared.items() if field.required)

    def fits(self, body: Any) -> bool:
        """Is there nothing wrong with it? What marshmallow would find, without its ceremony.

        Nearly every body fits. Where one does not, marshmallow says what and where.
        """
        if type(body) is not dict or not self._needed <= body.keys():
            return False
        for name, value in body.items():
            check = self._checks.get(name)
            if check is None or value is None or check(value) is not None:
                return False
        return True


class Value(fields.Field[Any]):
    """One value, checked by one function."""

    default_error_messages = _CODES

    def __init__(self, check: Check, *, needed: bool = False) -> None:
        super().__init__(required=needed)
        self.check = check

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Any:
        found = self.check(value)
        if found is not None:
            faulty(found)
        return value


class MapOf(fields.Field[Any]):
    """A map addressed as `field/key`: one field for the whole map, because a schema for each of
    forty ratings costs ten times what everything else does."""

    default_error_messages = _CODES

    def __init__(self, check_entry: EntryCheck, check_key: KeyCheck) -> None:
        super().__init__(required=False)
        self.check_entry = check_entry
        self.check_key = check_key

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Any:
        found = self.check(value)
        if found is not None:
            faulty(found)
        return value

    def check(self, value: Any) -> Fault | None:
        """The first thing wrong with the whole map."""
        if not isinstance(value, dict):
            return fault("wrong-type")
        if len(value) > MAX_KEYS:
            return fault("too-long", detail=f"more than {MAX_KEYS} entries")
        return self._check_entries(value)

    def _check_entries(self, value: dict[str, Any]) -> Fault | None:
        for key, entry in value.items():
            found = self.check_key(key) or self.check_entry(key, entry)
            if found is not None:
                return inside(key, found)
        return None


class Keyed(MapOf):
    """A map whose keys are known beforehand, each with its own check."""

    def __init__(self, checks: Mapping[str, Check], unknown: str) -> None:
        super().__init__(
            check_entry=lambda key, value: checks[key](value),
            check_key=lambda key: None if key in checks else fault(unknown),
        )
        self._table = checks
        self._unknown = unknown

    def _check_entries(self, value: dict[str, Any]) -> Fault | None:
        for key, entry in value.items():
            check = self._table.get(key)
            found = check(entry) if check else fault(self._unknown)
            if found is not None:
                return inside(key, found)
        return None


def text(value: Any) -> Fault | None:
    """Anything a person writes."""
    if not isinstance(value, str):
        return fault("wrong-type", detail="a text")
    if len(value) > MAX_TEXT:
        return fault("too-long", detail=f"more than {MAX_TEXT} characters")
    return None


def line(value: Any) -> Fault | None:
    """A name, a title, a code: one line, no control characters."""
    if not isinstance(value, str) or _UNPRINTABLE.search(value):
        return fault("wrong-type", detail="a text of one line")
    if len(value) > MAX_LINE:
        return fault("too-long", detail=f"more than {MAX_LINE} characters")
    return None


def filled_line(value: Any) -> Fault | None:
    found = line(value)
    if found is None and not value.strip():
        return fault("missing-field", detail="a text that is not empty")
    return found


def record_id(value: Any) -> Fault | None:
    if isinstance(value, str) and _ID.fullmatch(value):
        return None
    return fault("wrong-type", detail="a lower-case UUID with dashes")


def file_hash(value: str) -> Fault | None:
    """The SHA-256 of a file's bytes, which is its name everywhere."""
    return None if _HASH.fullmatch(value) else fault("wrong-type", detail="not a file's hash")


def anything(key: str, value: Any) -> Fault | None:
    """An entry that is judged elsewhere."""
    return None


def key(value: str) -> Fault | None:
    """A name inside a map that can stand in a path."""
    return None if _KEY.fullmatch(value) else fault("wrong-type", detail="not a name")


def day(value: Any) -> Fault | None:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            date.fromisoformat(value)
        except ValueError:
            pass
        else:
            return None
    return fault("wrong-type", detail="a date as YYYY-MM-DD")


def truth(value: Any) -> Fault | None:
    return None if isinstance(value, bool) else fault("wrong-type", detail="true or false")


def whole(least: int, most: int = MAX_INTEGER) -> Check:
    """A whole number; `True` is none."""

    def check(value: Any) -> Fault | None:
        if type(value) is int and least <= value <= most:
            return None
        return fault("wrong-type", detail=f"a whole number from {least} to {most}")

    return check


moment = whole(0)  # milliseconds since the epoch, UTC


def one_of(choices: Collection[str]) -> Check:
    """One of a few words."""
    allowed = frozenset(choices)

    def check(value: Any) -> Fault | None:
        if isinstance(value, str) and value in allowed:
            return None
        return fault("wrong-type", detail="one of: " + ", ".join(choices))

    return check


def shape(value: Any, needed: dict[str, Check], other: dict[str, Check]) -> Fault | None:
    """A small map with known keys; the first wrong one is named."""
    return shape_of(needed, other)(value)


def shape_of(needed: dict[str, Check], other: dict[str, Check]) -> Check:
    """The same as a check of its own, for what is asked often."""
    checks = {**other, **needed}

    def check(value: Any) -> Fault | None:
        if not isinstance(value, dict):
            return fault("wrong-type", detail="a map")
        if not needed.keys() <= value.keys():
            return fault("missing-field", next(key for key in needed if key not in value))
        for key, one in value.items():
            judge = checks.get(key)
            found = judge(one) if judge else fault("unknown-field")
            if found is not None:
                return inside(key, found)
        return None

    return check


def inside(key: str, found: Fault) -> Fault:
    """The same fault, seen from one level further out."""
    code, keys, detail = found
    return code, (key, *keys), detail
