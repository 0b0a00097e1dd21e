"""Schools of a space. A code names one school, archived ones included."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from walkapp.sync.change import Change

from ..clock import now_ms
from ..languages import gettext as _
from ..models import School
from .audit import note
from .refused import Refused
from .words import clean_code, clean_name, same_code
from .writing import append, changed, created


def add_school(
    session: Session, space: str, actor: str, name: str, code: str, *, now: int | None = None
) -> str:
    """Add a school; refused when the code is in use."""
    at = now if now is not None else now_ms()
    change = school_record(name, code, at)
    _refuse_taken_code(session, space, clean_code(code))
    append(session, space, actor, [change], at)
    note(session, space, actor, "add-school", change.id, at, code=clean_code(code))
    return change.id


def change_school(
    session: Session,
    space: str,
    actor: str,
    id: str,
    *,
    name: str | None = None,
    code: str | None = None,
    archived: bool | None = None,
    now: int | None = None,
) -> None:
    """Change what is given and differs. An archived school stays where it was used."""
    at = now if now is not None else now_ms()
    school = session.get(School, (space, id))
    if school is None:
        raise Refused("unknown-record", "school", _("This school is not there any more."))
    wanted: dict[str, str | bool] = {
        "name": clean_name(name) if name is not None else school.name,
        "code": clean_code(code) if code is not None else school.code,
        "archived": school.archived if archived is None else archived,
    }
    values = {key: value for key, value in wanted.items() if value != getattr(school, key)}
    if "code" in values:
        _refuse_taken_code(session, space, str(wanted["code"]), but=id)
    if values:
        append(session, space, actor, [changed(session, space, "school", id, at, values)], at)
        note(session, space, actor, "change-school", id, at, **values)


def school_record(name: str, code: str, at: int) -> Change:
    """The change that makes a school, checked as far as it can be alone."""
    return created("school", {"name": clean_name(name), "code": clean_code(code)}, at)


def _refuse_taken_code(session: Session, space: str, code: str, but: str | None = None) -> None:
    # Folded here and not in SQL: SQLite folds only ASCII.
    for id, taken in session.execute(select(School.id, School.code).where(School.space == space)):
        if id != but and same_code(taken) == same_code(code):
            sentence = _("Another school already has the code %(code)s.", code=taken)
            raise Refused("code-taken", "code", sentence)
