"""Choosing a language. It changes nothing but what this browser is answered in."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, request
from flask import redirect as to
from werkzeug.wrappers import Response

from ..languages import COOKIE, COOKIE_SECONDS, LANGUAGES
from ..problems import Problem

blueprint = Blueprint("language", __name__)


@blueprint.get("/language/<code>")
def choose(code: str) -> Response:
    """Keep the choice in this browser and go back to the page it was made on."""
    if code not in LANGUAGES:
        raise Problem("not-found")
    response = to(_page(request.args.get("back", "/")), 303)
    # Scripts of the app read it, so that the tablet follows.
    response.set_cookie(
        COOKIE, code, max_age=COOKIE_SECONDS, path="/", secure=request.is_secure, samesite="Lax"
    )
    return response


def _page(back: str) -> str:
    """A page of this server and of no other; none that only takes a form."""
    # Browsers read \ as / and pass over tabs and line ends: /\t/elsewhere would leave this server.
    is_here = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    pages = current_app.url_map.bind_to_environ(request.environ)
    return back if is_here and pages.test(urlsplit(back).path, method="GET") else "/"
