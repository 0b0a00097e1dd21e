"""Until when something is kept. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..measures.periods import school_year_of
from ..records.policy import FROM_SCHOOL_YEAR

OBSERVATION, PHOTOS = "observation", "photos"
NOTICE_DAYS = 30  # between the word to the lead and the first deletion


@dataclass(frozen=True, slots=True)
class Rule:
    """What the district decided; None is for good."""

    observations: Mapping[str, Any] | None
    photos: Mapping[str, Any] | None

    def __bool__(self) -> bool:
        return self.observations is not None or self.photos is not None

    def is_due(self, what: str, day: str, today: str) -> bool:
        """Has everything of this day been kept long enough?"""
        keeping = self.observations if what == OBSERVATION else self.photos
        return keeping is not None and kept_until(day, keeping) < today


def kept_until(day: str, keeping: Mapping[str, Any]) -> str:
    """The last day on which something of this day is kept."""
    years = int(keeping["years"])
    if keeping["from"] == FROM_SCHOOL_YEAR:
        begins = school_year_of(day)
        return f"{int(begins[:4]) + 1 + years:04}-07-31"
    # The same day of the calendar; on a leap day's anniversary the day before it is the last.
    later = f"{int(day[:4]) + years:04}{day[4:]}"
    return later if not later.endswith("-02-29") or _is_leap(later) else f"{later[:4]}-02-28"


def _is_leap(day: str) -> bool:
    year = int(day[:4])
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
