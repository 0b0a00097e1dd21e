"""Which days a school asks for no visits, and which rooms always do, as the pages show it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from ..models import RecordRow


@dataclass(frozen=True, slots=True)
class QuietDays:
    """Days that follow each other, for one reason."""

    first: date
    last: date
    why: str


def quiet_days(session: Session, space: str, school: str) -> list[QuietDays]:
    """In their order, those that follow each other for one reason as one."""
    return runs(_body(session, space, school).get("no_visits", {}))


def asks_for_none(session: Session, space: str, room: str) -> bool:
    return bool(_body(session, space, room).get("no_visits"))


def runs(days: Mapping[str, str]) -> list[QuietDays]:
    found: list[QuietDays] = []
    for day, why in _dated(days.items()):
        before = found[-1] if found else None
        if before and (before.last + timedelta(days=1), before.why) == (day, why):
            found[-1] = QuietDays(before.first, day, why)
        else:
            found.append(QuietDays(day, day, why))
    return found


def _dated(days: Iterable[tuple[str, str]]) -> list[tuple[date, str]]:
    return sorted((date.fromisoformat(day), why) for day, why in days)


def _body(session: Session, space: str, id: str) -> dict[str, Any]:
    row = session.get(RecordRow, (space, id))
    return dict(json.loads(row.body)) if row and row.body else {}
