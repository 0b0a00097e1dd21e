"""Visits that may be shown together, so that no smaller number can be worked out (rulings 11).

A reader may ask for any days, any walk, page after page, and subtract. So every number for them is
a sum over whole groups, and the groups of a measure do not depend on what is asked: each holds at
least five rooms and five visits and shares no visit with another. Whatever is added to or taken
from such sums is again made of whole groups. What does not fill a group waits and is left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .visits import Scored

LEAST_ROOMS = 5
LEAST_VISITS = 5


@dataclass(frozen=True, slots=True)
class Window:
    """What is asked for: days from and to, both within, and one walk alone."""

    first: str | None = None
    last: str | None = None
    walk: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Visits that are in a number together or not at all."""

    first: str
    last: str
    walks: frozenset[str]
    visits: tuple[Scored, ...]

    def is_in(self, asked: Window) -> bool:
        return (
            (asked.first is None or self.first >= asked.first)
            and (asked.last is None or self.last <= asked.last)
            and (asked.walk is None or self.walks == {asked.walk})
        )


def parts(visits: Sequence[Scored], *, is_bound: bool) -> list[Part]:
    """What the numbers of one school on one measure are made of: groups for who may not open the
    visits, else every visit by itself. `visits` are all there are, whatever is asked for."""
    found = groups(visits) if is_bound else [[one] for one in visits]
    return [_part(some) for some in found]


def chosen(parts: Iterable[Part], asked: Window) -> list[Scored]:
    """The visits of a number; what is asked for in part is not in it."""
    return [one for part in parts if part.is_in(asked) for one in part.visits]


def groups(visits: Iterable[Scored]) -> list[list[Scored]]:
    """A walk that is large enough stands alone; smaller ones wait for each other, by their days.

    The last ones that do not fill a group are in none: to add them to an earlier one would show
    tomorrow, beside today's number, what only they said.
    """
    walks: dict[str, list[Scored]] = {}
    for one in visits:
        walks.setdefault(one.walk, []).append(one)
    alone = [some for some in walks.values() if is_enough(some)]
    small = [some for some in walks.values() if not is_enough(some)]
    return alone + _pooled(sorted(small, key=lambda some: (some[0].day, some[0].walk)))


def is_enough(visits: Sequence[Scored]) -> bool:
    rooms = {one.room for one in visits if one.room is not None}
    return len(rooms) >= LEAST_ROOMS and len({one.visit for one in visits}) >= LEAST_VISITS


def _pooled(walks: Iterable[list[Scored]]) -> list[list[Scored]]:
    full: list[list[Scored]] = []
    filling: list[Scored] = []
    for some in walks:
        filling = filling + some
        if is_enough(filling):
            full.append(filling)
            filling = []
    return full


def _part(some: Sequence[Scored]) -> Part:
    days = [one.day for one in some]
    return Part(min(days), max(days), frozenset(one.walk for one in some), tuple(some))
