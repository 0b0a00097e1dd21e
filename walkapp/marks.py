"""The key of the marks: made from the server's secret, so that no backup of the database holds it.

HKDF with SHA-256 (RFC 5869), one block long. A server with another secret does not know the rows
of this one again.
"""

import hmac
from functools import cache
from hashlib import sha256

from walkapp.sync.marks import Marks

INFO = b"walkapp marks"
NO_SALT = bytes(sha256().digest_size)


def marks_of(secret: str, space: str) -> Marks:
    """The marks of a space; without a secret nothing is signed and nothing believed."""
    return Marks(space, _derived(secret.encode(), INFO) if secret else b"")


@cache  # of one secret: a server has no other
def _derived(secret: bytes, info: bytes) -> bytes:
    drawn = hmac.new(NO_SALT, secret, sha256).digest()
    return hmac.new(drawn, info + b"\x01", sha256).digest()
