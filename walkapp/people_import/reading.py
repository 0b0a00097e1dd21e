"""From the bytes of a file to its lines, all text, or to what is wrong with the file."""

import csv
import io
from dataclasses import dataclass

from ..languages import N_, say_number
from ..languages import gettext as _
from .outcome import Fault
from .shapes import MOST_BYTES, MOST_ROWS, SHAPES, Shape

Row = dict[str, str]

MAY_HAVE = {
    "people": N_("A list of people may have: %(columns)s."),
    "rooms": N_("A list of rooms may have: %(columns)s."),
    "schools": N_("A list of schools may have: %(columns)s."),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a file that was understood, each with its number in the file."""

    shape: Shape
    rows: list[tuple[int, Row]]
    faults: list[Fault]


class Unreadable(Exception):
    """The file as a whole cannot be used; nothing of it was looked at."""

    def __init__(self, sentence: str, column: str = "") -> None:
        super().__init__(sentence)
        self.fault = Fault(1, column, sentence)


def read_sheet(data: bytes) -> Sheet:
    """The lines of the file; lines with too few or too many cells are faults, not guesses."""
    lines = _lines(_text(data))
    if not lines:
        raise Unreadable(_("The file is empty."))
    shape, header = _header(lines[0][1])
    if len(lines) - 1 > MOST_ROWS:
        raise Unreadable(
            _(
                "The file has %(lines)s lines; at most %(most)s are read at once. "
                "Split it, for instance by school.",
                lines=say_number(len(lines) - 1),
                most=say_number(MOST_ROWS),
            )
        )
    rows, faults = [], []
    for number, cells in lines[1:]:
        if len(cells) == len(header):
            rows.append((number, dict(zip(header, cells, strict=True))))
        else:
            faults.append(Fault(number, "", _cell_count(len(cells), len(header))))
    return Sheet(shape, rows, faults)


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise Unreadable(
            _(
                "The file is larger than %(most)s kB. Split it, for instance by school.",
                most=MOST_BYTES // 1000,
            )
        )
    if data.startswith(b"PK"):
        raise Unreadable(_("This is a workbook. In Excel choose Save As, “CSV UTF-8”."))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(_("The file is written in UTF-16. Save it again as “CSV UTF-8”."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        line = data.count(b"\n", 0, trouble.start) + 1
        raise Unreadable(
            _(
                "Line %(line)s is not written in UTF-8, so letters like é would be wrong. "
                "Save the file again as “CSV UTF-8”.",
                line=line,
            )
        ) from None
    if "\0" in text:
        raise Unreadable(_("This is not a text file. Save it again as “CSV UTF-8”."))
    return text


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """Each line that holds something, with the number under which an editor shows it."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines, number = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((number, [cell.strip() for cell in cells]))
            # A name in quotes may run over two lines.
            number = reader.line_num + 1
            if len(lines) > 10 * MOST_ROWS:
                break
    except csv.Error:
        sentence = _("The quotation marks in line %(line)s do not close.", line=number)
        raise Unreadable(sentence) from None
    return lines


def _header(cells: list[str]) -> tuple[Shape, list[str]]:
    header = [cell.lower().replace(" ", "_") for cell in cells]
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        raise Unreadable(_("The columns are not divided by commas. Save it again as “CSV UTF-8”."))
    doubled = sorted({name for name in header if header.count(name) > 1})
    if doubled:
        sentence = _("The column “%(column)s” stands in the header twice.", column=doubled[0])
        raise Unreadable(sentence, doubled[0])
    shape = next((shape for shape in SHAPES if shape.sign in header), None)
    if shape is None:
        raise Unreadable(_shapes_in_words())
    _refuse_other_columns(shape, header)
    return shape, header


def _refuse_other_columns(shape: Shape, header: list[str]) -> None:
    missing = [name for name in shape.required if name not in header]
    if missing:
        raise Unreadable(_("The column “%(column)s” is missing.", column=missing[0]), missing[0])
    unknown = [name for name in header if name not in shape.columns]
    if unknown:
        # Not passed over in silence: it may be a known column with a slip in its name.
        strange = _("The column “%(column)s” is not known.", column=unknown[0])
        known = _(MAY_HAVE[shape.kind], columns=", ".join(shape.columns))
        raise Unreadable(f"{strange} {known}", unknown[0])


def _shapes_in_words() -> str:
    people, rooms, schools = (", ".join(shape.required) for shape in SHAPES)
    return _(
        "The first line has to name the columns: %(schools)s; or %(rooms)s; or %(people)s.",
        schools=schools, rooms=rooms, people=people,
    )  # fmt: skip


def _cell_count(found: int, wanted: int) -> str:
    if found < wanted:
        return _("This line has %(found)s of %(wanted)s columns.", found=found, wanted=wanted)
    return _(
        "This line has %(found)s columns instead of %(wanted)s: put quotation marks round commas.",
        found=found, wanted=wanted,
    )  # fmt: skip
