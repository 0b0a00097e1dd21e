"""Shares and their intervals, against what was published."""

import pytest

from walkapp.measures.shares import Share, change, share, wilson
from walkapp.measures.visits import Scored

# Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3.
WILSON = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
# Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10.
NEWCOMBE = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0000),
]


def counted(part: int, n: int) -> Share:
    low, high = wilson(part, n)
    return Share(part / n, low, high, n, n)


def visit(*values: float) -> Scored:
    return Scored(f"visit {values}", "walk", "12", "2026-11-22", values)


@pytest.mark.parametrize(("part", "n", "low", "high"), WILSON)
def test_intervals_are_the_published_ones(part: int, n: int, low: float, high: float) -> None:
    assert wilson(part, n) == pytest.approx((low, high), abs=0.00005)


@pytest.mark.parametrize(("a", "m", "b", "n", "low", "high"), NEWCOMBE)
def test_changes_have_the_published_intervals(
    a: int, m: int, b: int, n: int, low: float, high: float
) -> None:
    found = change(counted(b, n), counted(a, m))
    assert found.value == pytest.approx(a / m - b / n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.00005)


def test_a_visit_weighs_once_however_many_observed_it() -> None:
    # By hand: 1 of the first visit, 0 of the second, 1/3 of the third: 4/3 of 3 visits.
    found = share([visit(4), visit(2), visit(3, 1, 2)], lambda value: value >= 3)
    assert found is not None
    assert found.value == pytest.approx(4 / 9)
    assert (found.visits, found.observations) == (3, 5)


def test_no_visit_has_no_share() -> None:
    assert share([], lambda value: True) is None
