"""What one device did to one record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Body = dict[str, Any]

RECORD = ""  # the path of the record itself: `set: {"": null}` removes it


@dataclass(frozen=True, slots=True)
class Change:
    """A change as it came over the wire, checked for shape.

    Either `new` (a whole body) or `set` (paths to values; None removes) is given, never both.
    `base` is the seq of the row the editor looked at, `seen` the author's own earlier changes
    to the record that the editor had before it; together they say exactly what was known.
    `after` names a change that must have been applied for this one to make sense.
    `hash` covers the change exactly as it was sent (the receipt); `said` only what it does, so
    that a change sent again with a newer base is still known as the same change. `digest` is the
    hash of the new body alone, `text` that body in canonical form.
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
    said: str = ""
    digest: str = ""
    text: str = field(default="", compare=False, repr=False)

    def removes(self) -> bool:
        """Is this the removal of the whole record?"""
        return self.set is not None and RECORD in self.set


def as_sent(change: Change) -> dict[str, Any]:
    """The change as it goes over the wire."""
    sent: dict[str, Any] = {"cid": change.cid, "kind": change.kind}
    sent |= {"id": change.id, "at": change.at}
    if change.new is not None:
        sent["new"] = change.new
    else:
        sent |= {"base": change.base, "seen": list(change.seen), "set": dict(change.set or {})}
    if change.after is not None:
        sent["after"] = change.after
    return sent
