"""Who reads what, and that small numbers stay where they may be opened."""

from collections.abc import Callable
from itertools import combinations_with_replacement

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.walkapp.views import tablet
from tests.walkapp.views.district import World

from .conftest import Year
from .reading import csv_cells, page_cells, shown, xlsx_cells
from .walking import HQIM, Walking

AsRole = Callable[[str], FlaskClient]


def test_the_same_numbers_stand_on_the_page_and_in_each_file(as_role: AsRole, year: Year) -> None:
    lead = as_role("lead")
    for asked in ({}, {"walk": year.spring}, {"school": year.pine}, {"from": "2026-10-01"}):
        paths = (f"/reports/{year.space}{end}" for end in ("", "/report.csv", "/report.xlsx"))
        page, csv, xlsx = (lead.get(path, query_string=asked) for path in paths)
        in_files = shown(csv_cells(csv.data))
        assert in_files == shown(xlsx_cells(xlsx.data))
        cells = page_cells(page.get_data(as_text=True))
        on_page = {at for at, said in cells.items() if said[0] in "0123456789+−±"}  # noqa: RUF001
        assert on_page == in_files
        assert on_page or "school" in asked


def test_files_of_the_desk_hold_nothing_small_either(as_role: AsRole, year: Year) -> None:
    asked = {"school": year.oak}
    path = f"/reports/{year.space}/report.csv"
    theirs, ours = (
        csv_cells(as_role(who).get(path, query_string=asked).data) for who in ("principal", "lead")
    )
    assert theirs == ours


def test_a_principal_reads_her_own_school_and_no_other(as_role: AsRole, year: Year) -> None:
    principal = as_role("principal")
    page = principal.get(f"/reports/{year.space}").get_data(as_text=True)
    assert "Oak Hill" in page and "Pine Grove" not in page
    for path in ("", "/report.csv", "/report.xlsx", "/report.pdf"):
        there = f"/reports/{year.space}{path}"
        assert principal.get(there, query_string={"school": year.pine}).status_code == 404
        assert principal.get(there, query_string={"school": "nowhere"}).status_code == 404


def test_a_walk_or_a_rubric_that_is_not_hers_is_not_there(as_role: AsRole, year: Year) -> None:
    other, path = as_role("other_principal"), f"/reports/{year.space}"
    assert other.get(path, query_string={"walk": year.spring}).status_code == 404
    assert other.get(path, query_string={"rubric": "five-conditions-walk"}).status_code == 404


@pytest.mark.parametrize("asked", [{"from": "yesterday"}, {"to": "2026-02-30"}, {"by": "teacher"}])
def test_what_is_no_day_is_refused_by_name(
    as_role: AsRole, year: Year, asked: dict[str, str]
) -> None:
    answer = as_role("lead").get(f"/reports/{year.space}", query_string=asked)
    assert answer.status_code == 400


def test_schools_stand_by_name_whatever_their_numbers_are(as_role: AsRole, year: Year) -> None:
    cells = page_cells(as_role("lead").get(f"/reports/{year.space}").get_data(as_text=True))
    rows = [row for table, row, column in cells if table == "Rooms seen" and column == "Share"]
    assert rows == ["Oak Hill", "Pine Grove"]


def test_no_name_of_a_person_and_no_room_is_in_a_report(as_role: AsRole, year: Year) -> None:
    for who in ("lead", "principal"):
        for end in ("", "/report.csv"):
            said = as_role(who).get(f"/reports/{year.space}{end}").get_data(as_text=True)
            for name in ("Okoye", "Brandt", "Alvarez") if end or who == "lead" else ("Brandt",):
                assert name not in said
            assert not [room for room in ("R1", "R7") if f">{room}<" in said or f",{room}," in said]


def test_the_desk_opens_one_visit_and_nobody_else_does(as_role: AsRole, year: Year) -> None:
    path = f"/reports/{year.space}/visits/{year.late_visit}"
    page = as_role("principal").get(path)
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert "Students use criteria to judge" in text and "not released" in text and "R7" not in text
    for who in ("lead", "other_principal"):
        assert as_role(who).get(path).status_code == 404


def test_what_is_not_revealed_yet_is_in_no_report(
    app: Flask, world: World, as_role: AsRole
) -> None:
    """Two walk as a team. The first has given hers: nothing of it is in any number. When the second
    gives his, the visit is revealed, and both are one visit."""
    home = world.lakeview
    coach, observer, principal = (as_role(who) for who in ("coach", "observer", "principal"))
    rubric = tablet.rubric_in(tablet.send(coach, home.space))
    walk, visit, room, hers = tablet.quick_visit(home, "coach", rubric, state="submitted")
    walk["new"] |= {
        "kind": "walk", "focus": "Who thinks?",
        "team": {home.people["observer"]: {"at": tablet.AT}},
    }  # fmt: skip
    his = tablet.new("observation", {**hers["new"], "observer": home.people["observer"]})
    for one in (hers, his):
        one["new"]["ratings"] = {"TE1": {"value": 3}}
    said = tablet.send(coach, home.space, walk, visit, room, hers)
    assert {one["verdict"] for one in said["results"].values()} == {"ok"}

    def rooms_seen() -> str:
        page = principal.get(f"/reports/{home.space}").get_data(as_text=True)
        return page_cells(page).get(("Rooms seen", "Oak Hill", "Rooms seen"), "nothing")

    assert rooms_seen() == "nothing"
    tablet.send(observer, home.space, his)
    assert rooms_seen() == "1 1 visit, 2 observations"


def test_another_rubric_is_another_report(
    app: Flask, walking: Walking, year: Year, as_role: AsRole
) -> None:
    with app.app_context():
        walk = walking.walk("2026-10-07")
        for room in range(1, 6):
            visit = walking.visit(walk, room, room)
            walking.observe(visit, {}, gate=None, rubric=HQIM)
    lead, path = as_role("lead"), f"/reports/{year.space}"
    page = lead.get(path, query_string={"rubric": "hqim-implementation-walk"})
    assert "HQIM" in page.get_data(as_text=True)
    assert page_cells(page.get_data(as_text=True))


def test_a_district_without_an_observation_has_a_report_that_says_so(
    world: World, as_role: AsRole
) -> None:
    lead, path = as_role("lead"), f"/reports/{world.lakeview.space}"
    assert "There is nothing to report yet" in lead.get(path).get_data(as_text=True)
    for kind in ("csv", "xlsx", "pdf"):
        assert lead.get(f"{path}/report.{kind}").status_code == 200


def test_no_two_answers_differ_by_fewer_than_five_visits(as_role: AsRole, year: Year) -> None:
    """The same as test_groups.py, through the door: every span of days between the walks."""
    lead, path = as_role("lead"), f"/reports/{year.space}/report.csv"
    days = ("2026-01-01", "2026-03-10", "2026-10-06", "2026-10-08", "2026-10-20", "2026-11-22")
    told: dict[tuple[str, str], dict[str, int]] = {}
    for first, last in combinations_with_replacement(days, 2):
        cells = csv_cells(lead.get(path, query_string={"from": first, "to": last}).data)
        told[first, last] = {
            row: int(cell[3] or 0)
            for (table, row, column), cell in cells.items()
            if (table, column) == ("Ratings by indicator", "Visits")
        }
    differences = {
        whole[row] - told[inner].get(row, 0)
        for outer, whole in told.items()
        for inner in told
        if outer[0] <= inner[0] and inner[1] <= outer[1]
        for row in whole
    }
    assert differences == {0, 5, 6, 11}


def test_visits_that_were_brought_together_are_one(
    app: Flask, walking: Walking, as_role: AsRole
) -> None:
    """A quick visit to one room, begun on two tablets and joined, each to the other."""
    with app.app_context():
        walk = walking.walk("2026-11-20", kind="drop-in")
        one, two = walking.visit(walk, 1, 1), walking.visit(walk, 1, 1)
        for visit in (one, two):
            walking.observe(visit, {"TE1": 3}, gate=None)
        for visit, other in ((one, two), (two, one)):
            walking.edit("coach", visit["id"], {"same_as": other["id"]}, "visit")
    page = as_role("principal").get(f"/reports/{walking.home.space}").get_data(as_text=True)
    cells = page_cells(page)
    row = "Target and criteria are in student hands Task and evidence · TE1"
    assert cells["Ratings by indicator", row, "Visits"] == "1"
    assert cells["Ratings by indicator", row, "Observations"] == "2"
