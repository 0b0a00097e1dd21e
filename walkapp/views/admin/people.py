"""People: list, add, change, archive, and the link that lets them in."""

from flask import Blueprint, Response, g, render_template, request, url_for

from ... import invites, organisation
from ...clock import now_ms
from ...organisation import NewGrant, Refused
from ...queries import people, places, sign_ins
from ...said import ROLES
from ...sessions import IDLE_MS
from .door import actor, back_to, changing, found, looking
from .grant_form import read_grant

Answer = Response | str | tuple[str, int]

blueprint = Blueprint("people", __name__, url_prefix="/people")


@blueprint.get("")
def index() -> Answer:
    """Everybody, with roles and how far signing in is."""
    with looking() as session:
        return render_template(
            "admin/people.html",
            people=people.people(session, g.space, now_ms()),
            school_names=places.school_names(session, g.space),
        )


@blueprint.get("/new")
def new() -> Answer:
    """The form for a person with a first role."""
    return _new({}, None)


@blueprint.post("/new")
def add() -> Answer:
    """Add a person, or say what is wrong beside what was typed."""
    form = request.form
    try:
        roles: list[tuple[str, str | None] | NewGrant] = []
        if form.get("role"):
            roles.append(read_grant(form))
        with changing() as session:
            id = organisation.add_person(
                session, g.space, actor(), form.get("name", ""), roles, form.get("email") or None
            )
    except Refused as trouble:
        return _new(form, trouble), 422
    return back_to(".show", "added", id=id)


@blueprint.get("/<id>")
def show(id: str) -> Answer:
    """One person: name, roles, sign-ins."""
    return _page(id, None, None)


@blueprint.post("/<id>")
def change(id: str) -> Answer:
    """Change name or, before they first signed in, the e-mail address."""
    form = request.form
    _must_be_here(id)
    try:
        with changing() as session:
            organisation.change_person(
                session, g.space, actor(), id,
                name=form.get("name", ""), email=form.get("email") or None,
            )  # fmt: skip
    except Refused as trouble:
        return _page(id, form, trouble), 422
    return back_to(".show", "saved", id=id)


@blueprint.post("/<id>/archive")
def archive(id: str) -> Answer:
    """End all roles and put the person away, or bring them back without roles."""
    away = request.form.get("archived") == "yes"
    _must_be_here(id)
    try:
        with changing() as session:
            organisation.change_person(session, g.space, actor(), id, archived=away)
    except Refused as trouble:
        return _page(id, None, trouble), 422
    return back_to(".show", "archived" if away else "brought-back", id=id)


@blueprint.post("/<id>/link")
def link(id: str) -> Answer:
    """Make a one-time link and show it this once.

    Answered without a redirect: the token stands nowhere, so no later page could show it.
    """
    _must_be_here(id)
    try:
        with changing() as session:
            made = invites.create_link(session, g.space, actor(), id)
            person = found(people.person(session, g.space, id, now_ms()))
    except Refused as trouble:
        return _page(id, None, trouble), 422
    address = url_for("invite.show", token=made.token, _external=True)
    return render_template("admin/link.html", link=made, address=address, person=person)


def _must_be_here(id: str) -> None:
    with looking() as session:
        found(people.person(session, g.space, id, now_ms()))


def _new(form: object, trouble: Refused | None) -> str:
    with looking() as session:
        schools = places.schools(session, g.space)
    return render_template(
        "admin/person_new.html", schools=schools, roles=ROLES, form=form, trouble=trouble
    )


def _page(id: str, form: object, trouble: Refused | None) -> str:
    with looking() as session:
        person = found(people.person(session, g.space, id, now_ms()))
        return render_template(
            "admin/person.html",
            person=person,
            schools=places.schools(session, g.space),
            school_names=places.school_names(session, g.space),
            sign_ins=sign_ins.sign_ins(session, g.space, now_ms(), IDLE_MS, id),
            roles=ROLES,
            form=form or {"name": person.name, "email": person.email or ""},
            role_form={},
            trouble=trouble,
        )
