"""How long observations and photos are kept, what is held, what would be deleted, what was."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, current_app, g, render_template, request
from sqlalchemy.orm import Session

from ... import organisation
from ...clock import now_ms
from ...organisation import Refused
from ...problems import Problem
from ...queries import people, places
from ...queries.retention import walks
from ...reports import saying
from ...retention import holds
from ...retention.rule import NOTICE_DAYS
from ...retention_pages import preview
from ...retention_words import FROM, HOLDS
from ...said import iso_day
from .door import actor, back_to, changing, looking

blueprint = Blueprint("retention", __name__, url_prefix="/retention")


@blueprint.get("")
def show() -> str:
    """The rule, what it would delete on a day, what is held, and every certificate."""
    return _page({}, None)


@blueprint.post("")
def change() -> Response | tuple[str, int]:
    """Choose how long; an empty number of years is for good."""
    try:
        with changing() as session:
            organisation.change_keeping(
                session, g.space, actor(),
                observations=_keeping("observations"), photos=_keeping("photos"),
            )  # fmt: skip
    except Refused as trouble:
        return _page(request.form.to_dict(), trouble), 422
    return back_to("admin.retention.show", "saved")


@blueprint.post("/holds")
def hold() -> Response | tuple[str, int]:
    """Hold a school, a walk or a person, with the reason."""
    what, _slash, target = request.form.get("target", "").partition("/")
    try:
        with changing() as session:
            reason = request.form.get("reason", "")
            holds.hold(session, g.space, actor(), what, target, reason, now_ms())
    except Refused as trouble:
        return _page(request.form.to_dict(), trouble), 422
    return back_to("admin.retention.show", "added")


@blueprint.post("/holds/<id>/end")
def end(id: str) -> Response:
    """What the rule says counts again for it."""
    try:
        with changing() as session:
            holds.end(session, g.space, actor(), id, now_ms())
    except Refused:
        raise Problem("not-found") from None
    return back_to("admin.retention.show", "ended")


def _keeping(what: str) -> dict[str, Any] | None:
    years = request.form.get(f"{what}_years", "").strip()
    if not years:
        return None
    number = int(years) if years.isdecimal() and len(years) < 4 else -1
    return {"years": number, "from": request.form.get(f"{what}_from", "")}


def _page(typed: dict[str, str], trouble: Refused | None) -> str:
    day = _asked_day()
    with looking() as session:
        shown = preview(session, g.space, day, current_app.config["WALK"])
        every = _held(session)
        choices = {
            "school": [(one.id, one.name) for one in places.schools(session, g.space)],
            "person": [(one.id, one.name) for one in people.people(session, g.space, now_ms())],
            "walk": [
                (one.id, f"{saying.day(one.date)} · {one.title}") for one in walks(session, g.space)
            ],
        }
    return render_template(
        "admin/retention.html", shown=shown, day=day, holds=every, choices=choices,
        hold_words=HOLDS, from_words=FROM, typed=typed, trouble=trouble, saying=saying,
        notice_days=NOTICE_DAYS,
    )  # fmt: skip


def _held(session: Session) -> list[dict[str, Any]]:
    accounts = people.names_by_account(session, g.space)
    names = people.names(session, g.space) | places.school_names(session, g.space)
    titles = {one.id: f"{saying.day(one.date)} · {one.title}" for one in walks(session, g.space)}
    return [
        {
            "hold": one,
            "what": (names | titles).get(one.target, one.target),
            "by": accounts.get(one.by, ""),
        }
        for one in holds.holds(session, g.space)
    ]


def _asked_day() -> str:
    """The day of the preview: what was asked for, else when the next deletion can be."""
    asked = request.args.get("on", "")
    try:
        return date.fromisoformat(asked).isoformat()
    except ValueError:
        today = date.fromisoformat(iso_day(now_ms()))
        return (today + timedelta(days=NOTICE_DAYS)).isoformat()
