"""Quartiles and intervals from ranks, against values worked out by hand and by R."""

import pytest

from walkapp.measures.spread import middle_half_ends, quantile_ends, spread
from walkapp.measures.visits import Scored


def visits(*values: float) -> list[Scored]:
    return [Scored(str(n), "walk", str(n), "2026-11-22", (v,)) for n, v in enumerate(values)]


def test_quartiles_are_those_of_type_7() -> None:
    # R: quantile(1:10) gives 3.25, 5.5, 7.75.
    found = spread(visits(10, 3, 1, 4, 2, 5, 9, 7, 6, 8))
    assert found is not None
    assert (found.lower, found.median, found.upper) == (3.25, 5.5, 7.75)
    assert found.middle_half == 4.5
    assert (found.visits, found.observations) == (10, 10)


def test_two_observers_of_a_visit_are_one_value() -> None:
    found = spread([*visits(1, 2, 3), Scored("last", "walk", "9", "2026-11-22", (4.0, 2.0))])
    assert found is not None
    assert (found.median, found.visits, found.observations) == (2.5, 4, 5)


def test_one_visit_has_no_spread() -> None:
    assert spread(visits(3)) is None


# Of n values in order, the ranks that hold the median in 95 of 100 samples (binomial tables).
@pytest.mark.parametrize(
    ("n", "ends"), [(5, None), (6, (1, 6)), (8, (1, 8)), (9, (2, 8)), (10, (2, 9)), (15, (4, 12))]
)
def test_the_median_lies_between_these_ranks(n: int, ends: tuple[int, int] | None) -> None:
    assert quantile_ends(range(1, n + 1), 0.5, 0.95) == ends


def test_few_visits_give_no_interval_for_the_middle_half_and_many_do() -> None:
    # Both quartiles at 0.9875 on each side: 0.75 ** n must be 0.0125 or less, so n is 16 or more.
    assert middle_half_ends(range(15)) is None
    low, high = middle_half_ends(range(16)) or (None, None)
    assert low == 0 and high == 15


def test_thousands_of_visits_have_an_interval_too() -> None:
    # By the normal curve: 2500 less and more 0.98 * sqrt(5000) = 69.3.
    low, high = quantile_ends(range(1, 5001), 0.5, 0.95) or (0, 0)
    assert low == pytest.approx(2431, abs=1) and high == pytest.approx(2570, abs=1)
