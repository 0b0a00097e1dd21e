"""The year of the demo district comes to the same report on both databases."""

import pytest

from walkapp import database, demo
from walkapp.access import ability_of
from walkapp.config import Config
from walkapp.demo.district import find
from walkapp.membership import grants_of
from walkapp.projections import REPORTS, catch_up, is_behind
from walkapp.queries import reporting
from walkapp.reports import Document, Filter, build, gather, reader_of

TE1, LEVEL_3_OR_4 = 0, -1


def report(config: Config, who: str) -> Document:
    with database.writing() as session:
        demo.seed(session)
        demo.seed_year(session)
        home = find(session)
        assert home is not None
        while is_behind(session, home.space, REPORTS):
            catch_up(session, home.space, REPORTS, 20)
    with database.reading() as session:
        found = grants_of(session, home.space, home.people[who].account)
        assert found is not None
        reader = reader_of(ability_of(found[1], 0), reporting.schools(session, home.space))
        material = gather(session, home.space, config.home, reader, Filter())
        return build(
            material, {}, is_bound=reader.is_bound(material.schools), at=0, today="2026-11-22",
            said_moment=str,
        )  # fmt: skip


@pytest.mark.usefixtures("on_both")
def test_a_report_of_the_demo_year_is_the_same_on_both_databases(opened: Config) -> None:
    document = report(opened, "lead")
    assert document.is_bound
    ratings = next(one for one in document.sections if one.id == "ratings").rows
    # 8 + 9 + 9 + 7 + 8 rooms; the walk to 3 rooms and last week's two visits fill no group.
    cell = ratings[TE1].cells[LEVEL_3_OR_4]
    assert (cell.visits, cell.observations) == (41, 41)
    # The levels that the demo gives TE1 come to 18 visits at level 3 or 4.
    assert cell.value == pytest.approx(18 / 41)
