"""A `.walk` file as it lies there: readable outside, closed inside. Twin of `core/copy.js`.

Every part has a content key of its own, wrapped once for the words its person chose and once for
the space's key. Who opens a part learns nothing about another one.
"""

import re
from base64 import b64decode
from dataclasses import dataclass, field
from hashlib import pbkdf2_hmac
from typing import Any
from unicodedata import normalize

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from marshmallow import Schema, ValidationError, fields, validate

from ..envelopes import UUID
from ..problems import Problem
from ..wire import parse, unpack
from . import keys

FORMAT, VERSION = "walkapp-copy", 1
KDF = "PBKDF2-SHA256"
KEY_BYTES = 32
MOST_FILE_BYTES = 64_000_000
MOST_OPENED_BYTES = 128_000_000
# A list in JSON is two letters long and takes thirty times as much memory; letters take none.
MOST_THINGS, MOST_THINGS_OUTSIDE = 3_000_000, 10_000
MOST_PARTS = 50
LATEST_MS = 10**13  # what a clock may say and a page can write down
# Fewer would be easy to try out; more would keep the server busy for whoever asks.
FEWEST_ROUNDS, MOST_ROUNDS = 100_000, 2_000_000
MOST_ROUNDS_IN_ALL = 10 * 600_000

BLANKS = re.compile(r"[ \t\r\n]+")
BIG_LETTERS = re.compile(r"[A-Z]+")
_BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}")


class _Bytes(fields.String):
    """Bytes as base64."""

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> Any:
        text = super()._deserialize(value, *rest, **more)
        if len(text) % 4 or not _BASE64.fullmatch(text):
            raise ValidationError("Not base64.")
        return b64decode(text)


class _Wrap(Schema):
    to = fields.String(required=True, validate=validate.OneOf(("passphrase", "space")))
    kdf = fields.String(validate=validate.Equal(KDF))
    iterations = fields.Integer(strict=True, validate=validate.Range(FEWEST_ROUNDS, MOST_ROUNDS))
    salt = _Bytes()
    key_id = fields.String(validate=validate.Length(max=64))
    epk = _Bytes()
    iv = _Bytes(required=True)
    key = _Bytes(required=True)


class _Part(Schema):
    space = fields.String(required=True, validate=UUID)
    key_id = fields.String(required=True, allow_none=True, validate=validate.Length(max=64))
    iv = _Bytes(required=True)
    box = _Bytes(required=True)
    wraps = fields.List(fields.Nested(_Wrap), required=True, validate=validate.Length(1, 8))


class _File(Schema):
    format = fields.String(required=True, validate=validate.Equal(FORMAT))
    version = fields.Integer(strict=True, required=True, validate=validate.Equal(VERSION))
    made_at = fields.Integer(
        strict=True, required=True, validate=validate.Range(0, LATEST_MS, max_inclusive=False)
    )
    device = fields.String(required=True, validate=UUID)
    build = fields.String(required=True, validate=validate.Length(max=80))
    parts = fields.List(
        fields.Nested(_Part), required=True, validate=validate.Length(1, MOST_PARTS)
    )


@dataclass(frozen=True, slots=True)
class Part:
    """The closed work of one person in one space."""

    space: str
    iv: bytes
    box: bytes
    wraps: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Copy:
    """One file: when and where it was made, and its closed parts."""

    made_at: int
    device: str
    parts: list[Part]


@dataclass(slots=True)
class Means:
    """What opening one file may still cost, however many parts it has."""

    bytes: int = field(default_factory=lambda: MOST_OPENED_BYTES)
    things: int = field(default_factory=lambda: MOST_THINGS)
    rounds: int = field(default_factory=lambda: MOST_ROUNDS_IN_ALL)

    def spend(self, *, bytes: int = 0, things: int = 0, rounds: int = 0) -> None:
        self.bytes, self.things = self.bytes - bytes, self.things - things
        self.rounds -= rounds
        if min(self.bytes, self.things, self.rounds) < 0:
            raise Problem("copy-unreadable")


def read(data: bytes) -> Copy:
    """The file's outside, or the problem of something that is no copy."""
    if len(data) > MOST_FILE_BYTES:
        raise Problem("too-large")
    if _things_in(data) > MOST_THINGS_OUTSIDE:
        raise Problem("copy-unreadable")
    try:
        found: dict[str, Any] = _File().load(parse(data))
    except (Problem, ValidationError):
        raise Problem("copy-unreadable") from None
    parts = [Part(one["space"], one["iv"], one["box"], one["wraps"]) for one in found["parts"]]
    return Copy(found["made_at"], found["device"], parts)


def open_part(part: Part, secret: str, words: str, means: Means) -> Any:
    """What the part says, by the space's key or else by the words it was closed with."""
    key = _key_by_space(part, secret) or _key_by_words(part, words, means)
    try:
        packed = AESGCM(key).decrypt(part.iv, part.box, bound_to(part.space))
        plain = unpack(packed, "gzip", means.bytes)
        means.spend(bytes=len(plain), things=_things_in(plain))
        return parse(plain)
    except (Problem, InvalidTag, ValueError):
        raise Problem("copy-unreadable") from None


def _things_in(text: bytes) -> int:
    """At least as many as there are values in this JSON, before any of them is made."""
    return sum(map(text.count, (b",", b"[", b"{")))


def plain_words(words: str) -> str:
    """The words as they count: however a keyboard wrote, spaced or capitalised them."""
    tidy = BLANKS.sub(" ", normalize("NFKC", words)).strip(" ")
    return BIG_LETTERS.sub(lambda found: found[0].lower(), tidy)


def bound_to(space: str) -> bytes:
    """What every lock of a part is tied to, so that no part can be passed off as another's."""
    return f"{FORMAT} {VERSION} {space}".encode()


def key_for_words(words: str, salt: bytes, rounds: int) -> bytes:
    return pbkdf2_hmac("sha256", plain_words(words).encode(), salt, rounds, KEY_BYTES)


def key_for_space(shared: bytes, epk: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=epk, info=b"walkapp copy").derive(shared)


def _key_by_space(part: Part, secret: str) -> bytes | None:
    own = keys.private_key(secret, part.space) if secret else None
    for wrap in _wraps(part, "space", ("epk", "key_id")):
        if own is not None and wrap["key_id"] == keys.name_of(own):
            return _unwrapped(part, wrap, _shared_key(own, wrap["epk"]), "copy-unreadable")
    return None


def _shared_key(own: ec.EllipticCurvePrivateKey, epk: bytes) -> bytes:
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(keys.CURVE, epk)
    except ValueError:
        raise Problem("copy-unreadable") from None
    return key_for_space(own.exchange(ec.ECDH(), theirs), epk)


def _key_by_words(part: Part, words: str, means: Means) -> bytes:
    for wrap in _wraps(part, "passphrase", ("kdf", "salt", "iterations")):
        if words:
            means.spend(rounds=wrap["iterations"])
            key = key_for_words(words, wrap["salt"], wrap["iterations"])
            return _unwrapped(part, wrap, key, "copy-wrong-words")
    raise Problem("copy-needs-words")


def _wraps(part: Part, to: str, needed: tuple[str, ...]) -> list[dict[str, Any]]:
    return [one for one in part.wraps if one["to"] == to and all(name in one for name in needed)]


def _unwrapped(part: Part, wrap: dict[str, Any], key: bytes, code: str) -> bytes:
    try:
        return AESGCM(key).decrypt(wrap["iv"], wrap["key"], bound_to(part.space))
    except (InvalidTag, ValueError):
        raise Problem(code) from None
