"""How many visits a room replied to is told by school, and small numbers to the desk alone."""

import pytest

from walkapp.reports.readers import Reader
from walkapp.reports.replies import replied

BOTH = {"oak": "Oak Hill", "pine": "Pine Ridge"}
LEAD = Reader(BOTH, frozenset())
RUIZ = Reader({"oak": "Oak Hill"}, frozenset({"oak"}))


@pytest.mark.parametrize(
    ("reader", "counts", "schools", "told"),
    [
        (LEAD, {}, BOTH, None),
        (LEAD, {"oak": 4}, BOTH, None),
        (LEAD, {"oak": 5, "pine": 4}, BOTH, 5),
        (LEAD, {"oak": 5, "pine": 6}, BOTH, 11),
        (LEAD, {"oak": 5, "pine": 6}, ["pine"], 6),
        (RUIZ, {"oak": 1}, ["oak"], 1),
        (RUIZ, {"pine": 9}, ["oak"], None),
    ],
)
def test_who_is_told_what(
    reader: Reader, counts: dict[str, int], schools: list[str], told: int | None
) -> None:
    assert replied(counts, schools, reader) == told
