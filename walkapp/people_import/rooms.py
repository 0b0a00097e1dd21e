"""Lines of a list of rooms."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..languages import gettext as _
from ..models import Room
from ..organisation.refused import Refused
from ..organisation.rooms import MOST
from ..organisation.words import clean_code, clean_optional, same_code
from .outcome import Step
from .schools import school_in_use

COLUMN_OF = {"name": "room_name", "grade_band": "grade_band", "subject": "subject"}


class RoomPlanner:
    """Reads one line after the other and keeps the steps they come to."""

    def __init__(self, session: Session, space: str) -> None:
        self._session, self._space = session, space
        self._rooms = {
            (room.school, same_code(room.code)): room
            for room in session.scalars(select(Room).where(Room.space == space))
        }
        self._steps: list[Step] = []

    def look_at(self, row: dict[str, Any]) -> tuple[str, str]:
        """What becomes of the line, and how to say it. An empty cell changes nothing."""
        code = clean_code(row["room_code"], "room_code")
        texts = {
            field: clean_optional(row[column], column, MOST[field])
            for field, column in COLUMN_OF.items()
            if row[column].strip()
        }
        school = school_in_use(self._session, self._space, row["school_id"])
        said = f"{school.name} · {code}"
        room = self._rooms.get((school.id, same_code(code)))
        if room is None:
            self._steps.append(Step("room", None, {"school": school.id, "code": code, **texts}))
            return "added", said
        if room.archived:
            raise Refused("archived", "room_code", _("This room is archived: bring it back first."))
        values = {field: text for field, text in texts.items() if text != getattr(room, field)}
        if not values:
            return "unchanged", said
        self._steps.append(Step("room", room.id, values))
        return "changed", f"{said}: {', '.join(values.values())}"

    def steps(self) -> list[Step]:
        return self._steps
