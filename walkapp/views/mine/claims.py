"""A teacher claims a room and withdraws; somebody who was there says whether it was hers."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from flask import g, render_template, request

from ...clock import now_ms
from ...database import DatabaseBusy, reading, writing
from ...languages import gettext as _
from ...mine import claiming
from ...mine.words import CONSENT
from ...problems import Problem
from ...queries import places
from ...said import iso_day
from .door import Answer, back, blueprint, catch_up_with, id_of_form, rules, status_of, words_of
from .index import schools_taught

LONGEST_AGO = timedelta(days=400)
MOST_NUMBER = 9_999


@blueprint.get("/<space>/claims/new")
def new_claim() -> Answer:
    """The form, with the words of the consent."""
    return _form({}, "")


@blueprint.post("/<space>/claims")
def make_claim() -> Answer:
    """Say it; what was typed comes back when it could not be done."""
    try:
        said = _said()
        catch_up_with(g.space)
        with writing() as session:
            claiming.claim(session, rules(), g.here, id_of_form(), said, now_ms())
        return back("claimed")
    except (Problem, DatabaseBusy) as trouble:
        return _form(request.form.to_dict(), words_of(trouble)), status_of(trouble)


@blueprint.post("/<space>/claims/<id>/end")
def end_claim(id: str) -> Answer:
    with writing() as session:
        claiming.withdraw(session, rules(), g.here, id, now_ms())
    return back("withdrawn")


@blueprint.post("/<space>/questions/<id>")
def answer(id: str) -> Answer:
    """One tap of somebody who was there."""
    said = request.form.get("answer", "")
    if said not in ("yes", "no"):
        raise Problem("wrong-fields")
    with writing() as session:
        claiming.answer(session, rules(), g.here, id, said == "yes", now_ms())
    return back("confirmed" if said == "yes" else "declined")


def _form(typed: dict[str, str], trouble: str) -> str:
    schools = schools_taught(g.membership)
    if not schools:
        raise Problem("not-allowed")
    catch_up_with(g.space)
    with reading() as session:
        names = places.school_names(session, g.space)
        rooms = {
            names.get(school, ""): [
                one for one in places.rooms_of(session, g.space, school) if not one.archived
            ]
            for school in schools
        }
    today = _today()
    return render_template(
        "mine/claim.html", rooms=rooms, schools={one: names.get(one, "") for one in schools},
        typed=typed, trouble=trouble, consent=_(CONSENT), today=today.isoformat(),
        first=(today - LONGEST_AGO).isoformat(), form_id=typed.get("id") or str(uuid4()),
    )  # fmt: skip


def _said() -> dict[str, Any]:
    """What the form says, checked: a day that was, a room of hers or a number, and the consent."""
    form, schools = request.form, schools_taught(g.membership)
    if form.get("agree") != "yes":
        raise Problem("claim-needs-consent")
    said: dict[str, Any] = {"date": _day(form.get("date", "")), "words": _(CONSENT)}
    room, number = form.get("room", ""), form.get("number", "").strip()
    if number:
        said["number"] = _number(number)
    if room:
        return {**said, "room": room, "school": _school_of(room, schools)}
    school = form.get("school") or (schools[0] if len(schools) == 1 else "")
    if school not in schools or not number:
        raise Problem("claim-needs-place")
    return {**said, "school": school}


def _school_of(room: str, schools: list[str]) -> str:
    with reading() as session:
        found = places.room(session, g.space, room)
    if found is None or found.school not in schools:
        raise Problem("bad-field")
    return found.school


def _number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_NUMBER:
        raise Problem("bad-field")
    return int(text)


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Problem("bad-date") from None
    # A tablet may be a day ahead of this server's calendar.
    if not _today() - LONGEST_AGO <= day <= _today() + timedelta(days=1):
        raise Problem("bad-date")
    return day.isoformat()


def _today() -> date:
    return date.fromisoformat(iso_day(now_ms()))
