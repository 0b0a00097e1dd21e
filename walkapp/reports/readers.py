"""Who reads: at which schools, and whether they may open the visits behind a number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..access import Ability
from ..access.table import DESK, REPORTS


@dataclass(frozen=True, slots=True)
class Reader:
    """`schools` are those they may read reports of; `desks` those whose visits they may open."""

    schools: Mapping[str, str]
    desks: frozenset[str]

    def is_bound(self, schools: Iterable[str]) -> bool:
        """Is what they see of these held to the least number of rooms and visits?"""
        return not self.desks.issuperset(schools)


def reader_of(ability: Ability, schools: Mapping[str, str]) -> Reader:
    return Reader(
        {id: name for id, name in schools.items() if ability.may(REPORTS, id)},
        frozenset(id for id in schools if ability.may(DESK, id)),
    )
