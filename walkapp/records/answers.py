"""What an observer answers and photographs, checked against one rubric, map by map.

The `…_of(rubric)` make the maps' entry checks once; each entry then costs one or two
dictionary look-ups.
"""

from typing import Any

from ..rubric import PAIRED, ContextField, Indicator, Rubric
from .fault import Fault, fault
from .values import (
    Check,
    Keyed,
    MapOf,
    file_hash,
    line,
    moment,
    one_of,
    record_id,
    shape_of,
    text,
    whole,
)

CHIPS = ("saw", "heard", "said", "work", "tally", "note")
MAX_COUNT = 100_000
MAX_TAGS = 200
MAX_SIDE = 20_000  # points of a photo
MAX_PHOTO_BYTES = 20 * 1024 * 1024

_chip = one_of(CHIPS)
_count = whole(0, MAX_COUNT)
_order = whole(0)
_side = whole(1, MAX_SIDE)
_size = whole(1, MAX_PHOTO_BYTES)
_YES_NO = frozenset({"yes", "no", None})


def ratings_of(rubric: Rubric) -> MapOf:
    checks = {one.id: _rating(one) for one in rubric.indicators.values()}
    return Keyed(checks, "no-such-indicator")


def gates_of(rubric: Rubric) -> MapOf:
    checks = {gate.id: _gate(gate.options) for gate in rubric.gates.values()}
    return Keyed(checks, "no-such-field")


def counts_of(rubric: Rubric) -> MapOf:
    return Keyed(dict.fromkeys(rubric.counts, _count), "no-such-field")


def context_of(rubric: Rubric) -> MapOf:
    checks = {one.id: _context(one) for one in rubric.context_fields.values()}
    return Keyed(checks, "no-such-field")


def answers_of(rubric: Rubric) -> MapOf:
    return Keyed(dict.fromkeys(rubric.open_fields, text), "no-such-field")


def evidence_of(rubric: Rubric) -> MapOf:
    """Notes tied to indicators of this rubric."""
    needed: dict[str, Check] = {
        "text": text,
        "at": moment,
        "chip": _chip,
        "indicators": _tags(frozenset(rubric.indicators)),
    }
    check = shape_of(needed, {"order": _order})
    return MapOf(lambda key, value: check(value), record_id)


def photos_of(rubric: Rubric) -> MapOf:
    """What was photographed, under the hash of the file; its bytes come after the words."""
    needed: dict[str, Check] = {"at": moment, "width": _side, "height": _side, "bytes": _size}
    other: dict[str, Check] = {"alt": text, "indicators": _tags(frozenset(rubric.indicators))}
    check = shape_of(needed, other)
    return MapOf(lambda key, value: check(value), file_hash)


def _tags(known: frozenset[str]) -> Check:
    def check(value: Any) -> Fault | None:
        if not isinstance(value, list):
            return fault("wrong-type", detail="a list")
        if len(value) > MAX_TAGS:
            return fault("too-long", detail=f"more than {MAX_TAGS} indicators")
        for place, one in enumerate(value):
            if not isinstance(one, str):
                return fault("wrong-type", str(place))
            if one not in known:
                return fault("no-such-indicator", str(place))
        return None

    return check


def _rating(indicator: Indicator) -> Check:
    values = frozenset(indicator.values)
    unscored = frozenset(indicator.unscored)
    if indicator.type == PAIRED:
        return _paired_rating(frozenset(indicator.fields), unscored)

    def check(value: Any) -> Fault | None:
        if not isinstance(value, dict):
            return fault("wrong-type", detail="a map")
        if "value" not in value:
            return fault("missing-field", "value")
        if len(value) > 1:
            return fault("unknown-field", next(key for key in value if key != "value"))
        return _level(value["value"], values)

    return check


def _paired_rating(questions: frozenset[str], unscored: frozenset[Any]) -> Check:
    """Either the questions answered so far, or one word that says why they are not."""

    def check(value: Any) -> Fault | None:
        if not isinstance(value, dict):
            return fault("wrong-type", detail="a map")
        if value.keys() == {"value"}:
            return _level(value["value"], unscored)
        for key, answer in value.items():
            if key not in questions:
                return fault("no-such-field", key)
            if not isinstance(answer, str | None) or answer not in _YES_NO:
                return fault("no-such-level", key, detail="yes or no")
        return None

    return check


def _level(value: Any, allowed: frozenset[Any]) -> Fault | None:
    # True == 1 and 1.0 == 1, so the type is asked too.
    if type(value) in (int, str) and value in allowed:
        return None
    return fault("no-such-level", "value")


def _gate(options: tuple[str, ...]) -> Check:
    return shape_of({"value": one_of(options)}, {})


def _context(asked: ContextField) -> Check:
    if asked.type == "choice":
        return one_of(asked.options)
    return _count if asked.type == "integer" else line
