"""`POST /api/v1/sync`: who is this, is the envelope well formed, then one transaction per space."""

import gzip
import secrets
from typing import Any

from flask import Blueprint, Response, current_app, request
from sqlalchemy.orm import Session

from .. import access, envelopes, organisation
from ..clock import now_ms
from ..contact import Contact
from ..cookies import token_of
from ..database import reading, writing
from ..looking import TABLET, note_looks, reached
from ..marks import marks_of
from ..membership import bonds_of, grants_of
from ..notices import TellingLog
from ..problems import Problem, with_sentence
from ..sessions import SignedIn
from ..signing_in import who_of
from ..sync.envelope import Envelope, read
from ..sync.errors import BadEnvelope
from ..sync.exchange import exchange, receive
from ..sync.marks import Marks
from ..sync.record import TAKEN
from ..wire import read_json, written

MOST_BYTES = 1_000_000
WORTH_PACKING_BYTES = 1_000
PACKING_LEVEL = 5
TAG_BYTES = 6
MARKED_SINCE = 2  # the schema in which rows carry marks and a tablet speaks of its own storage

Problems = dict[str, Any]  # what is said of a space instead of an answer

blueprint = Blueprint("sync", __name__)


@blueprint.post("/api/v1/sync")
def sync() -> Response:
    """Every change gets its verdict, every space its answer; one that fails stops no other."""
    who = who_of(token_of(request))
    if who is None:
        raise Problem("signed-out")
    request.max_content_length = MOST_BYTES
    encoding = request.content_encoding or ""
    envelope = envelopes.sync(read_json(request.get_data(), encoding, MOST_BYTES))
    _refuse_strangers(who, envelope)
    is_marked = envelope["schema"] >= MARKED_SINCE
    contact = Contact(who, envelope)
    asked = {space: _read(envelope, space, part) for space, part in envelope["spaces"].items()}
    contact.last = next((s for s in reversed(asked) if _writes(asked[s])), None)
    answers = {space: _answer(contact, space, part) for space, part in asked.items()}
    contact.note_if_due()
    about = {"schema": envelope["schema"], "device": contact.told()} if is_marked else {}
    return _packed({"now": now_ms(), **about, "spaces": answers})


def _refuse_strangers(who: SignedIn, envelope: dict[str, Any]) -> None:
    # Another window signed somebody else in: this work is not theirs to send.
    if envelope.get("account") not in (None, who.account):
        raise Problem("signed-out")
    if envelopes.is_too_old(envelope) and not envelopes.has_work(envelope):
        raise Problem("other-version")


def _read(envelope: dict[str, Any], space: str, wanted: Any) -> Envelope | Problems:
    """The space's part, checked before any lock is held, or what is wrong with it."""
    try:
        return read(wanted, current_app.extensions["walkapp.rules"], _marks(envelope, space))
    except BadEnvelope as trouble:
        fault = {"code": trouble.code, "pointer": trouble.pointer, "detail": trouble.detail}
        return {"problem": with_sentence(fault)}


def _marks(envelope: dict[str, Any], space: str) -> Marks | None:
    is_marked = envelope["schema"] >= MARKED_SINCE
    return marks_of(current_app.config["WALK"].secret, space) if is_marked else None


def _writes(part: Envelope | Problems) -> bool:
    return isinstance(part, Envelope) and part.writes


def _answer(contact: Contact, space: str, part: Envelope | Problems) -> dict[str, Any]:
    if not isinstance(part, Envelope):
        return part
    # Most requests only ask what is new: they need not wait for a writer.
    with (writing if part.writes else reading)() as session:
        answer, person = _exchanged(session, contact, space, part)
        contact.hear(answer)
        if space == contact.last:
            contact.note(session)
        seen = reached(answer.get("rows", ()), person)
        if part.writes:
            note_looks(session, space, person, seen, TABLET, now_ms())
    if seen and not part.writes:
        # Nothing is handed out before it is written down that it was.
        with writing() as session:
            note_looks(session, space, person, seen, TABLET, now_ms())
    return answer


def _exchanged(
    session: Session, contact: Contact, space: str, part: Envelope
) -> tuple[dict[str, Any], str]:
    """The answer, and the person of this space it is for."""
    who, envelope = contact.who, contact.envelope
    # Read in the same transaction: a right that was just taken away does not count.
    membership = grants_of(session, space, who.account)
    if membership is None:
        return {"problem": with_sentence({"code": "unknown-space", "pointer": ""})}, ""
    person, grants = membership
    now = now_ms()
    bonds = bonds_of(session, space, person)
    author = access.author(space, person, who.account, contact.device, grants, now, bonds)
    log, tag = TellingLog(session, space, unread=True), secrets.token_hex(TAG_BYTES)
    rules = current_app.extensions["walkapp.rules"]
    if envelopes.is_too_old(envelope):
        return _in_words(receive(log, rules, author, part, now, tag)), person
    answer = exchange(log, rules, author, part, now, tag, _marks(envelope, space))
    if TAKEN in answer.get("offers", {}).values():
        organisation.settle_returned(session, space)
    return _in_words(answer), person


def _in_words(answer: dict[str, Any]) -> dict[str, Any]:
    for verdict in answer["results"].values():
        if "problem" in verdict:
            verdict["problem"] = with_sentence(verdict["problem"])
    return answer


def _packed(value: dict[str, Any]) -> Response:
    body = written(value)
    headers = {}
    if len(body) >= WORTH_PACKING_BYTES:
        headers["Vary"] = "Accept-Encoding"
        if "gzip" in request.accept_encodings:
            body = gzip.compress(body, PACKING_LEVEL, mtime=0)
            headers["Content-Encoding"] = "gzip"
    return Response(body, mimetype="application/json", headers=headers)
