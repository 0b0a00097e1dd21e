"""How many visits a room replied to: of a whole school year, and never by teacher."""

from collections.abc import Collection, Mapping

from .readers import Reader

LEAST_VISITS = 5


def replied(counts: Mapping[str, int], schools: Collection[str], reader: Reader) -> int | None:
    """The number of these schools together; None where there is none to show.

    A school counts by itself or not at all, so that no difference of two answers is a small one.
    """
    shown = [
        counts[school]
        for school in schools
        if school in counts and (school in reader.desks or counts[school] >= LEAST_VISITS)
    ]
    return sum(shown) if shown else None
