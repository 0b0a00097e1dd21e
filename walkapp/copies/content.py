"""What an opened part says: whose work it is, the changes, what needed its person, the photos."""

from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from ..envelopes import UUID
from ..problems import Problem

SHA = validate.Regexp(r"[0-9a-f]{64}\Z")


class _Named(Schema):
    class Meta:
        unknown = EXCLUDE

    # The rest of a change is the engine's to judge, one by one.
    cid = fields.String(required=True, validate=UUID)


class _Waiting(Schema):
    change = fields.Dict(required=True)
    since = fields.Integer(strict=True, required=True)


class _Photo(Schema):
    sha = fields.String(required=True, validate=SHA)
    type = fields.String(required=True, validate=validate.Length(max=80))
    record = fields.String(required=True, allow_none=True, validate=UUID)
    bytes = fields.String(required=True)


class _Content(Schema):
    class Meta:
        unknown = (
            EXCLUDE  # `rows`, when everything on the tablet was asked for: they came from here
        )

    space = fields.String(required=True, validate=UUID)
    account = fields.String(required=True, validate=UUID)
    waiting = fields.List(fields.Nested(_Waiting), required=True)
    needs_you = fields.List(fields.Dict(), required=True)
    files = fields.List(fields.Nested(_Photo), required=True)
    voucher = fields.String(load_default="", validate=validate.Regexp(r"[0-9a-f]{0,64}\Z"))


@dataclass(frozen=True, slots=True)
class Photo:
    sha: str
    type: str
    record: str | None
    bytes: bytes


@dataclass(frozen=True, slots=True)
class Content:
    """One person's unsent work in one space, in the order it was made."""

    account: str
    changes: list[dict[str, Any]]
    needs_you: int
    photos: list[Photo]
    voucher: str = ""


def read_content(value: Any, space: str) -> Content:
    """The content of a part that was closed for this space, or the problem that it is not one."""
    try:
        found: dict[str, Any] = _Content().load(value)
        changes = [one["change"] for one in found["waiting"]]
        for change in changes:
            _Named().load(change)
        photos = [_photo(one) for one in found["files"]]
    except (ValidationError, NotBase64, ValueError):
        raise Problem("copy-unreadable") from None
    if found["space"] != space:
        raise Problem("copy-unreadable")
    needs_you, voucher = len(found["needs_you"]), found["voucher"]
    return Content(found["account"], changes, needs_you, photos, voucher)


def _photo(found: dict[str, Any]) -> Photo:
    raw = b64decode(found["bytes"], validate=True)
    return Photo(found["sha"], found["type"], found["record"], raw)
