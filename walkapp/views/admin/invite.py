"""/invite/<token>: a person's own door, once."""

from flask import Blueprint, Response, make_response, redirect, render_template, request

from ... import cookies, invites, passwords, sessions
from ...clock import now_ms
from ...cookies import token_of
from ...database import reading, writing
from ...invites import Invitation
from ...languages import gettext as _
from ...organisation import Refused
from ...problems import Problem
from ...signing_in import sign_in, visitor_of

blueprint = Blueprint("invite", __name__)


@blueprint.get("/invite/<token>")
def show(token: str) -> Response:
    """What the link is for. Looking uses nothing up: mail scanners look too."""
    return _page(_read(token))


@blueprint.post("/invite/<token>")
def accept(token: str) -> Response:
    """Use the link: choose a password, or join the account that has the address."""
    invitation = _read(token)
    if invitation is None:
        return _page(None)
    try:
        signed_in = _join(token, invitation) if invitation.way == invites.JOIN else _choose(token)
    except Refused as trouble:
        return _page(_read(token), trouble)
    except Problem as problem:
        return _page(invitation, Refused(problem.code, "password", _(problem.entry.title)))
    answer: Response = redirect(_first_page(signed_in), code=303)  # type: ignore[assignment]
    cookies.give(answer, request, signed_in)
    return answer


def _choose(token: str) -> str:
    """Set the password and sign in, in one transaction: the link is used up by both or not."""
    password, again = request.form.get("password", ""), request.form.get("again", "")
    if password != again:
        raise Refused("passwords-differ", "again", _("The two are not the same."))
    invitation = _read(token)
    if invitation is None:
        raise Refused("link-over", "token", _("This link is used up, over or replaced."))
    passwords.check_new(password, invitation.email, invitation.person_name, invitation.space_name)
    with writing() as session:
        account = invites.accept_with_password(session, token, password)
        return sessions.start(session, account, None, now_ms(), token_of(request))


def _join(token: str, invitation: Invitation) -> str:
    """Sign in with the password the account has, counted like any other try, then join."""
    signed_in = sign_in(request, invitation.email, request.form.get("password", ""))
    with writing() as session:
        invites.accept_as(session, token, invitation.account or "")
    return signed_in


def _first_page(signed_in: str) -> str:
    visitor = visitor_of(signed_in)
    return "/admin/" if visitor and visitor.opens("admin", now_ms()) else "/app/"


def _read(token: str) -> Invitation | None:
    with reading() as session:
        return invites.read_link(session, token)


def _page(invitation: Invitation | None, trouble: Refused | None = None) -> Response:
    page = render_template("invite.html", invitation=invitation, trouble=trouble)
    status = 404 if invitation is None else 422 if trouble else 200
    return make_response(page, status)
