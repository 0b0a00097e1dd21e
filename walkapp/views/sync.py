"""`POST /api/v1/sync`: who is this, is the envelope well formed, then one transaction per space."""

import gzip
import json
import secrets
from typing import Any

from flask import Blueprint, Response, current_app, request

from .. import access, envelopes
from ..clock import now_ms
from ..cookies import token_of
from ..database import reading, writing
from ..log import SqlLog
from ..membership import grants_of
from ..problems import Problem, with_sentence
from ..sessions import SignedIn, is_due
from ..signing_in import note_contact, visitor_of
from ..sync.envelope import read
from ..sync.errors import BadEnvelope
from ..sync.exchange import exchange
from ..wire import read_json

MOST_BYTES = 1_000_000
WORTH_PACKING_BYTES = 1_000
PACKING_LEVEL = 5
TAG_BYTES = 6

blueprint = Blueprint("sync", __name__)


@blueprint.post("/api/v1/sync")
def sync() -> Response:
    """Every change gets its verdict, every space its answer; one that fails stops no other."""
    visitor = visitor_of(token_of(request))
    if visitor is None:
        raise Problem("signed-out")
    request.max_content_length = MOST_BYTES
    encoding = request.content_encoding or ""
    envelope = envelopes.sync(read_json(request.get_data(), encoding, MOST_BYTES))
    device = visitor.who.device or envelope["device"]
    answers = {
        space: _answer(visitor.who, device, space, wanted)
        for space, wanted in envelope["spaces"].items()
    }
    _note_contact(visitor.who, envelope, answers)
    return _packed({"now": now_ms(), "spaces": answers})


def _answer(who: SignedIn, device: str, space: str, wanted: Any) -> dict[str, Any]:
    rules = current_app.extensions["walkapp.rules"]
    try:
        part = read(wanted, rules)
    except BadEnvelope as trouble:
        fault = {"code": trouble.code, "pointer": trouble.pointer, "detail": trouble.detail}
        return {"problem": with_sentence(fault)}
    # Most requests only ask what is new: they need not wait for a writer.
    with (writing if part.changes else reading)() as session:
        # Read in the same transaction: a right that was just taken away does not count.
        membership = grants_of(session, space, who.account)
        if membership is None:
            return {"problem": with_sentence({"code": "unknown-space", "pointer": ""})}
        person, grants = membership
        now = now_ms()
        author = access.author(space, person, who.account, device, grants, now)
        log, tag = SqlLog(session, space), secrets.token_hex(TAG_BYTES)
        return _in_words(exchange(log, rules, author, part, now, tag))


def _in_words(answer: dict[str, Any]) -> dict[str, Any]:
    for verdict in answer["results"].values():
        if "problem" in verdict:
            verdict["problem"] = with_sentence(verdict["problem"])
    return answer


def _note_contact(
    who: SignedIn, envelope: dict[str, Any], answers: dict[str, dict[str, Any]]
) -> None:
    answered = sum(len(answer.get("results", ())) for answer in answers.values())
    if answered or is_due(who, now_ms()):
        unsent = envelope["unsent"]
        left = None if unsent is None else max(0, unsent - answered)
        note_contact(who, envelope["device"], left)


def _packed(value: dict[str, Any]) -> Response:
    body = json.dumps(value, separators=(",", ":")).encode()
    headers = {"Vary": "Accept-Encoding"}
    if len(body) >= WORTH_PACKING_BYTES and "gzip" in request.accept_encodings:
        body = gzip.compress(body, PACKING_LEVEL, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, mimetype="application/json", headers=headers)
