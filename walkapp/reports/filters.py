"""What a report is asked for: it stands in the address, and page and files read the same."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ..measures.groups import Window
from ..measures.periods import PERIODS, TERM


class NotAsked(ValueError):
    """What stands in the address is no day, or no period. The words name the field."""


@dataclass(frozen=True, slots=True)
class Filter:
    """None is everything: all schools one may read, all days, all walks."""

    rubric: str | None = None
    school: str | None = None
    walk: str | None = None
    first: str | None = None
    last: str | None = None
    by: str = TERM

    @property
    def window(self) -> Window:
        return Window(self.first, self.last, self.walk)

    def within(self, first: str, last: str) -> Window:
        """The part of the window that lies between these days."""
        begins = max(first, self.first or first)
        return Window(begins, min(last, self.last or last), self.walk)

    def address(self) -> dict[str, str]:
        """What is asked for, as it stands in the address."""
        asked = {
            "rubric": self.rubric, "school": self.school, "walk": self.walk,
            "from": self.first, "to": self.last, "by": None if self.by == TERM else self.by,
        }  # fmt: skip
        return {name: value for name, value in asked.items() if value}


def asked(address: Mapping[str, str]) -> Filter:
    """The filter that stands in an address; what is left empty asks for everything."""
    by = address.get("by") or TERM
    if by not in PERIODS:
        raise NotAsked("by")
    found = Filter(
        address.get("rubric") or None, address.get("school") or None, address.get("walk") or None,
        _day(address, "from"), _day(address, "to"), by,
    )  # fmt: skip
    if found.first and found.last and found.first > found.last:
        return replace(found, first=found.last, last=found.first)
    return found


def _day(address: Mapping[str, str], name: str) -> str | None:
    said = address.get(name)
    if not said:
        return None
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        raise NotAsked(name) from None
