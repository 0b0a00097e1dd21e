"""What was kept for the lead of a district: read it, take it in, or leave it out."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, current_app, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from ..access import ability_of
from ..access.table import DECIDE
from ..clock import now_ms
from ..database import reading, writing
from ..in_space import carry_space
from ..kept import DECLINED, TAKEN, CannotTakeIn, Lead, NothingKept, decline, take_in
from ..kept_words import is_unread, kind_words, lines_of, rank_of, rubric_of, school_of
from ..languages import N_
from ..languages import gettext as _
from ..looking import KEPT as KEPT_LOOK
from ..looking import note_looks
from ..membership import grants_of
from ..organisation.audit import note as note_audit
from ..problems import Problem, with_sentence
from ..queries import people, places
from ..queries.kept import KeptChange, kept_changes, rubric_standing
from ..rubric_files import load_library
from ..signing_in import visitor

Answer = Response | str | tuple[str, int]
MOST_NOTE_CHARACTERS = 2_000
DONE = {
    TAKEN: N_("Taken in. It stands in the record now, under its author's name."),
    DECLINED: N_("Left out. What was written stays kept here."),
}

blueprint = Blueprint("kept", __name__, url_prefix="/lead/<space>/kept")
carry_space(blueprint)


@blueprint.before_request
def enter() -> Response | None:
    """Let the lead of this very space in. Another's space and none at all look the same."""
    found = visitor(request)
    if found is None:
        if request.method != "GET":
            raise Problem("signed-out")
        return redirect("/sign-in", code=303)  # type: ignore[return-value]
    here = next((one for one in found.memberships if one.space == g.space), None)
    if here is None:
        raise Problem("not-found")
    if not here.opens("kept", now_ms()):
        raise Problem("not-allowed")
    g.visitor, g.here = found, here
    return None


@blueprint.get("")
def index() -> Answer:
    """One line for each person and record, what waits first; no words of anybody yet."""
    with reading() as session:
        names = people.names(session, g.space)
        schools = places.school_names(session, g.space)
        groups = [
            _group(list(some), names, schools)
            for _key, some in groupby(
                sorted(kept_changes(session, g.space), key=lambda one: (one.record, one.person)),
                key=lambda one: (one.record, one.person),
            )
        ]
    groups.sort(key=lambda one: (one["received_at"], one["rank"]))
    done = request.args.get("done", "")
    return render_template(
        "lead/kept.html", here=g.here, done=_(DONE[done]) if done in DONE else None,
        waiting=[one for one in groups if one["waits"]],
        decided=[one for one in groups if not one["waits"]],
    )  # fmt: skip


@blueprint.get("/<record>/<person>")
def show(record: str, person: str) -> Answer:
    """Everything kept of one person about one record, word for word; that it was read is noted."""
    with _deciding() as session:
        kept = _found(session, record, person)
        now = now_ms()
        note_audit(session, g.space, g.visitor.who.account, "read-kept", person, now, record=record)
        note_looks(session, g.space, g.here.person, [record], KEPT_LOOK, now)
        return _page(session, kept, None, "")


@blueprint.post("/<record>/<person>")
def decide(record: str, person: str) -> Answer:
    """Take it all in or leave it all out, with a note; a refusal changes nothing."""
    decision, note = request.form.get("decision", ""), request.form.get("note", "").strip()
    if decision not in DONE or len(note) > MOST_NOTE_CHARACTERS:
        raise Problem("wrong-fields")
    lead = Lead(g.space, g.visitor.who.account)
    try:
        with _deciding() as session:
            if decision == TAKEN:
                rules = current_app.extensions["walkapp.rules"]
                take_in(session, rules, lead, record, person, note, now_ms())
            else:
                decline(session, lead, record, person, note, now_ms())
    except NothingKept:
        raise Problem("not-found") from None
    except CannotTakeIn as trouble:
        with reading() as session:
            told = with_sentence({"code": trouble.refusal.code})
            return _page(session, _found(session, record, person), told, note), 409
    return redirect(url_for(".index", done=decision), code=303)  # type: ignore[return-value]


@contextmanager
def _deciding() -> Iterator[Session]:
    """A writing session, after the grant was read again in the same transaction."""
    with writing() as session:
        found = grants_of(session, g.space, g.visitor.who.account)
        if found is None or not ability_of(found[1], now_ms()).may_somewhere(DECIDE):
            raise Problem("not-allowed")
        yield session


def _found(session: Session, record: str, person: str) -> list[KeptChange]:
    kept = kept_changes(session, g.space, record, person)
    if not kept:
        raise Problem("not-found")
    return kept


def _page(session: Session, kept: list[KeptChange], trouble: Any, note: str) -> str:
    names = people.names(session, g.space)
    accounts = people.names_by_account(session, g.space)
    content = _content(session, kept)
    group = _group(kept, names, places.school_names(session, g.space))
    changes = [
        {
            "kept": one,
            "lines": lines_of(one.change, content),
            "is_unread": is_unread(one.change),
            "by": accounts.get(one.decided_by or "", ""),
        }
        for one in kept
    ]
    return render_template(
        "lead/kept_one.html", here=g.here, group=group, changes=changes, trouble=trouble, note=note
    )


def _content(session: Session, kept: list[KeptChange]) -> dict[str, Any] | None:
    """Of the rubric that names what was rated: the changes', or that of the record they edit."""
    named = next((found for one in kept if (found := rubric_of(one.change))), None)
    library = load_library(current_app.config["WALK"].home)
    rubric = library.get(named or rubric_standing(session, g.space, kept[0].record) or "")
    return dict(rubric.content) if rubric else None


def _group(
    kept: list[KeptChange], names: dict[str, str], schools: dict[str, str]
) -> dict[str, Any]:
    first = kept[0]
    school = next((found for one in kept if (found := school_of(one.change))), None)
    return {
        "record": first.record,
        "person": first.person,
        "who": names.get(first.person, _("Somebody")),
        "kind": kind_words(str(first.change.get("kind"))),
        "rank": rank_of(str(first.change.get("kind"))),
        "school": schools.get(school or "", ""),
        "at": max(one.at for one in kept),
        "received_at": min(one.received_at for one in kept),
        "changes": len(kept),
        "waits": any(one.decision is None for one in kept),
        "decision": next((one.decision for one in reversed(kept) if one.decision), None),
        "decided_at": max((one.decided_at or 0 for one in kept), default=0),
    }
