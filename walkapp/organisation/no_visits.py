"""When and where visits are not wanted. It is asked for and not enforced: whoever plans is told."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy.orm import Session

from ..clock import now_ms
from ..languages import gettext as _
from ..models import Room, School
from ..queries.no_visits import asks_for_none, quiet_days
from .audit import note
from .refused import Refused
from .words import clean_reason
from .writing import append, changed

MOST_AT_ONCE = 60  # days
MOST_DAYS = 400  # of one school; a map holds a few more


def add_quiet_days(
    session: Session,
    space: str,
    actor: str,
    school: str,
    first: str,
    last: str,
    why: str,
    *,
    now: int | None = None,
) -> None:
    """Ask for no visits from the first day to the last; without a last one, on the first alone."""
    reason = clean_reason(why)
    begins = _day(first, "first")
    days = _days(begins, _day(last, "last") if last.strip() else begins)
    if len({*days, *_held(session, space, school)}) > MOST_DAYS:
        raise Refused("too-long", "first", _("Remove the days that are over first."))
    _set(session, space, actor, school, dict.fromkeys(days, reason), now)


def remove_quiet_days(
    session: Session,
    space: str,
    actor: str,
    school: str,
    first: str,
    last: str,
    *,
    now: int | None = None,
) -> None:
    """Nothing is asked for on these days any more; those that were not there are no trouble."""
    begins, ends = _day(first, "first"), _day(last, "last")
    days = [day for day in _held(session, space, school) if begins <= day <= ends]
    _set(session, space, actor, school, dict.fromkeys(days), now)


def ask_no_visits(
    session: Session, space: str, actor: str, id: str, asks: bool, *, now: int | None = None
) -> None:
    """Leave a room in peace on every day, or no longer."""
    room = session.get(Room, (space, id))
    if room is None:
        raise Refused("unknown-record", "room", _("This room is not there any more."))
    if asks_for_none(session, space, id) == asks:
        return
    at = now if now is not None else now_ms()
    values = {"no_visits": asks}
    append(session, space, actor, [changed(session, space, "room", id, at, values)], at)
    note(session, space, actor, "change-visits", id, at, code=room.code, **values)


def _set(
    session: Session,
    space: str,
    actor: str,
    school: str,
    days: Mapping[date, str | None],
    now: int | None,
) -> None:
    if session.get(School, (space, school)) is None:
        raise Refused("unknown-record", "school", _("This school is not there any more."))
    if not days:
        return
    at = now if now is not None else now_ms()
    values = {f"no_visits/{day.isoformat()}": why for day, why in days.items()}
    append(session, space, actor, [changed(session, space, "school", school, at, values)], at)
    note(session, space, actor, "change-visits", school, at, days=len(days))


def _held(session: Session, space: str, school: str) -> list[date]:
    runs = quiet_days(session, space, school)
    return [day for one in runs for day in _each(one.first, one.last)]


def _days(first: date, last: date) -> list[date]:
    if last < first:
        raise Refused("bad-date", "last", _("The last day does not come before the first."))
    if (last - first).days >= MOST_AT_ONCE:
        raise Refused("too-long", "last", _("At most %(most)s days at once.", most=MOST_AT_ONCE))
    return _each(first, last)


def _each(first: date, last: date) -> list[date]:
    return [first + timedelta(days=one) for one in range((last - first).days + 1)]


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused("bad-date", field, _("Write the day like 2026-11-22.")) from None
