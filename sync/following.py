"""What the service does because of what was pushed: in the same transaction, by its own hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from .author import Author
from .change import Change


@dataclass(frozen=True, slots=True)
class Following:
    """Changes of the service, and in whose name they are made. They lead to no further ones."""

    author: Author
    changes: Sequence[Change] = ()
