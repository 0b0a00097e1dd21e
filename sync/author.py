"""Who is speaking: one person in one space, as far as the engine needs to know."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Author:
    """`scopes` is what the person may read now; `view` a digest over what they may enter.

    `ability` is the service's own business (its grants); the engine only hands it to the rules.
    """

    person: str
    account: str
    device: str | None
    scopes: frozenset[str]
    view: str
    ability: Any = None
