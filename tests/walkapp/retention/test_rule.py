"""Until when something is kept, counted by hand."""

import pytest

from walkapp.retention.rule import OBSERVATION, PHOTOS, Rule, kept_until


@pytest.mark.parametrize(
    ("day", "years", "begins", "last"),
    [
        ("2026-11-22", 1, "day", "2027-11-22"),
        ("2024-02-29", 1, "day", "2025-02-28"),
        ("2024-02-29", 4, "day", "2028-02-29"),
        ("2026-11-22", 0, "school-year", "2027-07-31"),
        ("2027-07-31", 0, "school-year", "2027-07-31"),
        ("2027-08-01", 0, "school-year", "2028-07-31"),
        ("2026-11-22", 2, "school-year", "2029-07-31"),
    ],
)
def test_the_last_day(day: str, years: int, begins: str, last: str) -> None:
    assert kept_until(day, {"years": years, "from": begins}) == last


def test_on_its_last_day_it_is_still_kept_and_without_a_rule_for_good() -> None:
    rule = Rule({"years": 1, "from": "day"}, None)
    assert not rule.is_due(OBSERVATION, "2025-11-22", "2026-11-22")
    assert rule.is_due(OBSERVATION, "2025-11-22", "2026-11-23")
    assert not rule.is_due(PHOTOS, "1999-01-01", "2026-11-23")
    assert not Rule(None, None)
