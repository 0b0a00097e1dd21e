"""Schools: list, add, change, archive."""

from flask import Blueprint, Response, g, render_template, request

from ... import organisation
from ...languages import gettext as _
from ...languages import say_date
from ...organisation import Refused
from ...queries import places
from ...queries.no_visits import QuietDays, quiet_days
from .door import actor, back_to, changing, found, looking

Answer = Response | str | tuple[str, int]

blueprint = Blueprint("schools", __name__, url_prefix="/schools")


@blueprint.get("")
def index() -> Answer:
    """All schools, and the form for one more."""
    return _list({}, None)


@blueprint.post("")
def add() -> Answer:
    """Add a school, or say what is wrong beside what was typed."""
    form = request.form
    try:
        with changing() as session:
            organisation.add_school(
                session, g.space, actor(), form.get("name", ""), form.get("code", "")
            )
    except Refused as trouble:
        return _list(form, trouble), 422
    return back_to(".index", "added")


@blueprint.get("/<id>")
def show(id: str) -> Answer:
    """One school, its rooms, and what can be changed."""
    return _page(id, None, None)


@blueprint.post("/<id>")
def change(id: str) -> Answer:
    """Change name or code."""
    form = request.form
    with looking() as session:
        found(places.school(session, g.space, id))
    try:
        with changing() as session:
            organisation.change_school(
                session, g.space, actor(), id, name=form.get("name", ""), code=form.get("code", "")
            )
    except Refused as trouble:
        return _page(id, form, trouble), 422
    return back_to(".show", "saved", id=id)


@blueprint.post("/<id>/archive")
def archive(id: str) -> Answer:
    """Put a school away, or bring it back."""
    away = request.form.get("archived") == "yes"
    with looking() as session:
        found(places.school(session, g.space, id))
    with changing() as session:
        organisation.change_school(session, g.space, actor(), id, archived=away)
    return back_to(".show", "archived" if away else "brought-back", id=id)


@blueprint.post("/<id>/no-visits")
def ask_for_none(id: str) -> Answer:
    """Ask for no visits on some days, or say what is wrong beside what was typed."""
    form = request.form
    with looking() as session:
        found(places.school(session, g.space, id))
    asked = [form.get(field, "") for field in ("first", "last", "why")]
    try:
        with changing() as session:
            organisation.add_quiet_days(session, g.space, actor(), id, *asked)
    except Refused as trouble:
        return _page(id, None, None, form, trouble), 422
    return back_to(".show", "saved", id=id)


@blueprint.post("/<id>/no-visits/end")
def ask_no_longer(id: str) -> Answer:
    """Visits are welcome again on these days."""
    form = request.form
    with looking() as session:
        found(places.school(session, g.space, id))
    try:
        with changing() as session:
            organisation.remove_quiet_days(
                session, g.space, actor(), id, form.get("first", ""), form.get("last", "")
            )
    except Refused as trouble:
        return _page(id, None, None, form, trouble), 422
    return back_to(".show", "saved", id=id)


def _list(form: object, trouble: Refused | None) -> str:
    with looking() as session:
        schools = places.schools(session, g.space)
    return render_template("admin/schools.html", schools=schools, form=form, trouble=trouble)


def _page(
    id: str,
    form: object,
    trouble: Refused | None,
    days_form: object = None,
    days_trouble: Refused | None = None,
) -> str:
    with looking() as session:
        school = found(places.school(session, g.space, id))
        return render_template(
            "admin/school.html",
            school=school,
            rooms=places.rooms_of(session, g.space, id),
            days=quiet_days(session, g.space, id),
            form=form or {"name": school.name, "code": school.code},
            trouble=trouble,
            days_form=days_form or {},
            days_trouble=days_trouble,
            days_words=_days_words,
        )


def _days_words(days: QuietDays) -> str:
    """One day, or from one to another, in words."""
    if days.first == days.last:
        return say_date(days.first)
    return _("%(first)s to %(last)s", first=say_date(days.first), last=say_date(days.last))
