"""Who is signed in where; end one, end all of a person."""

from flask import Blueprint, Response, g, render_template, request

from ... import organisation
from ...clock import now_ms
from ...languages import N_
from ...organisation import Refused
from ...queries import people
from ...queries.devices import DAY_MS, Wanted, devices
from ...sessions import IDLE_MS
from .door import actor, back_to, changing, found, looking

Answer = Response | str | tuple[str, int]

ORDERS = {
    "latest": N_("Last contact, newest first"),
    "silent": N_("Longest without contact first"),
    "waiting": N_("Most waiting first"),
    "name": N_("By name"),
}
LONGEST_WORDS = 80
LONGEST_NUMBER = 4

blueprint = Blueprint("sign_ins", __name__)


@blueprint.get("/devices")
def index() -> Answer:
    """Every tablet: its last contact, what waited there as it last reported, and its sign-in."""
    now, wanted = now_ms(), _wanted()
    with looking() as session:
        lines = devices(session, g.space, now, IDLE_MS, wanted)

    def days_since(at: int) -> int:
        return max(0, (now - at) // DAY_MS)

    return render_template(
        "admin/sign_ins.html", devices=lines, wanted=wanted, orders=ORDERS, days_since=days_since
    )


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


def _wanted() -> Wanted:
    """What was asked for; what makes no sense asks for everything."""
    asked = request.args
    days = asked.get("days", "")
    is_number = days.isascii() and days.isdigit() and len(days) <= LONGEST_NUMBER
    order = asked.get("order", "")
    return Wanted(
        words=asked.get("q", "")[:LONGEST_WORDS],
        days=int(days) if is_number else 0,
        order=order if order in ORDERS else "latest",
    )
