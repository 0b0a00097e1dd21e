"""What the year of Oak Hill comes to, counted by hand from the table in conftest.py."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from walkapp.said import iso_day
from walkapp.views import reports as view

from .conftest import Year
from .reading import csv_cells, page_cells

AsRole = Callable[[str], FlaskClient]

# Noon of November 22, 2026, wherever the server's clock stands.
TODAY_MS = 1_795_348_800_000
TE1 = "Target and criteria are in student hands Task and evidence · TE1"
SA1 = "Students question, challenge and justify Student agency and talk · SA1"
TE3 = "Student work shows learning of the target met"
RATINGS, YES_NO, TREND, SPREAD, SEEN = (
    "Ratings by indicator", "Yes or no", "Trend", "Spread within a school", "Rooms seen",
)  # fmt: skip
HIDDEN = "not shown: fewer than 5 rooms or 5 visits"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, year: Year) -> None:
    assert iso_day(TODAY_MS) == "2026-11-22"
    monkeypatch.setattr(view, "iso_day", lambda _ms: "2026-11-22")


@pytest.fixture
def filed(as_role: AsRole, year: Year) -> Callable[..., dict[Any, list[str]]]:
    """The cells of the lead's CSV, of whatever is asked for."""

    def read(**asked: str) -> dict[Any, list[str]]:
        path = f"/reports/{year.space}/report.csv"
        answer = as_role("lead").get(path, query_string=asked)
        assert answer.status_code == 200
        return csv_cells(answer.data)

    return read


def number(cell: list[str]) -> tuple[float, int, int]:
    return float(cell[0]), int(cell[3]), int(cell[4])


def test_levels_of_both_walks_and_a_visit_of_two_observers_counts_once(filed: Any) -> None:
    # 11 visits: 6 in spring, 5 in autumn; the last has two observers, so 12 observations. Level 1:
    # R1. Level 2: R2 R3 and R1 of autumn, and half of R5: 3.5. Level 3: two and two. Level 4: R6,
    # R4 of autumn and half of R5: 2.5. Level 3 or 4: 4 + 2.5. The quick visit fills no group.
    cells = filed()
    levels = {c[:1]: number(v) for (t, r, c), v in cells.items() if (t, r) == (RATINGS, TE1)}
    assert levels["1"] == (0.0909, 11, 12)
    assert levels["2"] == (0.3182, 11, 12)
    assert levels["3"] == (0.3636, 11, 12)
    assert levels["4"] == (0.2273, 11, 12)
    assert number(cells[RATINGS, TE1, "Level 3 or 4"]) == (0.5909, 11, 12)


def test_what_a_gate_set_is_in_no_level(filed: Any) -> None:
    # Spring has 4 levels on SA1, too few to show; autumn 5, of them none of the second observer's.
    cells = filed()
    assert number(cells[RATINGS, SA1, "Level 3 or 4"]) == (1.0, 5, 5)
    # Two of the 11 visits had the gate answered no; the second observer was not asked.
    assert number(cells[YES_NO, _gate(cells), "Share"]) == (0.1818, 11, 11)
    # TE3 was met in three of six visits in spring; nobody answered it in autumn.
    assert number(cells[YES_NO, TE3, "Share"]) == (0.5, 6, 6)


def test_trend_by_term_and_since_baseline(filed: Any) -> None:
    # Spring 3 of 6; autumn 3.5 of 5; 20 points more, and it may well be chance.
    cells = filed()
    assert number(cells[TREND, TE1, "Spring 2026"]) == (0.5, 6, 6)
    assert number(cells[TREND, TE1, "Autumn 2026"]) == (0.7, 5, 6)
    change = cells[TREND, TE1, "Since baseline"]
    assert float(change[0]) == 20
    assert float(change[1]) < 0 < float(change[2])
    assert cells[TREND, SA1, "Spring 2026"][0] == ""
    assert cells[TREND, SA1, "Since baseline"][5] == "needs two periods"


def test_spread_within_the_school(filed: Any) -> None:
    # Means of TE1 and TE2 in order: 1 2 2 2 3 3 3 3 3 4 4: quarter 2, middle 3, quarter 3.
    cells = filed()
    row = "Oak Hill Rigor"
    found = {c: float(v[0]) for (t, r, c), v in cells.items() if (t, r.strip()) == (SPREAD, row)}
    assert found == {
        "Visits": 11, "Observations": 12, "Lower quartile": 2, "Median": 3, "Upper quartile": 3,
        "Middle half": 1,
    }  # fmt: skip


def test_rooms_seen_since_august_count_what_was_given_too(filed: Any) -> None:
    # R1 to R5 on October 6 (47 days), R6 on the 20th (33), R7, given only, on November 3 (19):
    # 7 of 8 rooms; the middle of 19 33 47 47 47 47 47 is 47. Pine Grove: 3 rooms, not shown.
    cells = filed()
    oak = {c: float(v[0]) for (t, r, c), v in cells.items() if (t, r.strip()) == (SEEN, "Oak Hill")}
    assert oak == {
        "Rooms in use": 8, "Rooms seen": 7, "Share": 0.875,
        "Days since the last visit (median)": 47,
    }  # fmt: skip
    pine = {c: v for (t, r, c), v in cells.items() if (t, r.strip()) == (SEEN, "Pine Grove")}
    assert pine["Rooms seen"][0] == "" and pine["Rooms in use"][0] == "4"


def test_a_walk_by_itself(filed: Any, year: Year) -> None:
    cells = filed(walk=year.autumn)
    assert number(cells[RATINGS, TE1, "Level 3 or 4"]) == (0.7, 5, 6)
    assert {table for table, _, _ in cells} == {RATINGS, YES_NO, SPREAD}


def test_days_and_months(filed: Any) -> None:
    cells = filed(**{"from": "2026-08-01", "to": "2026-12-31", "by": "month"})
    assert number(cells[RATINGS, TE1, "Level 3 or 4"]) == (0.7, 5, 6)
    assert number(cells[TREND, TE1, "October 2026"]) == (0.7, 5, 6)
    cut = filed(**{"from": "2026-10-07"})
    assert cut[RATINGS, TE1, "Visits"] == ["", "", "", "", "", HIDDEN]


def test_the_desk_of_the_school_sees_small_numbers_on_its_page(as_role: AsRole, year: Year) -> None:
    # With the quick visit there are 12 visits and 13 observations; 6.5 of 12 are level 3 or 4. SA1
    # has 9 visits: 4 in spring, of them 3 at level 3 or 4, and 5 in autumn: 8 of 9.
    page = as_role("principal").get(f"/reports/{year.space}").get_data(as_text=True)
    cells = page_cells(page)
    assert (cells[RATINGS, TE1, "Visits"], cells[RATINGS, TE1, "Observations"]) == ("12", "13")
    assert cells[RATINGS, TE1, "Level 3 or 4"].startswith("54%")
    assert cells[RATINGS, SA1, "Level 3 or 4"].startswith("89%")
    assert "1 given observation is not in these numbers until it is released." in page


def _gate(cells: Any) -> str:
    return next(row for table, row, _ in cells if table == YES_NO and row.startswith("no team"))
