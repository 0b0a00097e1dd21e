"""A record as the server holds it."""

from dataclasses import dataclass, field
from typing import Any

from .change import Body

# path -> [seq, at, cid] of its last writer. "" is the creation; only paths written after the
# creation are listed, so a fresh observation has one entry.
Versions = dict[str, list[Any]]


@dataclass(slots=True)
class Record:
    """`scopes` is the audience as it was last computed. The body is replaced, never changed."""

    id: str
    kind: str
    seq: int
    owner: str
    body: Body
    ver: Versions = field(default_factory=dict)
    removed: bool = False
    scopes: frozenset[str] = frozenset()
