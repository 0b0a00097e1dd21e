"""Closes a copy as a tablet does: the other half of `walkapp/copies/envelope.py`, for the tests."""

import gzip
import json
import secrets
from base64 import b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from walkapp.copies import keys
from walkapp.copies.envelope import FORMAT, KDF, VERSION, bound_to, key_for_space, key_for_words

DEVICE = "00000000-0000-4000-8000-0000000000aa"
WORDS = "otter lamp river cedar stone tulip"
# As few as the server takes: a test tries no passwords.
ROUNDS = 100_000


def content(space: str, account: str, *changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    waiting = [{"change": change, "since": change["at"]} for change in changes]
    return {"space": space, "account": account, "waiting": waiting, "needs_you": [], "files": [],
            **more}  # fmt: skip


def close(secret: str, *contents: dict[str, Any], words: str = WORDS, outside: str = "") -> bytes:
    """The file; without a secret it can be opened by its words alone. `outside` names a space."""
    parts = [_part(one, outside or one["space"], secret, words) for one in contents]
    file = {"format": FORMAT, "version": VERSION, "made_at": 1_795_000_000_000, "device": DEVICE,
            "build": "b", "parts": parts}  # fmt: skip
    return json.dumps(file).encode()


def _part(content: dict[str, Any], space: str, secret: str, words: str) -> dict[str, Any]:
    key, iv = secrets.token_bytes(32), secrets.token_bytes(12)
    if secret:
        content = {"voucher": keys.voucher(secret, space, content["account"]), **content}
    packed = gzip.compress(json.dumps(content).encode(), mtime=0)
    box = AESGCM(key).encrypt(iv, packed, bound_to(space))
    wraps, key_id = [_for_words(key, words, space)], None
    if secret:
        key_id = keys.name_of(keys.private_key(secret, space))
        wraps.append(_for_space(key, secret, space))
    return {"space": space, "key_id": key_id, "iv": _text(iv), "box": _text(box), "wraps": wraps}


def _for_words(key: bytes, words: str, space: str) -> dict[str, Any]:
    salt, iv = secrets.token_bytes(16), secrets.token_bytes(12)
    closed = AESGCM(key_for_words(words, salt, ROUNDS)).encrypt(iv, key, bound_to(space))
    return {"to": "passphrase", "kdf": KDF, "iterations": ROUNDS, "salt": _text(salt),
            "iv": _text(iv), "key": _text(closed)}  # fmt: skip


def _for_space(key: bytes, secret: str, space: str) -> dict[str, Any]:
    theirs, once = keys.private_key(secret, space), ec.generate_private_key(keys.CURVE)
    epk, iv = keys.raw_point(once.public_key()), secrets.token_bytes(12)
    shared = once.exchange(ec.ECDH(), theirs.public_key())
    closed = AESGCM(key_for_space(shared, epk)).encrypt(iv, key, bound_to(space))
    return {"to": "space", "key_id": keys.name_of(theirs), "epk": _text(epk), "iv": _text(iv),
            "key": _text(closed)}  # fmt: skip


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()
