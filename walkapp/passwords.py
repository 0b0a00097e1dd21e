"""Passwords: hashed by argon2id, measured by length and by what a guesser tries first."""

import re
import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from .problems import Problem

SHORTEST = 15
LONGEST = 256
# What must be left once everything easy to guess is crossed out.
HARD_LETTERS = 5

_hasher = PasswordHasher()
# Each hash takes 64 MiB: a rush of sign-ins must not take the machine with it.
_two_at_a_time = BoundedSemaphore(2)
# The hash of nothing anybody can type, made with the same cost as the real ones.
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$bxCZwZ+cEvBoHXp5I3Nh5A"
    "$rZy41JOcRcKI0KoY1Ey3kHAg1M0jiWXutXDQtVuyn/Q"
)

COMMON_WORDS = """
    password passwort passw0rd letmein welcome hello iloveyou sunshine princess football baseball
    basketball soccer monkey dragon shadow master superman batman trustno whatever starwars
    freedom computer internet secret login admin administrator default changeme changeit access
    qwertz qwerty asdfgh asdf zxcvbn zxcv yxcvbn azerty qazwsx correcthorsebatterystaple
    abcdefghijklmnopqrstuvwxyz thequickbrownfox loremipsum
    spring summer autumn winter january february march april may june july august september
    october november december monday tuesday wednesday thursday friday saturday sunday
    walkapp learningwalk learning walkthrough walk visit observation observer observe rubric
    evidence school district principal teacher coach student classroom education elementary
    middle high florida tablet ipad my the is and for our
""".split()  # noqa: SIM905 - eighty words in eighty lines would hide the code
KEYBOARD_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz")
LOOKALIKES = str.maketrans("@4013$57!", "aaoiessti")


def hash_of(password: str) -> str:
    """The hash to keep of a password that was checked."""
    with _two_at_a_time:
        return _hasher.hash(_normal(password))


def is_right(kept: str | None, given: str) -> bool:
    """Do they go together? Takes equally long when there is nothing to compare with."""
    with _two_at_a_time:
        try:
            return _hasher.verify(kept or _NOBODY, _normal(given)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """Was it made at another cost than today's?"""
    return _hasher.check_needs_rehash(kept)


def check_new(password: str, *own_words: str) -> None:
    """Refuse what is short or easy to guess; `own_words` are the person's e-mail, name, school."""
    if len(_normal(password)) < SHORTEST:
        raise Problem("password-short")
    if len(password) > LONGEST:
        raise Problem("password-long")
    if len(_hard_part(password, own_words)) < HARD_LETTERS:
        raise Problem("password-easy")


def _normal(password: str) -> str:
    # Two keyboards write é in two ways; one person has one password.
    return unicodedata.normalize("NFKC", password)


def _hard_part(password: str, own_words: tuple[str, ...]) -> str:
    """What is left of a password without common words, own words, rows of keys and repeats."""
    plain = _normal(password).lower()
    own = [
        part for word in own_words for part in re.split(r"[\W_]+", word.lower()) if len(part) > 2
    ]
    easy = sorted({*COMMON_WORDS, *own}, key=len, reverse=True)
    left = min((_cross_out(text, easy) for text in (plain, plain.translate(LOOKALIKES))), key=len)
    return _without_repeats(left)


def _cross_out(text: str, easy: list[str]) -> str:
    text = _without_rows(re.sub(r"[\W_]+", "", text))
    for word in easy:
        text = text.replace(word, "")
    return re.sub(r"\d+$", "", text)  # "…2026!" adds a year, not strength


def _without_rows(text: str) -> str:
    for row in KEYBOARD_ROWS:
        for line in (row, row[::-1]):
            for size in range(len(line), 3, -1):
                for start in range(len(line) - size + 1):
                    text = text.replace(line[start : start + size], "")
    return text


def _without_repeats(text: str) -> str:
    text = re.sub(r"(.{1,8}?)\1{2,}", r"\1", text)
    return "".join(dict.fromkeys(text)) if len(set(text)) < HARD_LETTERS else text
