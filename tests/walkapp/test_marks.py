"""The key of the marks comes from the secret alone, the same on every worker and every machine."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from walkapp.marks import marks_of

SECRET = "a secret of the tests, long enough to be one"
SPACE = "00000000-0000-4000-8000-000000000001"


def test_the_key_is_what_anybody_with_the_secret_derives() -> None:
    derived = HKDF(SHA256(), 32, None, b"walkapp marks").derive(SECRET.encode())
    assert marks_of(SECRET, SPACE).key == derived


def test_the_key_is_never_shown() -> None:
    assert "key" not in repr(marks_of(SECRET, SPACE))


def test_a_server_without_a_secret_has_no_key() -> None:
    assert marks_of("", SPACE).key == b""
