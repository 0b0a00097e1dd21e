"""What a password may be, and that comparing one tells nothing."""

import pytest

from walkapp import passwords
from walkapp.problems import Problem

GOOD = [
    "quiet lanterns over the millpond",
    "pfeffer-minz-teekanne",
    "ελαιόλαδο και θάλασσα",
    "x" * 3 + " unlikely tundra marzipan " + "y" * 64,
]
EASY = [
    "passwordpassword", "Password123456789", "P@ssw0rdP@ssw0rd!", "123456789012345",
    "qwertyuiopasdfgh", "aaaaaaaaaaaaaaaaaaaa", "abcabcabcabcabcabc", "learningwalk2026!",
    "walkappwalkappwalkapp", "letmeinletmeinletmein", "Welcome-to-our-school-2026",
    "okoye.okoye.okoye.okoye", "correct horse battery staple", "monkeydragonsunshine",
]  # fmt: skip


@pytest.mark.parametrize("password", GOOD)
def test_a_long_phrase_is_taken_whatever_it_is_made_of(password: str) -> None:
    passwords.check_new(password, "okoye@oakhill.example")


@pytest.mark.parametrize("password", EASY)
def test_what_a_guesser_tries_first_is_refused(password: str) -> None:
    with pytest.raises(Problem) as trouble:
        passwords.check_new(password, "okoye@oakhill.example", "Oak Hill")
    assert trouble.value.code == "password-easy"


def test_fourteen_characters_are_too_few_and_two_hundred_are_fine() -> None:
    with pytest.raises(Problem) as trouble:
        passwords.check_new("tundra marzipa")
    assert trouble.value.code == "password-short"
    passwords.check_new("tundra marzipan lantern " * 8)


def test_a_kept_hash_tells_right_from_wrong() -> None:
    kept = passwords.hash_of("quiet lanterns over the millpond")
    assert passwords.is_right(kept, "quiet lanterns over the millpond")
    assert not passwords.is_right(kept, "quiet lanterns over the millponds")
    assert not passwords.is_right(None, "quiet lanterns over the millpond")


def test_one_password_is_one_password_on_every_keyboard() -> None:
    assert passwords.is_right(
        passwords.hash_of("caf\u00e9 sous la pluie"), "cafe\u0301 sous la pluie"
    )


def test_nobody_costs_as_much_to_compare_with_as_somebody() -> None:
    assert not passwords.is_outdated(passwords._NOBODY)


def test_a_damaged_hash_lets_nobody_in() -> None:
    assert not passwords.is_right("not a hash", "anything at all")
