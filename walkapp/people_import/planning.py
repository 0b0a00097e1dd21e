"""Look at a file: what it would add, what it would change, and what stands in its way."""

from collections.abc import Callable
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..languages import gettext as _
from ..models import School
from ..organisation.refused import Refused
from .outcome import Fault, Line, Plan, Preview, Step, preview_of
from .people import PeoplePlanner
from .reading import Sheet, Unreadable, read_sheet
from .rooms import RoomPlanner
from .schools import SchoolPlanner
from .staging import Staged


class Planner(Protocol):
    """Reads one line after the other and keeps the steps they come to."""

    def look_at(self, row: dict[str, Any]) -> tuple[str, str]: ...
    def steps(self) -> list[Step]: ...


PLANNERS: dict[str, Callable[[Session, str], Planner]] = {
    "schools": SchoolPlanner,
    "rooms": RoomPlanner,
    "people": PeoplePlanner,
}

# What a role says about its place is said of the column that names it.
COLUMN_OF = {"school": "school_code"}


def preview(session: Session, space: str, data: bytes) -> Preview:
    """What the file would do now. Writes nothing; the projections have to be caught up."""
    kind, plan = plan_of(session, space, data)
    return preview_of(space, kind, data, plan)


def plan_of(session: Session, space: str, data: bytes) -> tuple[str | None, Plan]:
    try:
        sheet = read_sheet(data)
    except Unreadable as trouble:
        return None, Plan(refused=[trouble.fault])
    return sheet.shape.kind, _plan_lines(session, space, sheet)


def _plan_lines(session: Session, space: str, sheet: Sheet) -> Plan:
    plan = Plan(refused=list(sheet.faults))
    schools = {school.code: school for school in _schools(session, space)}
    staged = Staged(sheet, {code: school.id for code, school in schools.items()})
    doubles = staged.doubles()
    planner = PLANNERS[sheet.shape.kind](session, space)
    for row in staged.rows():
        line = int(row["line"])
        if line in doubles:
            sentence = _("This says again what line %(line)s says.", line=doubles[line])
            plan.refused.append(Fault(line, "", sentence))
            continue
        try:
            outcome, sentence = planner.look_at(row)
        except Refused as trouble:
            plan.refused.append(
                Fault(line, COLUMN_OF.get(trouble.field, trouble.field), trouble.sentence)
            )
        else:
            getattr(plan, outcome).append(Line(line, sentence))
    plan.steps = planner.steps()
    plan.refused.sort(key=lambda fault: fault.line)
    return plan


def _schools(session: Session, space: str) -> list[School]:
    return list(session.scalars(select(School).where(School.space == space)))
