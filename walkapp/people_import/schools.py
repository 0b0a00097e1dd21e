"""Lines of a list of schools."""

from typing import Any

from sqlalchemy.orm import Session

from ..languages import gettext as _
from ..models import School
from ..organisation.refused import Refused
from ..organisation.words import clean_code, clean_name
from .outcome import Step


class SchoolPlanner:
    """Reads one line after the other and keeps the steps they come to."""

    def __init__(self, session: Session, space: str) -> None:
        self._session, self._space = session, space
        self._steps: list[Step] = []

    def look_at(self, row: dict[str, Any]) -> tuple[str, str]:
        """What becomes of the line, and how to say it."""
        code = clean_code(row["school_code"], "school_code")
        name = clean_name(row["school_name"], "school_name")
        if row["school_id"] is None:
            self._steps.append(Step("school", None, {"code": code, "name": name}))
            return "added", f"{code} · {name}"
        school = school_in_use(self._session, self._space, row["school_id"])
        if school.name == name:
            return "unchanged", f"{code} · {name}"
        self._steps.append(Step("school", school.id, {"name": name}))
        renamed = _("%(old)s becomes %(new)s", old=school.name, new=name)
        return "changed", f"{code} · {renamed}"

    def steps(self) -> list[Step]:
        return self._steps


def school_in_use(session: Session, space: str, id: str | None) -> School:
    """The school a line names; refused when there is none, or when it is archived."""
    school = session.get(School, (space, id)) if id else None
    if school is None:
        raise Refused("unknown-record", "school_code", _("No school here has this code."))
    if school.archived:
        sentence = _("%(name)s is archived: bring it back first.", name=school.name)
        raise Refused("archived", "school_code", sentence)
    return school
