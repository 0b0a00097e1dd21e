"""What the district's rule for keeping will delete, and what it deleted: for the lead to read."""

from datetime import date, timedelta

from flask import Blueprint, Response, current_app, g, redirect, render_template, request

from ..clock import now_ms
from ..database import reading
from ..problems import Problem
from ..reports import saying
from ..retention.rule import NOTICE_DAYS
from ..retention_pages import preview
from ..said import iso_day
from ..signing_in import visitor

blueprint = Blueprint("deletions", __name__, url_prefix="/lead/<space>/deletions")


@blueprint.get("")
def show(space: str) -> Response | str:
    """The same preview and certificates as the administrator has, and nothing to change."""
    found = visitor(request)
    if found is None:
        return redirect("/sign-in", code=303)  # type: ignore[return-value]
    here = next((one for one in found.memberships if one.space == space), None)
    if here is None:
        raise Problem("not-found")
    if not here.opens("kept", now_ms()):
        raise Problem("not-allowed")
    g.space = space  # for the links of the lead's pages
    day = _asked_day()
    with reading() as session:
        shown = preview(session, space, day, current_app.config["WALK"])
    return render_template(
        "lead/deletions.html", here=here, shown=shown, day=day, saying=saying,
        notice_days=NOTICE_DAYS,
    )  # fmt: skip


def _asked_day() -> str:
    try:
        return date.fromisoformat(request.args.get("on", "")).isoformat()
    except ValueError:
        today = date.fromisoformat(iso_day(now_ms()))
        return (today + timedelta(days=NOTICE_DAYS)).isoformat()
