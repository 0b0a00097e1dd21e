"""Rooms of a school. A code names one room of its school, archived ones included."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from walkapp.sync.change import Change

from ..clock import now_ms
from ..languages import gettext as _
from ..models import Room, School
from .audit import note
from .refused import Refused
from .words import clean_code, clean_optional, same_code
from .writing import append, changed, created

MOST = {"name": 200, "grade_band": 40, "subject": 80}


def add_room(
    session: Session,
    space: str,
    actor: str,
    school: str,
    code: str,
    *,
    name: str = "",
    grade_band: str = "",
    subject: str = "",
    now: int | None = None,
) -> str:
    """Add a room to a school; refused when the school has one with that code."""
    at = now if now is not None else now_ms()
    if session.get(School, (space, school)) is None:
        raise Refused("unknown-record", "school", _("Choose a school of this district."))
    _refuse_taken_code(session, space, school, clean_code(code))
    change = room_record(school, code, at, name=name, grade_band=grade_band, subject=subject)
    append(session, space, actor, [change], at)
    note(session, space, actor, "add-room", change.id, at, school=school, code=clean_code(code))
    return change.id


def change_room(
    session: Session,
    space: str,
    actor: str,
    id: str,
    *,
    code: str | None = None,
    name: str | None = None,
    grade_band: str | None = None,
    subject: str | None = None,
    archived: bool | None = None,
    now: int | None = None,
) -> None:
    """Change what is given and differs. A room never moves to another school."""
    at = now if now is not None else now_ms()
    room = session.get(Room, (space, id))
    if room is None:
        raise Refused("unknown-record", "room", _("This room is not there any more."))
    texts = {"name": name, "grade_band": grade_band, "subject": subject}
    given = {field: text for field, text in texts.items() if text is not None}
    wanted: dict[str, str | bool] = dict(_clean_texts(given))
    if code is not None:
        wanted["code"] = clean_code(code)
    if archived is not None:
        wanted["archived"] = archived
    values = {key: value for key, value in wanted.items() if value != getattr(room, key)}
    if "code" in values:
        _refuse_taken_code(session, space, room.school, str(values["code"]), but=id)
    if values:
        append(session, space, actor, [changed(session, space, "room", id, at, values)], at)
        note(session, space, actor, "change-room", id, at, **values)


def room_record(school: str, code: str, at: int, **texts: str) -> Change:
    """The change that makes a room, checked as far as it can be alone."""
    given = {field: text for field, text in _clean_texts(texts).items() if text}
    return created("room", {"school": school, "code": clean_code(code), **given}, at)


def _clean_texts(texts: dict[str, str]) -> dict[str, str]:
    return {field: clean_optional(text, field, MOST[field]) for field, text in texts.items()}


def _refuse_taken_code(
    session: Session, space: str, school: str, code: str, but: str | None = None
) -> None:
    rows = session.execute(
        select(Room.id, Room.code).where(Room.space == space, Room.school == school)
    )
    for id, taken in rows:
        if id != but and same_code(taken) == same_code(code):
            sentence = _("This school already has a room with the code %(code)s.", code=taken)
            raise Refused("code-taken", "code", sentence)
