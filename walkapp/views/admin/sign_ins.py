"""Who is signed in where; end one, end all of a person."""

from flask import Blueprint, Response, g, render_template, request

from ... import organisation
from ...clock import now_ms
from ...organisation import Refused
from ...queries import people, sign_ins
from ...sessions import IDLE_MS
from .door import actor, back_to, changing, found, looking

Answer = Response | str | tuple[str, int]

blueprint = Blueprint("sign_ins", __name__)


@blueprint.get("/devices")
def index() -> Answer:
    """Every open sign-in, last used first."""
    with looking() as session:
        lines = sign_ins.sign_ins(session, g.space, now_ms(), IDLE_MS)
    return render_template("admin/sign_ins.html", sign_ins=lines)


@blueprint.post("/people/<person>/sign-ins/end")
def end(person: str) -> Answer:
    """End what a person has open on one device, or everywhere."""
    form = request.form
    with looking() as session:
        found(people.person(session, g.space, person, now_ms()))
    try:
        with changing() as session:
            if form.get("all") == "yes":
                organisation.end_all_sign_ins(session, g.space, actor(), person)
            else:
                device = form.get("device") or None
                organisation.end_sign_in(session, g.space, actor(), person, device)
    except Refused:
        pass  # not signed in anywhere: what was wanted is so
    if form.get("from") == "devices":
        return back_to(".index", "signed-out")
    return back_to("admin.people.show", "signed-out", id=person)
