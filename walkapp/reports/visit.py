"""One visit as its school's desk reads it: a number, never a room, and nobody's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from ..languages import N_
from ..languages import gettext as _
from ..queries import reporting
from ..queries.reporting import Given
from ..rubric import Rubric, gate_default, paired_result, words_id
from ..rubric_files import load_library
from ..rubric_records import published_records
from ..rubric_words import said as in_words
from .readers import Reader

WORDS = {
    "met": N_("met"), "not_met": N_("not met"), "yes": N_("yes"), "no": N_("no"),
    "not_observed": N_("not observed"), "not_applicable": N_("does not apply"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answered:
    """One observation of the visit: indicators by domain, each with what was chosen."""

    title: str
    released: bool
    domains: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class VisitPage:
    school: str
    number: int
    date: str
    observations: tuple[Answered, ...]
    ids: tuple[str, ...]  # of what was read, to note who read it


def visit_page(
    session: Session, space: str, home: Path, reader: Reader, visit: str, language: str
) -> VisitPage | None:
    """None where there is no such visit, and where its desk is not the reader's."""
    rows = reporting.given_of_visit(session, space, visit, reader.desks)
    if not rows:
        return None
    rubrics = load_library(home)
    if not {one.rubric for one in rows} <= rubrics.keys():
        rubrics = published_records(session) | rubrics
    observations = tuple(
        answered(
            one,
            rubrics[one.rubric],
            reporting.rubric_words(session, space, words_id(one.rubric, language)),
        )
        for one in rows
    )
    first = rows[0]
    ids = tuple(one.id for one in rows)
    return VisitPage(reader.schools[first.school], first.number, first.date, observations, ids)


def answered(row: Given, rubric: Rubric, words: Mapping[str, str]) -> Answered:
    """What was answered in this row, in the words of its rubric."""
    content = in_words(rubric.content, words)
    domains = tuple(
        (domain["title"], tuple(_line(one, row, rubric) for one in domain["indicators"]))
        for domain in content["domains"]
    )
    return Answered(content["title"], row.state == "released", domains)


def _line(one: Mapping[str, Any], row: Given, rubric: Rubric) -> tuple[str, str, str]:
    """The indicator, what was chosen, and the level's own words."""
    known, rating = rubric.indicators[one["id"]], (row.answers.get("ratings") or {}).get(one["id"])
    if gate_default(rubric, row.answers, one["id"]) is not None:
        return one["title"], _("no rating: a gate was answered no"), ""
    if known.fields and rating:
        return one["title"], _said(paired_result(known, rating)), ""
    value = (rating or {}).get("value")
    level = next((each for each in one["levels"] if each["value"] == value), None)
    return one["title"], _said(value), str(level["text"]) if level else ""


def _said(value: Any) -> str:
    if value is None:
        return _("not rated")
    return _(WORDS[value]) if value in WORDS else str(value)
