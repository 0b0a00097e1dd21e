"""What stands in an address, and the small picture of a trend."""

import pytest

from walkapp.reports import Filter, asked
from walkapp.reports.chart import EDGE, HEIGHT, WIDTH, chart
from walkapp.reports.document import POINTS, SHARE, Cell
from walkapp.reports.filters import NotAsked


def test_an_empty_address_asks_for_everything() -> None:
    assert asked({}) == asked({"school": "", "from": "", "by": ""}) == Filter()


def test_what_is_asked_for_comes_back_from_its_own_address() -> None:
    whole = Filter("hqim", "oak", "walk", "2026-10-01", "2026-11-22", "month")
    assert asked(whole.address()) == whole


def test_days_in_the_wrong_order_are_turned_round() -> None:
    found = asked({"from": "2026-11-22", "to": "2026-10-01"})
    assert (found.first, found.last) == ("2026-10-01", "2026-11-22")


@pytest.mark.parametrize("said", ["2026-13-01", "22.11.2026", "2026-11-22; DROP", "9" * 5000])
def test_what_is_no_day_is_named(said: str) -> None:
    with pytest.raises(NotAsked, match="to"):
        asked({"to": said})


def test_a_period_is_cut_to_the_days_that_are_asked_for() -> None:
    found = Filter(first="2026-10-01", last="2026-11-22").within("2026-08-01", "2026-12-31")
    assert (found.first, found.last) == ("2026-10-01", "2026-11-22")


def test_a_picture_has_a_dot_for_each_share_that_is_shown_and_says_all_of_them() -> None:
    cells = (Cell(SHARE, 0.0, (0.0, 0.5)), Cell(SHARE, why="not shown"), Cell(SHARE, 1.0, (0.5, 1)),
             Cell(POINTS, 1.0))  # fmt: skip
    drawn = chart(("Spring", "Summer", "Autumn", "Since baseline"), cells)
    assert [(dot.x, dot.y) for dot in drawn.dots] == [(EDGE, HEIGHT - EDGE), (WIDTH - EDGE, EDGE)]
    assert drawn.dots[0].high == drawn.dots[1].low == HEIGHT / 2
    assert drawn.words == "Spring 0%; Summer not shown; Autumn 100%"
