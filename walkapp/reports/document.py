"""A report as values: whatever draws it, page or file, draws these and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, field

# What a cell's number is.
SHARE, POINTS, LEVEL, COUNT, DAYS = "share", "points", "level", "count", "days"

Ends = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """One number with its n and interval, or the reason why it is not there.

    `why` says in words why there is no number, or, beside a number, why there is no interval.
    """

    kind: str
    value: float | None = None
    ends: Ends | None = None
    visits: int | None = None
    observations: int | None = None
    why: str = ""

    @property
    def is_shown(self) -> bool:
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Row:
    """`about` is said in quiet words beside the label. A row's chart draws its shares in order."""

    id: str
    label: str
    cells: tuple[Cell, ...]
    about: str = ""
    has_chart: bool = False

    @property
    def why_all(self) -> str:
        """The one reason for a row without any number; empty where there is one, or several."""
        whys = {one.why for one in self.cells}
        return "" if any(one.is_shown for one in self.cells) or len(whys) != 1 else whys.pop()


@dataclass(frozen=True, slots=True)
class Section:
    """A table. `n_in_row`: n stands in columns of its own and is not repeated in each cell."""

    id: str
    title: str
    about: tuple[str, ...]
    head: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    n_in_row: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    name: str
    words: str
    version: int


@dataclass(frozen=True)
class Document:
    """`facts` are what was asked for and as of when; they stand in every file."""

    title: str
    language: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    definitions: tuple[Definition, ...]
    is_bound: bool = field(default=True)

    def cells(self) -> Iterator[tuple[Section, Row, str, Cell]]:
        """Every cell with where it stands."""
        for section in self.sections:
            for row in section.rows:
                for column, cell in zip(section.columns, row.cells, strict=True):
                    yield section, row, column, cell
