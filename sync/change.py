"""What one device did to one record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """A change as it came over the wire, checked for shape.

    Either `new` (a whole body) or `set` (paths to values; None removes) is given, never both.
    `base` is the seq of the row the editor looked at, `seen` the author's own earlier changes
    to the record that the editor had before it; together they say exactly what was known.
    `after` names a change that must have been applied for this one to make sense.
    """

    cid: str
    kind: str
    id: str
    at: int
    new: Body | None = None
    set: Mapping[str, Any] | None = None
    base: int = 0
    seen: tuple[str, ...] = ()
    after: str | None = None
    hash: str = ""
