"""A record as the server holds it."""

from dataclasses import dataclass, field
from typing import Any

from .change import Body

# path -> [seq, at, cid] of its last writer, with TAKEN behind it where that was a row that came
# back from a lost history. "" is the creation; only paths written after the creation are listed,
# so a fresh observation has one entry. REMOVAL is there as long as the record is removed.
Versions = dict[str, list[Any]]

TAKEN = "taken"
REMOVAL = "/"  # no path is written like this


@dataclass(slots=True)
class Record:
    """`scopes` is the audience as it was last computed. The body is replaced, never changed.

    `digest` is the SHA-256 of the body in canonical form; a row from before there were digests
    has none. `size` is what the body takes as text, filled in by the keeper that read it. `text` is
    the body in canonical form, where it was at hand when the body was put in.
    """

    id: str
    kind: str
    seq: int
    owner: str
    body: Body
    ver: Versions = field(default_factory=dict)
    removed: bool = False
    scopes: frozenset[str] = frozenset()
    digest: str = ""
    size: int = field(default=0, compare=False)
    text: str = field(default="", compare=False, repr=False)
