"""`/rescue/`: the page that opens when the app does not, and where a saved copy is handed in.

It lies outside `/app/`, so no service worker of ours ever answers for it. The page itself knows
nobody: its own scripts ask who is signed in, and show that person's work from this browser alone.
"""

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
)
from werkzeug.wrappers import Response as AnyResponse

from .. import copies
from ..clock import now_ms
from ..config import Config
from ..cookies import token_of
from ..languages import gettext as _
from ..problems import Problem
from ..security import RESCUE_POLICY
from ..signing_in import Visitor, visitor, visitor_of

WORDS_MOST = 1_000
# What a form needs around the file.
MOST_BYTES = copies.MOST_FILE_BYTES + 100_000

Answer = AnyResponse | str | tuple[str, int]

blueprint = Blueprint("rescue", __name__, url_prefix="/rescue")


@blueprint.url_value_preprocessor
def allow_large(endpoint: str | None, _values: object) -> None:
    """A copy with photos is larger than any other form; this runs before any body is read."""
    if endpoint == "rescue.look" and visitor_of(token_of(request)):
        request.max_content_length = MOST_BYTES


@blueprint.get("/")
def show() -> Response:
    """The same page for everybody; everything else happens in the browser."""
    page = make_response(render_template("rescue.html"))
    page.headers["Content-Security-Policy"] = RESCUE_POLICY
    return page


@blueprint.get("/import")
def choose() -> Answer:
    """Where a copy is chosen; needs no script."""
    if visitor(request) is None:
        return redirect("/sign-in?back=/rescue/import", code=303)
    return _choose(None)


@blueprint.post("/import")
def look() -> Answer:
    """What is in the chosen copy, and who may enter it. Nothing is entered yet."""
    who = _somebody()
    with copies.one_at_a_time():
        return _look(who)


def _look(who: Visitor) -> Answer:
    file, words = request.files.get("file"), request.form.get("words", "")[:WORDS_MOST]
    data = file.read() if file else b""
    try:
        opened = copies.open_copy(data, _config().secret, words)
    except Problem as trouble:
        return _choose(trouble), trouble.entry.status
    now = now_ms()
    return render_template(
        "rescue_preview.html",
        parts=[(one, copies.look(one, who.who.account, now), _place(who, one)) for one in opened],
        digest=copies.keep(_config().home, who.who.account, data, now),
        words=words,
    )


@blueprint.post("/import/confirm")
def confirm() -> Answer:
    """Enter what was looked at, and say what became of every change."""
    who = _somebody()
    with copies.one_at_a_time():
        return _confirm(who)


def _confirm(who: Visitor) -> Answer:
    account, config = who.who.account, _config()
    data = copies.kept(config.home, account, request.form.get("digest", ""))
    if data is None:
        return _choose(Problem("copy-outdated")), 409
    try:
        opened = copies.open_copy(data, config.secret, request.form.get("words", ""))
    except Problem as trouble:
        return _choose(trouble), trouble.entry.status
    rules, now = current_app.extensions["walkapp.rules"], now_ms()
    parts = [(copies.enter(config, one, rules, account, now), _place(who, one)) for one in opened]
    copies.drop(config.home, account)
    return render_template("rescue_entered.html", parts=parts)


def _choose(trouble: Problem | None) -> str:
    most = copies.MOST_FILE_BYTES // 1_000_000
    return render_template("rescue_import.html", trouble=trouble, most_megabytes=most)


def _somebody() -> Visitor:
    found = visitor(request)
    if found is None:
        raise Problem("signed-out")
    return found


def _place(who: Visitor, opened: copies.Opened) -> str:
    """The district's name, to whoever belongs to it."""
    here = [one.space_name for one in who.memberships if one.space == opened.space]
    return here[0] if here else _("Another district")


def _config() -> Config:
    config: Config = current_app.config["WALK"]
    return config
