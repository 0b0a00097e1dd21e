"""`/notices/`: what is new for whoever is signed in, and how they want to be written to."""

from typing import Any

from flask import Blueprint, Response, current_app, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from ..clock import now_ms
from ..database import reading, writing
from ..languages import LANGUAGES
from ..notices import KINDS, places, reading_of
from ..notices.choices import HOW_OFTEN, choice_of, choose
from ..notices.news import ON_PAGES
from ..notices.words import HAPPENED, STATES, problem_words
from ..notices.words import HOW_OFTEN as HOW_OFTEN_WORDS
from ..problems import Problem
from ..queries import notices as rows
from ..queries.places import school_names
from ..signing_in import visitor

Answer = Response | str

blueprint = Blueprint("notices", __name__, url_prefix="/notices")


@blueprint.before_request
def enter() -> Response | None:
    """Let in whoever is signed in: what they see here is their own."""
    found = visitor(request)
    if found is None:
        if request.method != "GET":
            raise Problem("signed-out")
        return redirect("/sign-in?back=/notices/", code=303)  # type: ignore[return-value]
    g.visitor = found
    return None


@blueprint.get("/")
def index() -> Answer:
    """What is new, unread first; of what may not be read any more nothing is told."""
    with reading() as session:
        mine = [line for here in g.visitor.memberships for line in _lines(session, here)]
    mine.sort(key=lambda line: (line["is_read"], -line["at"]))
    unread = [line for line in mine if not line["is_read"]]
    return render_template(
        "notices/index.html", lines=mine, unread=unread, happened=HAPPENED, on_pages=ON_PAGES
    )


@blueprint.post("/read")
def read_all() -> Answer:
    """Everything that was shown is read; what came since is not."""
    shown = request.form.get("until", type=int)
    if shown is None:
        raise Problem("wrong-fields")
    until = max(0, min(shown, now_ms()))  # a number of any length can come
    with writing() as session:
        for here in g.visitor.memberships:
            reading_of.mark_all(session, here.space, here.person, until, now_ms())
    return redirect(url_for(".index"), code=303)  # type: ignore[return-value]


@blueprint.post("/<space>/<id>")
def read_one(space: str, id: str) -> Answer:
    """It is read; and on to its place in the app, when that was asked for."""
    here = next((one for one in g.visitor.memberships if one.space == space), None)
    if here is None:
        raise Problem("not-found")
    with writing() as session:
        found = reading_of.mark(session, space, here.person, id, now_ms())
    if found is None:
        raise Problem("not-found")
    where = places.place_of(found) if "open" in request.form else url_for(".index")
    return redirect(where, code=303)  # type: ignore[return-value]


@blueprint.get("/mail")
def mail() -> Answer:
    """How often mail comes, about what, and how the last ones fared."""
    account = g.visitor.who.account
    with reading() as session:
        choice, mails = choice_of(session, account), list(rows.mails_of(session, account))
    return render_template(
        "notices/mail.html", choice=choice, kinds=KINDS, happened=HAPPENED, mails=mails,
        often=HOW_OFTEN_WORDS, states=STATES, problem_words=problem_words,
        every_language=LANGUAGES, is_set_up=current_app.config["WALK"].mail is not None,
        email=g.visitor.who.email, is_demo=g.visitor.who.demo, done=request.args.get("done"),
    )  # fmt: skip


@blueprint.post("/mail")
def choose_mail() -> Answer:
    """Keep the choice."""
    how_often, language = request.form.get("how_often", ""), request.form.get("language") or None
    if how_often not in HOW_OFTEN or (language and language not in LANGUAGES):
        raise Problem("wrong-fields")
    wanted = [kind for kind in request.form.getlist("kind") if kind in KINDS]
    with writing() as session:
        choose(session, g.visitor.who.account, how_often, language, wanted, now_ms())
    return redirect(url_for(".mail", done="saved"), code=303)  # type: ignore[return-value]


def _lines(session: Session, here: Any) -> list[dict[str, Any]]:
    readable = reading_of.readable(session, here.space, here.person, now_ms())
    schools = school_names(session, here.space)
    found = rows.notices(session, here.space, here.person, readable)
    return [
        {
            "space": here.space,
            "id": one.id,
            "kind": one.kind,
            "at": one.at,
            "is_read": one.is_read,
            "number": one.body.get("number"),
            "school": schools.get(one.body.get("school", ""), ""),
            "district": here.space_name if len(g.visitor.memberships) > 1 else "",
        }
        for one in found
    ]
