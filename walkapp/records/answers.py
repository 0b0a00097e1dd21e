"""What an observer answers, checked against one rubric: ratings, gates, counts, context, evidence.

`answers_of(rubric)` makes the five maps' entry checks once; each entry then costs one or two
dictionary look-ups.
"""

from typing import Any

from ..rubric import PAIRED, ContextField, Indicator, Rubric
from .fault import Fault, fault
from .values import (
    Check,
    MapOf,
    line,
    moment,
    one_of,
    record_id,
    shape,
    text,
    whole,
)

CHIPS = ("saw", "heard", "said", "work", "tally", "note")
MAX_COUNT = 100_000
MAX_TAGS = 200

_chip = one_of(CHIPS)
_count = whole(0, MAX_COUNT)
_order = whole(0)
_YES_NO = frozenset({"yes", "no", None})


def ratings_of(rubric: Rubric) -> MapOf:
    checks = {one.id: _rating(one) for one in rubric.indicators.values()}
    return _keyed(checks, "no-such-indicator")


def gates_of(rubric: Rubric) -> MapOf:
    checks = {gate.id: _gate(gate.options) for gate in rubric.gates.values()}
    return _keyed(checks, "no-such-field")


def counts_of(rubric: Rubric) -> MapOf:
    return _keyed(dict.fromkeys(rubric.counts, _count), "no-such-field")


def context_of(rubric: Rubric) -> MapOf:
    checks = {one.id: _context(one) for one in rubric.context_fields.values()}
    return _keyed(checks, "no-such-field")


def answers_of(rubric: Rubric) -> MapOf:
    return _keyed(dict.fromkeys(rubric.open_fields, text), "no-such-field")


def evidence_of(rubric: Rubric) -> MapOf:
    """Notes tied to indicators of this rubric."""
    return evidence(lambda id: id in rubric.indicators)


def evidence(is_indicator: Any) -> MapOf:
    def indicators(value: Any) -> Fault | None:
        if not isinstance(value, list):
            return fault("wrong-type", detail="a list")
        if len(value) > MAX_TAGS:
            return fault("too-long", detail=f"more than {MAX_TAGS} indicators")
        for place, one in enumerate(value):
            if not isinstance(one, str):
                return fault("wrong-type", str(place))
            if not is_indicator(one):
                return fault("no-such-indicator", str(place))
        return None

    needed: dict[str, Check] = {
        "text": text,
        "at": moment,
        "chip": _chip,
        "indicators": indicators,
    }
    return MapOf(lambda key, value: shape(value, needed, {"order": _order}), record_id)


def _keyed(checks: dict[str, Check], unknown: str) -> MapOf:
    """A map whose keys are the rubric's own ids."""

    def check_key(key: str) -> Fault | None:
        return None if key in checks else fault(unknown)

    def check_entry(key: str, value: Any) -> Fault | None:
        return checks[key](value)

    return MapOf(check_entry, check_key)


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
    needed = {"value": one_of(options)}
    return lambda value: shape(value, needed, {})


def _context(asked: ContextField) -> Check:
    if asked.type == "choice":
        return one_of(asked.options)
    return _count if asked.type == "integer" else line
