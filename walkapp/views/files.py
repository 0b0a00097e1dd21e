"""Photos: sent in pieces to the hash of their bytes, shown with the record they belong to."""

import re

from flask import Blueprint, Response, current_app, jsonify, request

from .. import files
from ..clock import now_ms
from ..config import Config
from ..cookies import token_of
from ..database import reading, writing
from ..files.limits import MOST_CHUNK_BYTES
from ..looking import PHOTO, note_look
from ..problems import Problem
from ..signing_in import visitor_of

SHOWN = {
    "Content-Disposition": 'inline; filename="photo.jpg"',
    # Opened by itself it can do nothing at all, whatever a browser takes it for.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
}
_NUMBER = re.compile(r"[0-9]{1,12}")

blueprint = Blueprint("files", __name__, url_prefix="/api/v1/spaces/<space>/files/<sha256>")


@blueprint.get("")
def show(space: str, sha256: str) -> Response:
    """GET: the picture, for who sees the record named in `record`. HEAD: how much of it is here."""
    sender = _sender(space, sha256)
    if request.method == "HEAD":
        _refuse_strangers(sender)
        return _with_progress(Response(), files.progress(_config(), sender, sha256))
    with reading() as session:
        file = files.file_for(session, sender, request.args.get("record", ""), sha256, now_ms())
    picture = files.Shelf.of(_config(), space).read(file.kept) if file else None
    if file is None or picture is None:
        raise Problem("not-found")
    with writing() as session:
        note_look(session, space, sender.account, request.args["record"], PHOTO, now_ms())
    return Response(picture, mimetype=file.type, headers=SHOWN)


@blueprint.post("")
@blueprint.patch("")
def take(space: str, sha256: str) -> Response:
    """Add the bytes at `Upload-Offset`; the last ones bring the receipt."""
    sender = _sender(space, sha256)
    _refuse_strangers(sender)
    request.max_content_length = MOST_CHUNK_BYTES
    if request.content_encoding:
        raise Problem("unknown-encoding")
    chunk = files.Chunk(
        sha256, _number("Upload-Offset"), _number("Upload-Length"), request.get_data(cache=False)
    )
    now = now_ms()
    reached = files.take(_config(), sender, chunk, now)
    files.sweep_if_due(_config(), now)
    if reached.receipt is None:
        return _with_progress(Response(status=204), reached)
    return _with_progress(jsonify(receipt=reached.receipt), reached)


def _sender(space: str, sha256: str) -> files.Sender:
    visitor = visitor_of(token_of(request))
    if visitor is None:
        raise Problem("signed-out")
    sender = files.Sender(space, visitor.who.account)
    with reading() as session:
        if not files.is_member(session, sender) or not files.is_hash(sha256):
            raise Problem("not-found")
    return sender


def _refuse_strangers(sender: files.Sender) -> None:
    with reading() as session:
        if not files.may_send(session, sender, now_ms()):
            raise Problem("photos-not-yours")


def _with_progress(answer: Response, reached: files.Progress) -> Response:
    answer.headers["Upload-Offset"] = str(reached.received)
    if reached.length is not None:
        answer.headers["Upload-Length"] = str(reached.length)
    if reached.receipt is not None:
        answer.headers["Upload-Complete"] = "?1"
    return answer


def _number(header: str) -> int:
    found = request.headers.get(header, "")
    if not _NUMBER.fullmatch(found):
        raise Problem("bad-request", f"{header} has to be a whole number")
    return int(found)


def _config() -> Config:
    return current_app.config["WALK"]
