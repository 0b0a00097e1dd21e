"""The door of a person's own pages: who is asking, and in which of their spaces."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, g, redirect, render_template, request, url_for

from ...database import DatabaseBusy, reading, writing
from ...in_space import carry_space
from ...languages import N_
from ...languages import gettext as _
from ...mine.here import Here
from ...problems import PROBLEMS, Problem
from ...projections import ORGANISATION, REPORTS, catch_up, is_behind
from ...signing_in import visitor

Answer = Response | str | tuple[str, int]

RECORDS_AT_A_TIME = 500
DONE = {
    "claimed": N_("Said. Whoever made the visit is asked whether it was your room."),
    "withdrawn": N_("Withdrawn. Nothing of it can be read here any more."),
    "confirmed": N_("Thank you. She can read it once it is released."),
    "declined": N_("Thank you. Nothing is told to anybody."),
    "replied": N_("Your reply is attached to the notes."),
    "changed": N_("Your words are changed."),
}

blueprint = Blueprint("mine", __name__, url_prefix="/mine")
carry_space(blueprint)


@blueprint.before_request
def enter() -> Answer | None:
    """Let in whoever is signed in: what they find here is their own."""
    found = visitor(request)
    if found is None:
        return _sign_in_first()
    g.visitor = found
    if g.space is None:
        return None
    g.membership = next((one for one in found.memberships if one.space == g.space), None)
    if g.membership is None:
        raise Problem("not-found")
    g.here = Here(g.space, g.membership.person, found.who.account)
    return None


def _sign_in_first() -> Answer:
    if request.method == "GET":
        return redirect("/sign-in?back=/mine/", code=303)  # type: ignore[return-value]
    words = request.form.get("words", "")
    if not words.strip():
        raise Problem("signed-out")
    # What was typed comes back: to sign in takes a page of its own.
    return render_template("mine/signed_out.html", words=words), 401


def rules() -> Any:
    return current_app.extensions["walkapp.rules"]


def home_of(membership: Any) -> Here:
    return Here(membership.space, membership.person, g.visitor.who.account)


def catch_up_with(space: str) -> None:
    """Bring the rows that pages are made from up to the log."""
    for what in (ORGANISATION, REPORTS):
        while _is_behind(space, what):
            with writing() as session:
                catch_up(session, space, what, RECORDS_AT_A_TIME)


def _is_behind(space: str, what: Any) -> bool:
    with reading() as session:
        return is_behind(session, space, what)


def back(done: str) -> Answer:
    """After a form is done: to a page that can be reloaded."""
    return redirect(url_for("mine.index", space=None, done=done), code=303)  # type: ignore[return-value]


def done_words() -> str | None:
    done = request.args.get("done", "")
    return _(DONE[done]) if done in DONE else None


def words_of(trouble: Problem | DatabaseBusy) -> str:
    code = trouble.code if isinstance(trouble, Problem) else "busy"
    return f"{_(PROBLEMS[code].title)} {_(PROBLEMS[code].next)}"


def status_of(trouble: Problem | DatabaseBusy) -> int:
    return trouble.entry.status if isinstance(trouble, Problem) else 503


def id_of_form() -> str:
    """Made with the form, so that sent twice it is once."""
    try:
        return str(UUID(request.form.get("id", "")))
    except ValueError:
        raise Problem("wrong-fields") from None
