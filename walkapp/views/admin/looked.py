"""Who has looked at what others wrote, by day and person: in numbers, never which visit it was."""

from datetime import date, timedelta
from itertools import groupby

from flask import Blueprint, g, render_template

from ...clock import now_ms
from ...looking_words import HOW, WHAT
from ...queries import looked, people
from ...reports import saying
from ...said import iso_day
from .door import looking

SHOWN_DAYS = 30

blueprint = Blueprint("looked", __name__, url_prefix="/looked")


@blueprint.get("")
def show() -> str:
    """The last thirty days."""
    since = date.fromisoformat(iso_day(now_ms())) - timedelta(days=SHOWN_DAYS)
    with looking() as session:
        lines = looked.by_day(session, g.space, since.isoformat())
        names = people.names(session, g.space)
    days = [(day, list(some)) for day, some in groupby(lines, key=lambda one: one.day)]
    return render_template(
        "admin/looked.html", days=days, names=names, how=HOW, what=WHAT, saying=saying,
        shown_days=SHOWN_DAYS,
    )  # fmt: skip
