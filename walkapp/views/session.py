"""Signing in and out, for the app: `POST`, `GET` and `DELETE /api/v1/session`."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from .. import cookies, envelopes
from ..clock import now_ms
from ..copies import public_key, voucher
from ..database import reading
from ..membership import Membership
from ..problems import Problem
from ..queries.devices import unsent_of
from ..signing_in import Visitor, sign_in, sign_out, visitor, visitor_of
from ..wire import read_json

MOST_BYTES = 10_000

blueprint = Blueprint("session", __name__, url_prefix="/api/v1/session")


@blueprint.post("")
def begin() -> tuple[Response, int]:
    """Sign in on a device; the browser gets its cookie."""
    request.max_content_length = MOST_BYTES
    given = envelopes.sign_in(
        read_json(request.get_data(), request.content_encoding or "", MOST_BYTES)
    )
    token = sign_in(request, given["email"], given["password"], given["device"])
    answer = jsonify(_shown(visitor_of(token)))
    cookies.give(answer, request, token)
    return answer, 201


@blueprint.get("")
def show() -> Response:
    """Who is signed in here, and where they belong."""
    return jsonify(_shown(visitor(request)))


@blueprint.delete("")
@blueprint.post("/end")  # some school filters strip every verb but GET and POST
def end() -> tuple[Response, int]:
    """Sign out. What waits on the tablet is untouched."""
    sign_out(request)
    answer = Response(status=204)
    cookies.take_back(answer, request)
    return answer, 204


def _shown(found: Visitor | None) -> dict[str, Any]:
    if found is None:  # or closed in the very moment of signing in
        raise Problem("signed-out")
    return {
        "account": {"id": found.who.account, "email": found.who.email},
        "spaces": [_space(membership, found.who.account) for membership in found.memberships],
        # Whoever signs in on an emptied tablet hears what that tablet last said it held.
        "devices": _unsent(found.who.account),
        "expires": found.who.expires_at,
        "now": now_ms(),
    }


def _unsent(account: str) -> list[dict[str, Any]]:
    with reading() as session:
        return [asdict(device) for device in unsent_of(session, account)]


def _space(membership: Membership, account: str) -> dict[str, Any]:
    secret = current_app.config["WALK"].secret
    return {
        "id": membership.space,
        "name": membership.space_name,
        "person": membership.person,
        "person_name": membership.person_name,
        "roles": [{"role": grant.role, "school": grant.school} for grant in membership.grants],
        # What copies of unsent work are closed for, so that this server can open them.
        "rescue_key": public_key(secret, membership.space),
        # What such a copy shows, so that an administrator may enter it in this person's name.
        "voucher": voucher(secret, membership.space, account),
    }
