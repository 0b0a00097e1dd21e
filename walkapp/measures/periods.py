"""Terms and months, as periods in which visits are counted."""

from collections.abc import Iterable
from dataclasses import dataclass

TERM, MONTH = "term", "month"
PERIODS = (TERM, MONTH)

# A district's own calendar is not kept yet: autumn to the end of the year, spring, summer.
_TERMS = (("spring", 1, 5), ("summer", 6, 7), ("autumn", 8, 12))
SCHOOL_YEAR_BEGINS = "08-01"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first day to the last; `name` is a month's number or a term's word."""

    first: str
    last: str
    name: str

    @property
    def year(self) -> int:
        return int(self.first[:4])


def period_of(day: str, by: str) -> Period:
    """The term or month of a day written 2026-11-22."""
    year, month = day[:4], int(day[5:7])
    if by == MONTH:
        return Period(f"{year}-{month:02}-01", f"{year}-{month:02}-31", str(month))
    name, first, last = next(one for one in _TERMS if one[1] <= month <= one[2])
    return Period(f"{year}-{first:02}-01", f"{year}-{last:02}-31", name)


def periods(days: Iterable[str], by: str) -> list[Period]:
    """Every period in which there is a day, in the order of the calendar."""
    return sorted({period_of(day, by) for day in days})


def school_year_of(day: str) -> str:
    """The first day of the school year a day is in."""
    year = int(day[:4])
    return f"{year if day[5:] >= SCHOOL_YEAR_BEGINS else year - 1}-{SCHOOL_YEAR_BEGINS}"
