"""Who is speaking: one person in one space, as far as the engine needs to know."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Author:
    """`scopes` is what the person may read now; `view` a digest over what they may enter.

    `ability` is the service's own business (its grants); the engine only hands it to the rules.
    `all_seeing` is the service itself: every record of the space is visible to it.
    """

    person: str
    account: str
    device: str | None
    scopes: frozenset[str]
    view: str
    ability: Any = None
    all_seeing: bool = False

    def may_see(self, scopes: frozenset[str]) -> bool:
        """Does any of these scopes belong to this reader?"""
        return self.all_seeing or not self.scopes.isdisjoint(scopes)
