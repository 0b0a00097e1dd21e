"""The service with the walks of one year in it, small enough to be counted by hand."""

from dataclasses import dataclass

import pytest
from flask import Flask

from tests.walkapp.views.conftest import (  # noqa: F401 - the same service and the same people
    app,
    as_role,
    client,
    config,
    founded,
    make_app,
    world,
)
from tests.walkapp.views.district import World

from .walking import Walking

MET = {"aligned": "yes", "demand": "yes"}
NOT_MET = {"aligned": "yes", "demand": "no"}


@dataclass
class Year:
    """Oak Hill has rooms R1 to R7 and its old one, 8 in use. The walks, with their visits by room:

    spring (March 10)     R1 R2 R3 R4 R5 R6   TE1 = TE2 = 1 2 2 3 3 4   SA1 = - - 2 3 3 4
                          the gate was answered no in R1 and R2; TE3 is met in R4, R5, R6
    autumn (October 6)    R1 R2 R3 R4 R5      TE1 = TE2 = 2 3 3 4 and, by two observers, 4 and 2
                          SA1 = 3 everywhere, of one of the two in R5; nobody answered TE3
    quick (October 20)    R6                  TE1 = 1, a quick visit
    late (November 3)     R7                  TE1 = 4, given and not released
    draft (November 3)    R7 again            TE1 = 4, a draft
    pine (October 8)      3 rooms of Pine Grove, TE1 = TE2 = 4 4 4

    All are released but where it says otherwise.
    """

    space: str
    oak: str
    pine: str
    spring: str
    autumn: str
    late_visit: str
    late: str


@pytest.fixture
def walking(app: Flask, world: World) -> Walking:  # noqa: F811
    with app.app_context():
        made = Walking(world.lakeview)
        made.add_rooms("oak", 7)
        made.add_rooms("pine", 3)
    return made


@pytest.fixture
def year(app: Flask, walking: Walking) -> Year:  # noqa: F811
    with app.app_context():
        return _year(walking)


def _year(walking: Walking) -> Year:
    spring, autumn = walking.walk("2026-03-10"), walking.walk("2026-10-06")
    for room, (te, sa) in enumerate(((1, 0), (2, 0), (2, 2), (3, 3), (3, 3), (4, 4)), 1):
        levels = {"TE1": te, "TE2": te, "TE3": MET if te > 2 else NOT_MET}
        levels |= {"SA1": sa} if sa else {}
        gate = "yes" if sa else "no"
        walking.observe(walking.visit(spring, room, room), levels, gate=gate)
    for room, te in enumerate((2, 3, 3, 4), 1):
        levels = {"TE1": te, "TE2": te, "SA1": 3}
        walking.observe(walking.visit(autumn, room, room), levels)
    both = walking.visit(autumn, 5, 5)
    walking.observe(both, {"TE1": 4, "TE2": 4, "SA1": 3})
    walking.observe(both, {"TE1": 2, "TE2": 2, "SA1": "not_observed"}, gate=None, who="observer")
    quick = walking.walk("2026-10-20", kind="drop-in")
    walking.observe(walking.visit(quick, 1, 6), {"TE1": 1}, gate=None)
    late = walking.walk("2026-11-03", kind="drop-in")
    last = walking.visit(late, 1, 7)
    given = walking.observe(last, {"TE1": 4}, gate=None, state="submitted")
    walking.observe(walking.visit(late, 2, 7), {"TE1": 4}, gate=None, state="draft")
    pine = walking.walk("2026-10-08", school="pine")
    for room in (1, 2, 3):
        walking.observe(walking.visit(pine, room, room), {"TE1": 4, "TE2": 4})
    home = walking.home
    return Year(
        home.space, home.schools["oak"], home.schools["pine"], spring["id"], autumn["id"],
        last["id"], given,
    )  # fmt: skip
