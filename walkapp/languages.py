"""The words of the pages, in the language of whoever asks. English is in the code: docs/words.md.

A language is the person's own choice (a cookie that holds nothing else), or else the first of the
browser's wishes that there are words for. What no catalogue has is said in English.
"""

import gettext as standard
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from flask import Flask, Request, g, has_request_context, request

LANGUAGES = {"en": "English", "es": "Español", "ht": "Kreyòl ayisyen"}
BEGUN = frozenset({"ht"})  # not every word is there yet, and the list of languages says so
COOKIE = "walk_language"
COOKIE_SECONDS = 365 * 24 * 3600
WORDS = Path(__file__).parent / "words"
# Babel knows no dates of Haitian Creole; its months are close to the French ones.
LOCALES = {"en": "en_US", "es": "es_US", "ht": "fr_HT"}
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def init_app(app: Flask) -> None:
    """Let every template say its words with `_`, and know its `language`."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    # How a template is broken into lines is nothing a translator should see.
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda words: _translations(language()).gettext(words),
        lambda one, many, count: _translations(language()).ngettext(one, many, count),
        newstyle=True,
        pgettext=lambda context, words: _translations(language()).pgettext(context, words),
    )
    app.context_processor(lambda: {"language": language(), "languages": LANGUAGES})


@contextmanager
def spoken_in(code: str) -> Iterator[None]:
    """Say everything in this language meanwhile: for who is written to, not for who asks."""
    before = _spoken.set(code if code in LANGUAGES else "en")
    try:
        yield
    finally:
        _spoken.reset(before)


def language() -> str:
    """The language of this request; English outside of one, as on the command line."""
    spoken = _spoken.get()
    if spoken is not None:
        return spoken
    if not has_request_context():
        return "en"
    if "language" not in g:
        g.language = _wanted(request)
    return str(g.language)


def gettext(english: str, **values: Any) -> str:
    """The sentence in the language of the request; `%(name)s` stands for a value."""
    return _filled(_translations(language()).gettext(english), values)


def ngettext(one: str, many: str, count: int, **values: Any) -> str:
    """The sentence for so many of a thing; `%(num)s` stands for how many."""
    said = _translations(language()).ngettext(one, many, count)
    return _filled(said, {"num": count, **values})


def pgettext(context: str, english: str, **values: Any) -> str:
    """One English word that is several in other languages: the context says which."""
    return _filled(_translations(language()).pgettext(context, english), values)


def N_(english: str) -> str:  # noqa: N802 - the name every gathering tool knows
    """Mark words of a table, which are said by `gettext` when somebody asks."""
    return english


def say_date(day: date) -> str:
    """The day as people of that language write it out: "November 3, 2026"."""
    return format_date(day, "long", locale=_locale())


def say_clock(moment: datetime) -> str:
    """The time of day on a clock of 24 hours: "9:14"."""
    return format_datetime(moment, "H:mm", locale=_locale())


def say_moment(moment: datetime) -> str:
    """Day and time of day."""
    return f"{say_date(moment)}, {say_clock(moment)}"


def say_number(number: int) -> str:
    """A large number as people of that language divide it: "5,000"."""
    return format_decimal(number, locale=_locale())


def _locale() -> Locale:
    return Locale.parse(LOCALES[language()])


def _wanted(request: Request) -> str:
    """The choice made here, else the browser's first wish there are words for, whatever country."""
    wishes = [request.cookies.get(COOKIE, ""), *request.accept_languages.values()]
    codes = (wish.lower().split("-")[0] for wish in wishes)
    return next((code for code in codes if code in LANGUAGES), "en")


def _filled(sentence: str, values: dict[str, Any]) -> str:
    return sentence % values if values else sentence


@lru_cache(maxsize=len(LANGUAGES))
def _translations(code: str) -> standard.NullTranslations:
    """Read once, from the very file that translators write."""
    path = WORDS / code / "server.po"
    if not path.is_file():
        return standard.NullTranslations()
    packed = BytesIO()
    with path.open("rb") as file:
        write_mo(packed, read_po(file))
    packed.seek(0)
    return standard.GNUTranslations(packed)
