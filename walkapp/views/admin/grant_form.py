"""From the fields of a form to a role to give."""

from collections.abc import Callable, Mapping

from ...languages import gettext as _
from ...organisation import NewGrant, Refused
from ...said import day_begins, day_ends


def read_grant(form: Mapping[str, str]) -> NewGrant:
    """The role in the form. An empty school is the whole district; the last day still counts."""
    return NewGrant(
        role=form.get("role", ""),
        school=form.get("school") or None,
        starts_at=_moment(form, "starts_on", day_begins),
        ends_at=_moment(form, "ends_on", day_ends),
    )


def _moment(form: Mapping[str, str], field: str, read: Callable[[str], int]) -> int | None:
    day = form.get(field, "").strip()
    if not day:
        return None
    try:
        return read(day)
    except (ValueError, OverflowError, OSError):
        raise Refused("bad-date", field, _("Write the day like 2026-11-22.")) from None
