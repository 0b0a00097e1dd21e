"""Two records of one thing: which of them stands, and what of the other went over (rulings 6).

`same_as` names the record this one was brought together with; it may not be here yet. `not_same`
names those it was kept apart from, so that no tablet asks again. `brought` has a mark for each path
of an observation that went over, so that what is written here later is not overlooked.
"""

import re
from collections.abc import Mapping
from typing import Any

from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from .fault import Fault, fault, pointer
from .values import MapOf, Value, key, record_id

SAME_AS, NOT_SAME = "same_as", "not_same"

_MARK = re.compile(r"[0-9a-f]{8}")


def same_as() -> Value:
    return Value(record_id)


def not_same() -> MapOf:
    return MapOf(_true, record_id)


def brought() -> MapOf:
    return MapOf(_mark, key)


def refuse_itself(id: str, values: Mapping[str, Any], above: str) -> Refusal | None:
    """Nothing is brought together with itself, or kept apart from itself."""
    if values.get(SAME_AS) == id:
        return Refusal("wrong-type", pointer(above, SAME_AS), "another record than this one")
    if f"{NOT_SAME}/{id}" in values:
        return Refusal("wrong-type", pointer(above, f"{NOT_SAME}/{id}"), "another record")
    return None


def refuse_joining(before: Record, values: Mapping[str, Any], *, is_given: bool) -> Refusal | None:
    """Only what was never given is brought together, and what is stays where it is."""
    joined = values.get(SAME_AS, before.body.get(SAME_AS))
    if joined is None:
        return None
    if is_given:
        return Refusal("observation-joined", pointer("set", "state"))
    if "returned" in before.body and values.get(SAME_AS) is not None:
        return Refusal("observation-stands", pointer("set", SAME_AS))
    return None


def _true(_: str, value: Any) -> Fault | None:
    return None if value is True else fault("wrong-type", detail="true")


def _mark(_: str, value: Any) -> Fault | None:
    if isinstance(value, str) and _MARK.fullmatch(value):
        return None
    return fault("wrong-type", detail="eight hexadecimal digits")
