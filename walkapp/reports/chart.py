"""A row of shares as a small picture: dots, and lines as long as their intervals. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import saying
from .document import SHARE, Cell

WIDTH, HEIGHT = 120, 56
EDGE = 6  # room for the dots at both ends


@dataclass(frozen=True, slots=True)
class Dot:
    """One share, from the top: where it is and where its interval ends."""

    x: float
    y: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Chart:
    """`words` say the same to who does not see it."""

    dots: tuple[Dot, ...]
    line: str
    words: str


def chart(columns: Sequence[str], cells: Sequence[Cell]) -> Chart:
    """The shares that are shown, each at the place of its column."""
    shares = [(at, cell) for at, cell in enumerate(cells) if cell.kind == SHARE]
    step = (WIDTH - 2 * EDGE) / max(1, len(shares) - 1)
    dots = tuple(_dot(EDGE + step * at, cell) for at, cell in shares if cell.is_shown)
    said = (f"{columns[at]} {saying.number(cell)}" for at, cell in shares)
    return Chart(dots, " ".join(f"{dot.x},{dot.y}" for dot in dots), "; ".join(said))


def _dot(x: float, cell: Cell) -> Dot:
    low, high = cell.ends or (cell.value or 0, cell.value or 0)
    return Dot(round(x, 1), _y(cell.value or 0), _y(low), _y(high))


def _y(share: float) -> float:
    return round(HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE), 1)
