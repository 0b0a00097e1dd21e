"""A report as CSV. Spreadsheets open it: no text in it is ever taken for a formula."""

import csv
import io
from collections.abc import Iterable

from ..languages import gettext as _
from . import lines
from .document import Document
from .lines import Value

MIME = "text/csv; charset=utf-8"
# Excel takes a file without this mark for one of an old code page.
ENCODING = "utf-8-sig"
# How a formula begins in some spreadsheet, also behind blanks (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001


def write(document: Document) -> bytes:
    """What it is about, an empty line, one line for each number, an empty line, the definitions."""
    file = io.StringIO(newline="")
    out = csv.writer(file)
    _rows(out, lines.about(document))
    out.writerow(())
    out.writerow(lines.heads())
    _rows(out, lines.lines(document))
    out.writerow(())
    out.writerow((_("Definition"), _("What it counts"), _("Version")))
    _rows(out, lines.definitions(document))
    return file.getvalue().encode(ENCODING)


def safe(value: Value) -> Value:
    """A text that could be a formula gets an apostrophe before it; a number stays a number."""
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _rows(out: "csv._writer", rows: Iterable[Iterable[Value]]) -> None:  # type: ignore[name-defined]
    for row in rows:
        out.writerow([safe(value) for value in row])
