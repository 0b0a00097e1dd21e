"""Signing in to the pages, by a form that needs no script."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from .. import cookies
from ..clock import now_ms
from ..problems import Problem
from ..signing_in import sign_in, sign_out, visitor_of

# Where somebody may have come from and wants to go on; an address of our own and nothing else.
WAYS_BACK = frozenset({"/rescue/", "/rescue/import", "/notices/", "/reports/", "/mine/"})

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
def show() -> str:
    return render_template("sign_in.html", problem=None, email="", back=_way_back())


@blueprint.post("/sign-in")
def begin() -> Response | tuple[str, int, dict[str, str]]:
    """On to where they came from, to the administration for who may enter it, else to the app."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    try:
        token = sign_in(request, email, password)
    except Problem as problem:
        page = render_template("sign_in.html", problem=problem, email=email, back=_way_back())
        return page, problem.entry.status, problem.headers
    answer = redirect(_way_back() or _first_page(token), 303)
    cookies.give(answer, request, token)
    return answer


@blueprint.post("/sign-out")
def end() -> Response:
    """Nobody is signed in here any more. What waits on the tablet is untouched."""
    sign_out(request)
    answer = redirect("/", 303)
    cookies.take_back(answer, request)
    return answer


def _first_page(token: str) -> str:
    visitor = visitor_of(token)
    return "/admin/" if visitor and visitor.opens("admin", now_ms()) else "/app/"


def _way_back() -> str:
    asked = request.values.get("back", "")
    return asked if asked in WAYS_BACK else ""
