"""What an observer answers and photographs, checked against one rubric, map by map.

The `…_of(rubric)` make the maps' entry checks once; each entry then costs one or two
dictionary look-ups.
"""

from collections.abc import Container, Iterable
from typing import Any

from ..rubric import (
    FRACTION,
    FRACTION_PARTS,
    PAIRED,
    Column,
    ContextField,
    Indicator,
    Item,
    Rubric,
)
from .fault import Fault, fault
from .tags import tags
from .values import (
    Check,
    Keyed,
    MapOf,
    day,
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
MAX_SIDE = 20_000  # points of a photo
MAX_PHOTO_BYTES = 20 * 1024 * 1024

_chip = one_of(CHIPS)
_count = whole(0, MAX_COUNT)
_order = whole(0)
_side = whole(1, MAX_SIDE)
_size = whole(1, MAX_PHOTO_BYTES)
_YES_NO = ("yes", "no")
# Answered by a text, beside the choice where there is one.
WRITTEN = ("text", "choice_text")
_HIGHEST = {"integer": MAX_COUNT, "percent": 100}


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
    items = (one.id for one in rubric.items.values() if one.type in WRITTEN)
    return Keyed(dict.fromkeys((*rubric.open_fields, *items), text), "no-such-field")


def choices_of(rubric: Rubric) -> MapOf:
    """Answers that are chosen or counted, not written."""
    chosen = {one.id: _chosen(one) for one in rubric.items.values()}
    return Keyed({id: check for id, check in chosen.items() if check}, "no-such-field")


def rows_of(rubric: Rubric) -> MapOf:
    """Rows of lists: each says which list it belongs to, and may be filled in by and by."""
    columns = {one.id: one.columns for one in rubric.items.values()}
    columns |= {one.id: one.columns for one in rubric.indicators.values()}
    checks = {id: _row(of) for id, of in columns.items() if of}

    def check(_: str, value: Any) -> Fault | None:
        if not isinstance(value, dict):
            return fault("wrong-type", detail="a map")
        if "of" not in value:
            return fault("missing-field", "of")
        of = value["of"]
        judge = checks.get(of) if isinstance(of, str) else None
        return judge(value) if judge else fault("no-such-field", "of")

    return MapOf(check, record_id)


def evidence_of(rubric: Rubric) -> MapOf:
    """Notes tied to indicators of this rubric."""
    needed: dict[str, Check] = {
        "text": text,
        "at": moment,
        "chip": _chip,
        "indicators": tags(rubric.tie_targets),
    }
    check = shape_of(needed, {"order": _order})
    return MapOf(lambda key, value: check(value), record_id)


def photos_of(rubric: Rubric) -> MapOf:
    """What was photographed, under the hash of the file; its bytes come after the words."""
    needed: dict[str, Check] = {"at": moment, "width": _side, "height": _side, "bytes": _size}
    other: dict[str, Check] = {"alt": text, "indicators": tags(rubric.tie_targets)}
    check = shape_of(needed, other)
    return MapOf(lambda key, value: check(value), file_hash)


def _rating(indicator: Indicator) -> Check:
    unscored = frozenset(indicator.unscored)
    if indicator.type == PAIRED:
        return _paired_rating(frozenset(indicator.fields), unscored)
    if indicator.type == FRACTION:
        return _fraction(unscored)
    if indicator.type in _HIGHEST:
        return _one_value(unscored, range(_HIGHEST[indicator.type] + 1))
    said = _YES_NO if indicator.type == "yes_no" else indicator.values
    return _one_value(frozenset(said) | unscored)


def _one_value(*allowed: Container[Any]) -> Check:
    """A map with one value that is in one of these."""

    def check(value: Any) -> Fault | None:
        if not isinstance(value, dict):
            return fault("wrong-type", detail="a map")
        if "value" not in value:
            return fault("missing-field", "value")
        if len(value) > 1:
            return fault("unknown-field", next(key for key in value if key != "value"))
        return _level(value["value"], *allowed)

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
            if answer is not None and answer not in _YES_NO:
                return fault("no-such-level", key, detail="yes or no")
        return None

    return check


def _fraction(unscored: frozenset[Any]) -> Check:
    """Both numbers, or the one that was entered first, or why there is none. More than all is kept
    as it was counted; the tablet asks about it."""
    numbers = shape_of({}, dict.fromkeys(FRACTION_PARTS, _count))
    apart = _one_value(unscored)

    def check(value: Any) -> Fault | None:
        is_apart = isinstance(value, dict) and "value" in value
        return apart(value) if is_apart else numbers(value)

    return check


def _chosen(item: Item) -> Check | None:
    """The check of what is chosen; None where the answer is written or a list."""
    if item.type == "multi_choice":
        return shape_of({"value": _several(frozenset(item.options))}, {})
    if item.type == FRACTION:
        return shape_of({}, dict.fromkeys(FRACTION_PARTS, _count))
    if item.type in ("choice", "choice_text"):
        return shape_of({"value": one_of(item.options)}, {})
    if item.type == "scale":
        return _one_value(frozenset(item.levels))
    if item.type == "date":
        return shape_of({"value": day}, {})
    if item.type == "yes_no":
        return _one_value(_YES_NO)
    return _one_value(range(_HIGHEST[item.type] + 1)) if item.type in _HIGHEST else None


def _several(options: frozenset[str]) -> Check:
    def check(value: Any) -> Fault | None:
        if not isinstance(value, list):
            return fault("wrong-type", detail="a list")
        if len(value) != len({one for one in value if isinstance(one, str)}):
            return fault("wrong-type", detail="each option once")
        for place, one in enumerate(value):
            if one not in options:
                return fault("no-such-level", str(place))
        return None

    return check


def _row(columns: Iterable[Column]) -> Check:
    other: dict[str, Check] = {one.id: _cell(one) for one in columns}
    return shape_of({"of": line, "at": moment}, {"order": _order, **other})


def _cell(column: Column) -> Check:
    if column.type == "choice":
        return one_of(column.options)
    if column.type == "scale":
        return whole(min(column.levels), max(column.levels))
    return {"date": day, "integer": _count}.get(column.type, text)


def _level(value: Any, *allowed: Container[Any]) -> Fault | None:
    # True == 1 and 1.0 == 1, so the type is asked too.
    if type(value) in (int, str) and any(value in some for some in allowed):
        return None
    return fault("no-such-level", "value")


def _gate(options: tuple[str, ...]) -> Check:
    return shape_of({"value": one_of(options)}, {})


def _context(asked: ContextField) -> Check:
    if asked.type == "choice":
        return one_of(asked.options)
    return _count if asked.type == "integer" else line
