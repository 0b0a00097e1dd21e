"""A document line by line: one for each number, as a spreadsheet or a program likes it."""

from collections.abc import Iterator

from ..languages import gettext as _
from .document import LEVEL, POINTS, SHARE, Document

Value = str | float | int | None

PLACES = {SHARE: 4, POINTS: 2, LEVEL: 2}


def about(document: Document) -> list[tuple[str, str]]:
    """What was asked for, as of when, and what to know before reading a number."""
    notes = [(_("Note"), one) for one in document.notes]
    return [(_("Report"), document.title), *document.facts, *notes]


def heads() -> tuple[str, ...]:
    return (
        _("Table"), _("Row"), _("About"), _("Column"), _("Number"), _("Interval from"),
        _("Interval to"), _("Visits"), _("Observations"), _("Remark"),
    )  # fmt: skip


def lines(document: Document) -> Iterator[tuple[Value, ...]]:
    """Each cell with its n and interval; what is not shown has a line that says why."""
    for section, row, column, cell in document.cells():
        low, high = cell.ends or (None, None)
        yield (
            section.title, row.label, row.about, column,
            *(_rounded(cell.kind, one) for one in (cell.value, low, high)),
            cell.visits, cell.observations, cell.why,
        )  # fmt: skip


def definitions(document: Document) -> list[tuple[str, str, int]]:
    return [(one.name, one.words, one.version) for one in document.definitions]


def _rounded(kind: str, value: float | None) -> float | None:
    if value is None:
        return None
    return round(value * 100 if kind == POINTS else value, PLACES.get(kind, 1))
