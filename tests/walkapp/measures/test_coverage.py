"""Rooms seen, how long ago, and the periods they are counted in."""

import pytest

from walkapp.measures.coverage import coverage
from walkapp.measures.periods import MONTH, TERM, period_of, periods, school_year_of


def test_rooms_are_counted_once_and_the_last_visit_says_how_long_ago() -> None:
    # By hand: rooms 1 and 2 were seen, 1 on the 20th (2 days ago), 2 on the 12th (10 days ago).
    stops = [("a", "1", "2026-11-02"), ("b", "1", "2026-11-20"), ("b", "1", "2026-11-20"),
             ("c", "2", "2026-11-12"), ("d", "9", "2026-11-21"), ("e", None, "2026-11-21"),
             ("f", "3", "2026-07-31")]  # fmt: skip
    found = coverage(["1", "2", "3", "4"], stops, "2026-08-01", "2026-11-22")
    assert (found.rooms, found.seen, found.visits, found.median_days) == (4, 2, 3, 6)


def test_a_school_without_visits_has_no_days() -> None:
    found = coverage(["1"], [], "2026-08-01", "2026-11-22")
    assert (found.seen, found.median_days) == (0, None)


@pytest.mark.parametrize(
    ("day", "first"), [("2026-11-22", "2026-08-01"), ("2026-08-01", "2026-08-01"),
                       ("2026-07-31", "2025-08-01"), ("2027-01-02", "2026-08-01")]
)  # fmt: skip
def test_a_school_year_begins_in_august(day: str, first: str) -> None:
    assert school_year_of(day) == first


@pytest.mark.parametrize(
    ("day", "term"), [("2026-01-01", "spring"), ("2026-05-31", "spring"), ("2026-06-01", "summer"),
                      ("2026-07-31", "summer"), ("2026-08-01", "autumn"), ("2026-12-31", "autumn")]
)  # fmt: skip
def test_every_day_is_in_one_term(day: str, term: str) -> None:
    found = period_of(day, TERM)
    assert (found.name, found.year) == (term, 2026)
    assert found.first <= day <= found.last


def test_periods_stand_in_the_order_of_the_calendar() -> None:
    found = periods(["2026-11-22", "2026-02-03", "2025-11-30", "2026-11-01"], MONTH)
    assert [one.first for one in found] == ["2025-11-01", "2026-02-01", "2026-11-01"]
