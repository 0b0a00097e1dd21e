"""The key of a space that copies are closed for: derived from the server's secret, nowhere on disk.

A copy closed for this key can be opened by this server and by nobody else, however it travels.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256
from hmac import compare_digest
from hmac import digest as hmac_digest
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
CURVE_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
COORDINATE_BYTES = 32
# Sixteen bytes more than the order has: what `%` favours is then beyond any measuring.
SCALAR_BYTES = 48
VOUCHER_BYTES = 32
ID_DIGITS = 16
KEPT_KEYS = 64


@lru_cache(maxsize=KEPT_KEYS)
def private_key(secret: str, space: str) -> ec.EllipticCurvePrivateKey:
    """The private key of the space: the same for as long as the secret is the same."""
    material = HKDF(SHA256(), SCALAR_BYTES, salt=None, info=f"walkapp rescue {space}".encode())
    scalar = int.from_bytes(material.derive(secret.encode()), "big") % (CURVE_ORDER - 1) + 1
    return ec.derive_private_key(scalar, CURVE)


def public_key(secret: str, space: str) -> dict[str, Any] | None:
    """What a tablet is told: the public half and its name; nothing where there is no secret."""
    if not secret:
        return None
    key = private_key(secret, space)
    point = raw_point(key.public_key())
    x, y = point[1 : 1 + COORDINATE_BYTES], point[1 + COORDINATE_BYTES :]
    jwk = {"kty": "EC", "crv": "P-256", "x": _base64url(x), "y": _base64url(y)}
    return {"id": name_of(key), "jwk": jwk}


def voucher(secret: str, space: str, account: str) -> str | None:
    """What an account puts into its copies to prove that they are its own.

    Anybody can close a file for this server and write a colleague's name in it.
    """
    if not secret:
        return None
    key = HKDF(SHA256(), VOUCHER_BYTES, salt=None, info=b"walkapp voucher").derive(secret.encode())
    return hmac_digest(key, f"{space} {account}".encode(), "sha256").hex()


def is_vouched(secret: str, space: str, account: str, shown: str) -> bool:
    made = voucher(secret, space, account)
    return made is not None and compare_digest(made.encode(), shown.encode())


def name_of(key: ec.EllipticCurvePrivateKey) -> str:
    """A short name for the key, by which a copy says which one opens it."""
    return sha256(raw_point(key.public_key())).hexdigest()[:ID_DIGITS]


def raw_point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
