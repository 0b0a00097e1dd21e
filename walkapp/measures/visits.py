"""What each visit says on one measure. A visit weighs once, however many observed it.

With k observations that were scored, each has the weight 1/k. What was not observed, does not apply
or was set by a gate is no score: a gate's value is nowhere stored, so only what was chosen counts.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from ..rubric import LEVEL, PAIRED, Rubric, paired_result

LEAST_OF_INDEX = 2  # scored indicators, or the mean would be one of them by another name

_MET = {"met": 1, "not_met": 0, "yes": 1, "no": 0}

Answers = Mapping[str, Any]
Score = Callable[[Rubric, Answers], float | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation that counts; `room` is None where nobody said which, or there is none."""

    visit: str
    walk: str
    school: str
    room: str | None
    day: str  # 2026-11-22: days written so are in the order of the calendar
    rubric: str
    answers: Answers


@dataclass(frozen=True, slots=True)
class Scored:
    """One visit on one measure, with what each of its observations said."""

    visit: str
    walk: str
    room: str | None
    day: str
    values: tuple[float, ...]


def scored(seen: Iterable[Seen], rubrics: Mapping[str, Rubric], score: Score) -> list[Scored]:
    """The visits that have a score, in the order of their days."""
    visits: dict[str, list[tuple[Seen, float]]] = {}
    for one in seen:
        value = score(rubrics[one.rubric], one.answers)
        if value is not None:
            visits.setdefault(one.visit, []).append((one, value))
    return sorted((_visit(found) for found in visits.values()), key=_order)


def level(indicator: str) -> Score:
    """The level that was chosen."""

    def score(rubric: Rubric, answers: Answers) -> float | None:
        known = rubric.indicators.get(indicator)
        value = _rating(answers, indicator).get("value")
        is_level = known is not None and known.type == LEVEL and type(value) is int
        return value if is_level else None

    return score


def met(indicator: str) -> Score:
    """1 for met or yes, 0 for not met or no."""

    def score(rubric: Rubric, answers: Answers) -> float | None:
        known = rubric.indicators.get(indicator)
        rating = _rating(answers, indicator)
        if known is None or known.type == LEVEL:
            return None
        found = paired_result(known, rating) if known.type == PAIRED else rating.get("value")
        return _MET.get(found) if isinstance(found, str) else None

    return score


def gate(id: str, answer: str) -> Score:
    """1 where the gate was answered so, 0 where it was answered otherwise."""

    def score(rubric: Rubric, answers: Answers) -> float | None:
        said = ((answers.get("gates") or {}).get(id) or {}).get("value")
        return None if said is None or id not in rubric.gates else float(said == answer)

    return score


def index(indicators: Iterable[str]) -> Score:
    """The mean of the levels that were chosen among these, of two at least."""
    levels = [level(one) for one in indicators]

    def score(rubric: Rubric, answers: Answers) -> float | None:
        found = [value for one in levels if (value := one(rubric, answers)) is not None]
        return fmean(found) if len(found) >= LEAST_OF_INDEX else None

    return score


def means(visits: Iterable[Scored]) -> list[float]:
    """One value a visit: the mean of what its observations said."""
    return [fmean(one.values) for one in visits]


def observations(visits: Iterable[Scored]) -> int:
    return sum(len(one.values) for one in visits)


def _visit(found: list[tuple[Seen, float]]) -> Scored:
    # The same visit is in the same place whichever of its observations came first.
    walk, day = min(one.walk for one, _ in found), min(one.day for one, _ in found)
    room = min((one.room for one, _ in found if one.room), default=None)
    return Scored(found[0][0].visit, walk, room, day, tuple(value for _, value in found))


def _order(one: Scored) -> tuple[str, str, str]:
    return one.day, one.walk, one.visit


def _rating(answers: Answers, indicator: str) -> Mapping[str, Any]:
    return (answers.get("ratings") or {}).get(indicator) or {}
