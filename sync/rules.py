"""What the engine asks of the service. The engine never learns what a record means."""

from collections.abc import Sequence
from typing import Protocol

from .author import Author
from .change import Change
from .errors import Refusal
from .following import Following
from .log import Log
from .record import Record


class Rules(Protocol):
    def check(self, change: Change) -> Refusal | None:
        """Is the change well formed for its kind? Pure; called before any lock is held."""

    def allow(self, author: Author, before: Record | None, change: Change) -> Refusal | None:
        """May this author make this change to this record now? Called under the space's lock.

        `before` is None for a new record. A change answered with None may be applied.
        """

    def allow_after(self, change: Change, earlier: Record, seq: int) -> Refusal | None:
        """May the change follow the accepted one it names in `after`?

        `earlier` is the record that one was made to, as it stands now; `seq` is the seq it got.
        """

    def merge_rule(self, kind: str, path: str) -> str:
        """How an unseen earlier write of the path is met: "fixed", "lww", "text" or "both"."""

    def maps(self, kind: str) -> frozenset[str] | None:
        """The fields of this kind whose keys are paths of their own; None where it is no kind."""

    def audience(self, record: Record) -> frozenset[str]:
        """The scopes whose readers may see the record as it stands."""

    def follow(
        self, log: Log, author: Author, changed: Sequence[Record], since: int, now: int
    ) -> Following:
        """What the service itself does because these records were made or changed by the author
        after the commit `since`. Called under the space's lock, when they are written."""
