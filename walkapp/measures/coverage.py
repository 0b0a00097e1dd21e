"""Which part of a school's rooms was seen, and how long ago. A count of all rooms, no sample."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of `rooms` in use, how many were seen; the median of days is of those that were."""

    rooms: int
    seen: int
    visits: int
    observations: int
    median_days: float | None


def coverage(
    rooms: Iterable[str], visits: Iterable[tuple[str, str | None, str]], first: str, today: str
) -> Coverage:
    """Of the rooms in use, those with a visit since the first day; a visit counts once.

    `visits` are the visit, room and day of each observation.
    """
    in_use = set(rooms)
    counted = [one for one in visits if one[1] in in_use and first <= one[2]]
    ago = [_days(day, today) for day in _last_days(counted).values()]
    return Coverage(
        len(in_use), len(ago), len({visit for visit, _, _ in counted}), len(counted),
        median(ago) if ago else None,
    )  # fmt: skip


def _last_days(visits: Iterable[tuple[str, str | None, str]]) -> Mapping[str | None, str]:
    last: dict[str | None, str] = {}
    for _, room, day in visits:
        last[room] = max(day, last.get(room, day))
    return last


def _days(day: str, today: str) -> int:
    return max(0, (date.fromisoformat(today) - date.fromisoformat(day)).days)
