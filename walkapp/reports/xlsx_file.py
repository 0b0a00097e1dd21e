"""A report as a workbook: what it is about, its numbers, and the definitions, a sheet for each."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from ..languages import gettext as _
from . import lines
from .document import Document
from .lines import Value

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Nothing that somebody wrote becomes a formula, a link or a number.
OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False,
}  # fmt: skip
WIDTHS = (24, 44, 24, 22, 10, 13, 13, 10, 13, 44)


def write(document: Document) -> bytes:
    file = io.BytesIO()
    with Workbook(file, OPTIONS) as book:
        book.set_properties({"title": document.title, "comments": document.facts[-1][1]})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        about = _sheet(book, _("About"), (20, 90))
        _write(about, 0, lines.about(document), wrapped)
        numbers = _sheet(book, _("Numbers"), WIDTHS)
        _write(numbers, 0, [lines.heads()], bold)
        _write(numbers, 1, lines.lines(document), wrapped)
        numbers.freeze_panes(1, 0)
        numbers.repeat_rows(0)
        numbers.set_landscape()
        meant = _sheet(book, _("Definitions"), (28, 90, 10))
        _write(meant, 0, [(_("Definition"), _("What it counts"), _("Version"))], bold)
        _write(meant, 1, lines.definitions(document), wrapped)
    return file.getvalue()


def _sheet(book: Workbook, name: str, widths: Sequence[int]) -> Any:
    sheet = book.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.fit_to_pages(1, 0)
    return sheet


def _write(sheet: Any, first: int, rows: Iterable[Iterable[Value]], form: Any) -> None:
    for at, row in enumerate(rows, first):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(at, column, value, form)
            elif value is not None:
                sheet.write_number(at, column, value, form)
