"""What a grant looks like to the rules, and which grants count at a moment."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Grant(Protocol):
    """A role of one person at one school (or, with `school` None, in the whole space).

    Times are milliseconds UTC; None means unbounded. It counts from `starts_at` on and no
    longer at `ends_at`.
    """

    @property
    def role(self) -> str: ...
    @property
    def school(self) -> str | None: ...
    @property
    def starts_at(self) -> int | None: ...
    @property
    def ends_at(self) -> int | None: ...


G = TypeVar("G", bound=Grant)


def in_force(grants: Iterable[G], now: int) -> list[G]:
    """The grants that count at `now`, by the server's clock and no other."""
    return [grant for grant in grants if _has_begun(grant, now) and not _is_over(grant, now)]


def lapsed(grants: Iterable[G], now: int) -> list[G]:
    """The grants that counted once and are over at `now`."""
    return [grant for grant in grants if _has_begun(grant, now) and _is_over(grant, now)]


def _has_begun(grant: Grant, now: int) -> bool:
    return grant.starts_at is None or grant.starts_at <= now


def _is_over(grant: Grant, now: int) -> bool:
    return grant.ends_at is not None and grant.ends_at <= now
