"""The door of the administrator's pages: who is asking, and is this their district?"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from flask import Response, abort, g, redirect, request, url_for
from sqlalchemy.orm import Session

from ...access import ability_of
from ...clock import now_ms
from ...database import reading, writing
from ...languages import N_
from ...languages import gettext as _
from ...membership import grants_of
from ...problems import Problem
from ...projections import catch_up, is_behind
from ...signing_in import visitor
from .role_times import role_times

Thing = TypeVar("Thing")

# What a page says after it did something; the address carries only the word.
DONE = {
    "added": N_("Added."),
    "saved": N_("Saved."),
    "unchanged": N_("Nothing was different, so nothing was changed."),
    "archived": N_("Archived. What was written there stays."),
    "brought-back": N_("Brought back."),
    "given": N_("The role is given."),
    "ended": N_("The role is ended."),
    "signed-out": N_(
        "Signed out there. Work that waits on the tablet is kept until its next sign-in."
    ),
    "imported": N_("Entered."),
}


def enter() -> Response | None:
    """Let an administrator of this very space in. Another's space and none at all look the same."""
    found = visitor(request)
    if found is None:
        return _sign_in_first()
    here = next((one for one in found.memberships if one.space == g.space), None)
    if here is None:
        raise Problem("not-found")
    if not here.opens("admin", now_ms()):
        raise Problem("not-allowed")
    g.visitor, g.here = found, here
    return None


def shown_on_every_page() -> dict[str, Any]:
    done = request.args.get("done", "")
    return {
        "here": g.get("here"),
        "done": _(DONE[done]) if done in DONE else None,
        "role_times": role_times,
    }


@contextmanager
def looking() -> Iterator[Session]:
    """A reading session on rows that show everything in the log."""
    with reading() as session:
        if not is_behind(session, g.space):
            yield session
            return
    with writing() as session:
        catch_up(session, g.space)
    with reading() as session:
        yield session


@contextmanager
def changing() -> Iterator[Session]:
    """A writing session, after the grant was read again in the same transaction."""
    with writing() as session:
        found = grants_of(session, g.space, actor())
        if found is None or not ability_of(found[1], now_ms()).is_admin():
            raise Problem("not-allowed")
        catch_up(session, g.space)
        yield session


def actor() -> str:
    """The account that is asking."""
    return str(g.visitor.who.account)


def back_to(endpoint: str, done: str, **values: Any) -> Response:
    """After a form is done: to a page that can be reloaded."""
    return redirect(url_for(endpoint, done=done, **values), code=303)  # type: ignore[return-value]


def found(thing: Thing | None) -> Thing:
    """The thing, or the page that says there is none."""
    if thing is None:
        abort(404)
    return thing


def _sign_in_first() -> Response:
    if request.method != "GET":
        raise Problem("signed-out")
    return redirect("/sign-in", code=303)  # type: ignore[return-value]
