"""What the requests of the app hold, declared; what is not declared is refused by name."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from .problems import Problem

# The newest way to speak, and the oldest that is still answered: the newest and two before it.
NEWEST, OLDEST = 2, 1
MOST_CHANGES = 256
MOST_SPACES = 50
UUID = validate.Regexp(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z",
    error="Not an id: a lower-case UUID is expected.",
)

NONCE = validate.Regexp(r"[0-9a-f]{8,16}\Z", error="Not a nonce: 8 to 16 hex digits are expected.")


def plain_text(text: str) -> None:
    """Line ends, NUL and halves of characters cannot be kept, and nobody types them."""
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in text):
        raise ValidationError("Holds a character that cannot be shown.")


class Device(Schema):
    id = fields.String(required=True, validate=UUID)
    name = fields.String(load_default="", validate=[validate.Length(max=80), plain_text])


class SignIn(Schema):
    email = fields.String(required=True, validate=[validate.Length(1, 254), plain_text])
    password = fields.String(required=True, validate=[validate.Length(1, 1000), plain_text])
    device = fields.Nested(Device, required=True)


class Canary(Schema):
    """Which database the tablet keeps, and the highest number it ever gave to a change."""

    database = fields.String(required=True, validate=UUID)
    highest = fields.Integer(strict=True, required=True, validate=validate.Range(0, 2**53 - 1))


class Contact(Schema):
    """What the tablet calls this contact, and what it called the last one it heard back from."""

    now = fields.String(required=True, validate=NONCE)
    was = fields.String(load_default=None, allow_none=True, validate=NONCE)


class FirstSync(Schema):
    schema = fields.Integer(strict=True, required=True)
    device = fields.String(required=True, validate=UUID)
    build = fields.String(load_default="", validate=validate.Length(max=80))
    unsent = fields.Integer(
        strict=True, load_default=None, allow_none=True, validate=validate.Range(0, 2**31 - 1)
    )
    spaces = fields.Dict(
        keys=fields.String(validate=UUID),
        # What stands in a space's part is the engine's to judge: one bad part stops no other.
        values=fields.Raw(allow_none=True),
        required=True,
        validate=validate.Length(max=MOST_SPACES),
    )


class Sync(FirstSync):
    account = fields.String(load_default=None, allow_none=True, validate=UUID)
    files = fields.Integer(
        strict=True, load_default=None, allow_none=True, validate=validate.Range(0, 2**31 - 1)
    )
    canary = fields.Nested(Canary, load_default=None, allow_none=True)
    contact = fields.Nested(Contact, load_default=None, allow_none=True)


def sign_in(value: Any) -> dict[str, Any]:
    """A well-formed sign-in, or the fields that are wrong."""
    return _load(SignIn(), value)


def sync(value: Any) -> dict[str, Any]:
    """A well-formed envelope, or the fields that are wrong; the changes in it are not judged."""
    spoken = value.get("schema") if isinstance(value, dict) else None
    spoken = spoken if type(spoken) is int else NEWEST
    if spoken > NEWEST:
        raise Problem("server-older", f"The newest schema here is {NEWEST}.")
    envelope = _load(Sync() if spoken > 1 else FirstSync(), value)
    if sum(map(_count_changes, envelope["spaces"].values())) > MOST_CHANGES:
        raise Problem("too-large", f"more than {MOST_CHANGES} changes")
    return envelope


def is_too_old(envelope: dict[str, Any]) -> bool:
    """Is this app to be told nothing but its verdicts? What waits on the tablet is taken first."""
    return bool(envelope["schema"] < OLDEST)


def has_work(envelope: dict[str, Any]) -> bool:
    """Does the tablet send or still hold what nobody else has?"""
    return bool(envelope["unsent"]) or any(map(_count_changes, envelope["spaces"].values()))


def _count_changes(space: Any) -> int:
    changes = space.get("changes") if isinstance(space, dict) else None
    return len(changes) if isinstance(changes, list) else 0


def _load(schema: Schema, value: Any) -> dict[str, Any]:
    try:
        return schema.load(value)
    except ValidationError as trouble:
        raise Problem("wrong-fields", errors=_errors(trouble.messages)) from None


def _errors(messages: Any, pointer: str = "") -> Iterator[dict[str, str]]:
    """marshmallow's tree of messages as a list, each with its RFC 6901 pointer."""
    if isinstance(messages, dict):
        for key, below in messages.items():
            # "value" is marshmallow's own step between a dict's key and what it holds.
            step = "" if key in ("_schema", "value", "key") else f"/{_escaped(str(key))}"
            yield from _errors(below, pointer + step)
    else:
        for message in messages:
            yield {"pointer": pointer, "code": "bad-field", "detail": str(message)}


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
