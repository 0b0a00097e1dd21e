"""Reports read back from what was sent: as (table, row, column) -> what stands there."""

import csv
import io
from html.parser import HTMLParser
from typing import Any

from openpyxl import load_workbook

Place = tuple[str, str, str]
NUMBERS = 5  # the first column of a line that holds n: number, from, to, visits, observations


def csv_cells(data: bytes) -> dict[Place, list[str]]:
    """Number, interval, visits, observations and remark of each cell, as texts."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    first = next(at for at, row in enumerate(rows) if row[:2] == ["Table", "Row"])
    last = next(at for at, row in enumerate(rows) if at > first and not row)
    return {_place(row): row[4:] for row in rows[first + 1 : last]}


def xlsx_cells(data: bytes) -> dict[Place, list[str]]:
    sheet = load_workbook(io.BytesIO(data), read_only=True)["Numbers"]
    rows = [["" if one is None else str(one) for one in row] for row in sheet.values]
    return {_place(row): row[4:] for row in rows[1:]}


def _place(row: list[str]) -> Place:
    return row[0], f"{row[1]} {row[2]}".strip(), row[3]


class Page(HTMLParser):
    """The tables of a page: heading -> rows of texts, a cell that spans says so by its width."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self._cell: list[str] | None = None
        self._span = 1
        self._skip = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "caption":
            self._cell = []
        if tag == "tr":
            self._rows.append([])
        if tag in ("td", "th"):
            self._cell = []
            self._span = int(dict(attrs).get("colspan") or 1)

    def handle_endtag(self, tag: str) -> None:
        if self._cell is None:
            return
        words = " ".join("".join(self._cell).split())
        if tag == "caption":
            self._rows = self.tables.setdefault(words, [])
            self._cell = None
        if tag in ("td", "th"):
            self._rows[-1] += [words] * self._span
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)


def page_cells(html: str) -> dict[Place, str]:
    found: dict[Place, str] = {}
    for table, (heads, *rows) in Page(html).tables.items():
        for row in rows:
            for column, words in zip(heads[1:], row[1:], strict=True):
                found[table, row[0], column] = words
    return found


def shown(cells: dict[Place, Any]) -> set[Place]:
    """The places where a number stands."""
    return {at for at, said in cells.items() if (said[0] if isinstance(said, list) else said[:1])}
