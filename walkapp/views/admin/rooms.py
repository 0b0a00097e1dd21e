"""Rooms of a school: add, change, archive."""

from typing import TypedDict

from flask import Blueprint, Response, g, render_template, request

from ... import organisation
from ...organisation import Refused
from ...queries import places
from ...queries.no_visits import asks_for_none
from .door import actor, back_to, changing, found, looking

Answer = Response | str | tuple[str, int]


class Texts(TypedDict):
    """What is written about a room beside its code."""

    name: str
    grade_band: str
    subject: str


blueprint = Blueprint("rooms", __name__)


@blueprint.get("/schools/<school>/rooms/new")
def new(school: str) -> Answer:
    """The form for a room."""
    return _page(school, None, {}, None)


@blueprint.post("/schools/<school>/rooms/new")
def add(school: str) -> Answer:
    """Add a room, or say what is wrong beside what was typed."""
    form = request.form
    with looking() as session:
        found(places.school(session, g.space, school))
    try:
        with changing() as session:
            organisation.add_room(
                session, g.space, actor(), school, form.get("code", ""), **_texts()
            )
    except Refused as trouble:
        return _page(school, None, form, trouble), 422
    return back_to("admin.schools.show", "added", id=school)


@blueprint.get("/rooms/<id>")
def show(id: str) -> Answer:
    """One room, and what can be changed."""
    with looking() as session:
        room = found(places.room(session, g.space, id))
    kept = {
        "code": room.code,
        "name": room.name,
        "grade_band": room.grade_band,
        "subject": room.subject,
    }
    return _page(room.school, id, kept, None)


@blueprint.post("/rooms/<id>")
def change(id: str) -> Answer:
    """Change what is written about a room."""
    form = request.form
    with looking() as session:
        school = found(places.room(session, g.space, id)).school
    try:
        with changing() as session:
            organisation.change_room(
                session, g.space, actor(), id, code=form.get("code", ""), **_texts()
            )
    except Refused as trouble:
        return _page(school, id, form, trouble), 422
    return back_to(".show", "saved", id=id)


@blueprint.post("/rooms/<id>/archive")
def archive(id: str) -> Answer:
    """Put a room away, or bring it back."""
    away = request.form.get("archived") == "yes"
    with looking() as session:
        found(places.room(session, g.space, id))
    with changing() as session:
        organisation.change_room(session, g.space, actor(), id, archived=away)
    return back_to(".show", "archived" if away else "brought-back", id=id)


@blueprint.post("/rooms/<id>/no-visits")
def leave_in_peace(id: str) -> Answer:
    """Ask for no visits to a room, or let them be welcome again."""
    asks = request.form.get("no_visits") == "yes"
    with looking() as session:
        found(places.room(session, g.space, id))
    with changing() as session:
        organisation.ask_no_visits(session, g.space, actor(), id, asks)
    return back_to(".show", "saved", id=id)


def _texts() -> Texts:
    form = request.form
    return Texts(
        name=form.get("name", ""),
        grade_band=form.get("grade_band", ""),
        subject=form.get("subject", ""),
    )


def _page(school: str, id: str | None, form: object, trouble: Refused | None) -> str:
    with looking() as session:
        return render_template(
            "admin/room.html",
            school=found(places.school(session, g.space, school)),
            room=places.room(session, g.space, id) if id else None,
            no_visits=id is not None and asks_for_none(session, g.space, id),
            form=form,
            trouble=trouble,
        )
