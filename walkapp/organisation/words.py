"""What a name, a code and an e-mail address may be. Pure, but for the language of a refusal."""

import re
import unicodedata

from ..languages import N_
from ..languages import gettext as _
from .refused import Refused

NAME_CHARS = 200
CODE_CHARS = 40
EMAIL_CHARS = 254


def clean_name(text: str, field: str = "name") -> str:
    """The name as it was given, without the blanks round it: any script, one word or many."""
    return _clean(text, field, NAME_CHARS, N_("Give a name."))


def clean_code(text: str, field: str = "code") -> str:
    """The code as text, so that 0031 keeps its zeros."""
    return _clean(text, field, CODE_CHARS, N_("Give a code."))


def clean_reason(text: str, field: str = "why") -> str:
    """Why it is so, in one line."""
    return _clean(text, field, NAME_CHARS, N_("Say why, in a few words."))


def clean_optional(text: str, field: str, most: int) -> str:
    """The text without the blanks round it; nothing at all is fine."""
    return _clean(text, field, most, None)


def clean_email(text: str) -> str:
    """The address in lower case, as accounts are found by it."""
    email = unicodedata.normalize("NFC", text).strip().lower()
    if not email:
        raise Refused("missing-field", "email", _("Give an e-mail address."))
    if len(email) > EMAIL_CHARS or not re.fullmatch(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+", email):
        raise Refused("bad-email", "email", _("This is not an e-mail address."))
    _refuse_control_characters(email, "email")
    return email


def same_code(code: str) -> str:
    """Codes that differ only in case are one code to the people who use them."""
    return unicodedata.normalize("NFC", code).casefold()


def _clean(text: str, field: str, most: int, when_empty: str | None) -> str:
    text = text.strip()
    _refuse_control_characters(text, field)
    if when_empty and not any(_is_visible(char) for char in text):
        raise Refused("missing-field", field, _(when_empty))
    if len(text) > most:
        sentence = _("At most %(most)s characters; this has %(has)s.", most=most, has=len(text))
        raise Refused("too-long", field, sentence)
    return text


def _refuse_control_characters(text: str, field: str) -> None:
    # Line ends, tabs, NUL and halves of characters: never part of a name, often of an attack.
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in text):
        raise Refused("bad-character", field, _("This holds a character that cannot be shown."))


def _is_visible(char: str) -> bool:
    return unicodedata.category(char)[0] not in "ZC"
