"""Roles of a person: give, end."""

from flask import Blueprint, Response, g, render_template, request

from ... import organisation
from ...clock import now_ms
from ...organisation import Refused
from ...queries import people, places, sign_ins
from ...said import ROLES
from ...sessions import IDLE_MS
from .door import actor, back_to, changing, found, looking
from .grant_form import read_grant

Answer = Response | str | tuple[str, int]

blueprint = Blueprint("roles", __name__, url_prefix="/people/<person>/roles")


@blueprint.post("")
def give(person: str) -> Answer:
    """Give a role, for a school or the whole district, from and until a day."""
    _must_be_here(person)
    try:
        grant = read_grant(request.form)
        with changing() as session:
            organisation.add_grant(
                session, g.space, actor(), person, grant.role, grant.school,
                starts_at=grant.starts_at, ends_at=grant.ends_at,
            )  # fmt: skip
    except Refused as trouble:
        return _page(person, trouble), 422
    return back_to("admin.people.show", "given", id=person)


@blueprint.post("/<id>/end")
def end(person: str, id: str) -> Answer:
    """End a role now."""
    with looking() as session:
        line = found(people.person(session, g.space, person, now_ms()))
        found(next((one for one in line.grants if one.id == id), None))
    try:
        with changing() as session:
            organisation.end_grant(session, g.space, actor(), id)
    except Refused as trouble:
        return _page(person, trouble), 422
    return back_to("admin.people.show", "ended", id=person)


def _must_be_here(person: str) -> None:
    with looking() as session:
        found(people.person(session, g.space, person, now_ms()))


def _page(id: str, trouble: Refused) -> str:
    with looking() as session:
        person = found(people.person(session, g.space, id, now_ms()))
        return render_template(
            "admin/person.html",
            person=person,
            schools=places.schools(session, g.space),
            school_names=places.school_names(session, g.space),
            sign_ins=sign_ins.sign_ins(session, g.space, now_ms(), IDLE_MS, id),
            roles=ROLES,
            form={"name": person.name, "email": person.email or ""},
            role_form=request.form,
            role_trouble=trouble,
        )
