"""Schools: list, add, change, archive."""

from flask import Blueprint, Response, g, render_template, request

from ... import organisation
from ...organisation import Refused
from ...queries import places
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


def _list(form: object, trouble: Refused | None) -> str:
    with looking() as session:
        schools = places.schools(session, g.space)
    return render_template("admin/schools.html", schools=schools, form=form, trouble=trouble)


def _page(id: str, form: object, trouble: Refused | None) -> str:
    with looking() as session:
        school = found(places.school(session, g.space, id))
        rooms = places.rooms_of(session, g.space, id)
        kept = {"name": school.name, "code": school.code}
        return render_template(
            "admin/school.html", school=school, rooms=rooms, form=form or kept, trouble=trouble
        )
