"""A copy of what was written about a room, and what its teacher says to it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask import current_app, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from ...clock import now_ms
from ...database import DatabaseBusy, reading, writing
from ...languages import language
from ...mine import claiming
from ...mine import reading as reads
from ...mine.words import MOST_CHARACTERS, SAID, SAYS
from ...problems import Problem
from ...queries import people
from ...reports import saying
from .door import Answer, blueprint, done_words, id_of_form, rules, status_of, words_of


@blueprint.get("/<space>/notes/<id>")
def note(id: str) -> Answer:
    """What was written, and what she said to it."""
    return _page(id, {}, str(uuid4()))


@blueprint.post("/<space>/notes/<id>/replies")
def reply(id: str) -> Answer:
    """Attach a reply; the words come back when it could not be done."""

    def attach(session: Session, says: str, words: str) -> str:
        claiming.reply(session, rules(), g.here, id, id_of_form(), says, words, now_ms())
        return id

    return _written(attach, "replied", id, "")


@blueprint.post("/<space>/replies/<id>")
def change(id: str) -> Answer:
    """Other words, as long as nobody has answered."""

    def put(session: Session, says: str, words: str) -> str:
        return claiming.change_reply(session, rules(), g.here, id, says, words, now_ms())

    return _written(put, "changed", request.form.get("copy", ""), id)


def _written(
    write: Callable[[Session, str, str], str], done: str, copy: str, changing: str
) -> Answer:
    says, words = request.form.get("says", ""), request.form.get("words", "").strip()
    try:
        _refuse_odd(says, words)
        with writing() as session:
            of = write(session, says, words)
        return redirect(url_for("mine.note", id=of, done=done), code=303)  # type: ignore[return-value]
    except (Problem, DatabaseBusy) as trouble:
        if isinstance(trouble, Problem) and trouble.code == "not-found":
            raise
        typed = {"says": says, "words": words, "trouble": words_of(trouble), "changing": changing}
        return _page(copy, typed, request.form.get("id", "")), status_of(trouble)


def _refuse_odd(says: str, words: str) -> None:
    if says not in SAYS:
        raise Problem("wrong-fields")
    if len(words) > MOST_CHARACTERS:
        raise Problem("too-long")


def _page(id: str, typed: dict[str, Any], form_id: str) -> str:
    home = current_app.config["WALK"].home
    with reading() as session:
        copy = claiming.copy_for(session, g.here, id)
        read = reads.read_copy(session, g.here, home, copy, language())
        replies = claiming.replies_to(session, g.here, copy.body)
        names = people.names(session, g.space)
    return render_template(
        "mine/note.html", read=read, replies=replies, names=names, says=SAYS, said=SAID,
        typed=typed, done=done_words(), saying=saying, most=MOST_CHARACTERS, form_id=form_id,
        editing=request.args.get("change", ""),
    )  # fmt: skip
