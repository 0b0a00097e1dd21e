"""Roles by their time: in force, still to begin, over."""

from collections.abc import Iterable
from dataclasses import dataclass

from ...access import in_force
from ...access.grants import Grant
from ...clock import now_ms


@dataclass(frozen=True, slots=True)
class RoleTimes:
    now: list[Grant]
    later: list[Grant]
    past: list[Grant]


def role_times(grants: Iterable[Grant]) -> RoleTimes:
    """Each grant in one of the three, by the server's clock."""
    at, given = now_ms(), list(grants)
    now = in_force(given, at)
    past = [one for one in given if one.ends_at is not None and one.ends_at <= at]
    return RoleTimes(now, [one for one in given if one not in now and one not in past], past)
