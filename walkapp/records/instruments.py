"""What an observer counts in a room: sweeps at fixed moments, turns on a seat grid, who holds the
floor, students asked, and what is drawn by hand.

Each entry stands by itself under an id of its own, so that two tablets count side by side and
nothing of either is written over. What the codes of a sweep or of a turn are, a published rubric
says; it need not be the one the visit is rated by.
"""

from typing import Any

from ..rubric import Ask, Rubric
from .fault import Fault, fault
from .library import Library
from .tags import tags
from .values import (
    Check,
    Keyed,
    MapOf,
    line,
    moment,
    one_of,
    record_id,
    shape_of,
    text,
    truth,
    whole,
)

FLOOR = ("teacher", "students", "both", "quiet")
MAX_SIDE = 20_000  # points of a drawing
MAX_SEATS = 30  # of one row, and rows
MAX_INTERVALS = 10_000
LONGEST_INTERVAL_S = 3_600
MAX_ASKED = 100_000

_asked = whole(0, MAX_ASKED)
_seats = whole(1, MAX_SEATS)

seats = shape_of({"rows": _seats, "columns": _seats}, {})


def asked_of(rubric: Rubric) -> MapOf:
    """Of each question for students: how many were asked, how many could answer."""
    check = shape_of({}, {"asked": _asked, "could": _asked})
    count = len(rubric.content["student_questions"])
    return Keyed({f"q{n}": check for n in range(1, count + 1)}, "no-such-field")


def sweeps_of(library: Library) -> MapOf:
    """A sweep as it was set up; its rubric is one that has a sweep."""

    def by(value: Any) -> Fault | None:
        rubric = library.get(value)
        return None if rubric is not None and rubric.sweep_asks else fault("no-such-rubric")

    needed: dict[str, Check] = {
        "by": by,
        "at": moment,
        "interval_s": whole(1, LONGEST_INTERVAL_S),
        "sample": line,
        "n": whole(1, MAX_ASKED),
    }
    return _entries(needed, {"ended_at": moment})


def intervals_of(library: Library) -> MapOf:
    """What stood at one signal; `missed` when nobody looked."""
    needed: dict[str, Check] = {
        "sweep": record_id,
        "n": whole(1, MAX_INTERVALS),
        "at": moment,
    }
    asks = _checks(ask for one in library.all() for ask in one.sweep_asks.values())
    return _entries(needed, {"missed": truth, **asks})


def turns_of(library: Library) -> MapOf:
    """One turn of talk from one seat; no name stands here."""
    asks = _checks(ask for one in library.all() for ask in one.turn_asks.values())
    return _entries({"at": moment, "seat": line}, asks)


def talk_of() -> MapOf:
    """Who held the floor from when until when."""
    return _entries({"at": moment, "who": one_of(FLOOR)}, {"until": moment})


def ink_of(rubric: Rubric) -> MapOf:
    """A sketch: strokes as lists of `x,y,ms` joined by blanks, one stroke to a line."""
    side = whole(1, MAX_SIDE)
    needed: dict[str, Check] = {"at": moment, "width": side, "height": side, "strokes": text}
    return _entries(needed, {"alt": text, "indicators": tags(rubric.tie_targets)})


def _entries(needed: dict[str, Check], other: dict[str, Check]) -> MapOf:
    check = shape_of(needed, other)
    return MapOf(lambda key, value: check(value), record_id)


def _checks(asks: Any) -> dict[str, Check]:
    """One check for each thing asked; where two rubrics ask it, what either knows is right."""
    known: dict[str, list[Ask]] = {}
    for ask in asks:
        known.setdefault(ask.id, []).append(ask)
    return {id: _any_of([_check(one) for one in same]) for id, same in known.items()}


def _any_of(checks: list[Check]) -> Check:
    def check(value: Any) -> Fault | None:
        found: Fault | None = None
        for each in checks:
            found = each(value)
            if found is None:
                return None
        return found

    return checks[0] if len(checks) == 1 else check


def _check(ask: Ask) -> Check:
    if ask.type == "count":
        return _asked
    if ask.type == "choice":
        return one_of(ask.codes)
    return _codes(ask)


def _codes(ask: Ask) -> Check:
    def check(value: Any) -> Fault | None:
        if not isinstance(value, list):
            return fault("wrong-type", detail="a list")
        if len(value) > ask.most:
            return fault("too-long", detail=f"more than {ask.most}")
        for place, one in enumerate(value):
            if not isinstance(one, str) or one not in ask.codes:
                return fault("no-such-level", str(place))
        return None

    return check
