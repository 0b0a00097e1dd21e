"""`POST /api/v1/sync`: who is this, is the envelope well formed, then one transaction per space."""

import gzip
import secrets
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, current_app, request

from .. import access, envelopes, organisation
from ..clock import now_ms
from ..cookies import token_of
from ..database import reading, writing
from ..log import SqlLog
from ..marks import marks_of
from ..membership import grants_of
from ..problems import Problem, with_sentence
from ..sessions import Report, SignedIn, is_due
from ..signing_in import note_contact, remembered, who_of
from ..sync.envelope import read
from ..sync.errors import BadEnvelope
from ..sync.exchange import exchange, receive
from ..sync.record import TAKEN
from ..wire import read_json, written

MOST_BYTES = 1_000_000
WORTH_PACKING_BYTES = 1_000
PACKING_LEVEL = 5
TAG_BYTES = 6
MARKED_SINCE = 2  # the schema in which rows carry marks and a tablet speaks of its own storage

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
    before = remembered(who, who.device or envelope["device"]) if is_marked else None
    answers = {
        space: _answer(who, envelope, space, wanted) for space, wanted in envelope["spaces"].items()
    }
    _note_contact(who, envelope, answers, before)
    about = {"schema": envelope["schema"], "device": before} if is_marked else {}
    return _packed({"now": now_ms(), **about, "spaces": answers})


def _refuse_strangers(who: SignedIn, envelope: dict[str, Any]) -> None:
    # Another window signed somebody else in: this work is not theirs to send.
    if envelope.get("account") not in (None, who.account):
        raise Problem("signed-out")
    if envelopes.is_too_old(envelope) and not envelopes.has_work(envelope):
        raise Problem("other-version")


def _answer(who: SignedIn, envelope: dict[str, Any], space: str, wanted: Any) -> dict[str, Any]:
    rules = current_app.extensions["walkapp.rules"]
    secret = current_app.config["WALK"].secret
    marks = marks_of(secret, space) if envelope["schema"] >= MARKED_SINCE else None
    try:
        part = read(wanted, rules, marks)
    except BadEnvelope as trouble:
        fault = {"code": trouble.code, "pointer": trouble.pointer, "detail": trouble.detail}
        return {"problem": with_sentence(fault)}
    # Most requests only ask what is new: they need not wait for a writer.
    with (writing if part.writes else reading)() as session:
        # Read in the same transaction: a right that was just taken away does not count.
        membership = grants_of(session, space, who.account)
        if membership is None:
            return {"problem": with_sentence({"code": "unknown-space", "pointer": ""})}
        person, grants = membership
        device, now = who.device or envelope["device"], now_ms()
        author = access.author(space, person, who.account, device, grants, now)
        log, tag = SqlLog(session, space, unread=True), secrets.token_hex(TAG_BYTES)
        if envelopes.is_too_old(envelope):
            return _in_words(receive(log, rules, author, part, now, tag))
        answer = exchange(log, rules, author, part, now, tag, marks)
        if TAKEN in answer.get("offers", {}).values():
            organisation.settle_returned(session, space)
        return _in_words(answer)


def _in_words(answer: dict[str, Any]) -> dict[str, Any]:
    for verdict in answer["results"].values():
        if "problem" in verdict:
            verdict["problem"] = with_sentence(verdict["problem"])
    return answer


def _note_contact(
    who: SignedIn,
    envelope: dict[str, Any],
    answers: dict[str, dict[str, Any]],
    before: dict[str, Any] | None,
) -> None:
    answered = sum(len(answer.get("results", ())) for answer in answers.values())
    unsent = envelope["unsent"]
    left = None if unsent is None else max(0, unsent - answered)
    report = Report(left, envelope.get("files"), **(envelope.get("canary") or {}))
    if answered or is_due(who, now_ms()) or _is_news(report, before or {}):
        note_contact(who, envelope["device"], report)


def _is_news(report: Report, before: dict[str, Any]) -> bool:
    """Would a tablet that came back empty now be measured by something outdated?"""
    said = {name: value for name, value in asdict(report).items() if value is not None}
    return report.database is not None and any(before.get(name) != said[name] for name in said)


def _packed(value: dict[str, Any]) -> Response:
    body = written(value)
    headers = {"Vary": "Accept-Encoding"}
    if len(body) >= WORTH_PACKING_BYTES and "gzip" in request.accept_encodings:
        body = gzip.compress(body, PACKING_LEVEL, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, mimetype="application/json", headers=headers)
