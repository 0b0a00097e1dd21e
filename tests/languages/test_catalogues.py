"""Every word is in the catalogues, Spanish is whole, and no translation lost a value on the way."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from tests.house.javascript import read_script
from tests.house.places import HOUSE, SCRIPTS, TEMPLATES

from .gather import DOMAINS, TRANSLATED, brought_up_to_date, files, said_in, untranslated

WHOLE = ("es",)
BEGUN_WITH = 150  # words a language has before it is offered at all
VALUE = re.compile(r"\{\w+\}|%\(\w+\)[sd]")
TAG = re.compile(r"</?\w+[^>]*>")
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Names of things that are the same in every language, and what no person reads.
SAME_EVERYWHERE = {
    "walkapp",
    "http",
    "https",
    "Ctrl",
    "Alt",
    "MB",
    "GB",
    "KB",
    "iPad",
    "Android",
    "min",
    "px",
}
SPOKEN = re.compile(r"""\b(?:aria-label|aria-description|title|placeholder|alt)="([^"]*)\"""")
# What a page calls itself in its blocks, what its `trans` blocks say, and every other hole.
HOLE = re.compile(
    r"\{%-?\s*trans\b.*?endtrans\s*-?%\}"
    r"|\{% block (?:section|width) %\}[^{]*"
    r"|\{[{%#].*?[%#}]\}",
    re.DOTALL,
)
UNSEEN = re.compile(r"<(script|style|svg|pre)\b.*?</\1>|<!--.*?-->", re.DOTALL)
MARKUP = re.compile(r"<[^>]*>?", re.DOTALL)


def translated(language: str, domain: str) -> Iterator[tuple[Message, str, str]]:
    """Each message with each of its forms beside the English it stands for."""
    for message in brought_up_to_date(language, domain):
        english = list(message.id) if isinstance(message.id, tuple) else [message.id]
        for at, said in enumerate(said_in(message)):
            if message.id and said:
                yield message, english[min(at, len(english) - 1)], said


def test_the_catalogues_and_what_the_tablet_reads_are_those_of_the_code() -> None:
    stale = [
        str(path.relative_to(HOUSE))
        for path, body in files()
        if not path.is_file() or path.read_bytes() != body
    ]
    assert not stale, f"run `make words`: {stale}"


@pytest.mark.parametrize("language", WHOLE)
@pytest.mark.parametrize("domain", DOMAINS)
def test_a_whole_language_has_every_word(language: str, domain: str) -> None:
    assert untranslated(language, domain) == []


@pytest.mark.parametrize("language", [code for code in TRANSLATED if code not in WHOLE])
def test_a_language_that_is_begun_has_the_words_of_a_visit(language: str) -> None:
    assert len(list(translated(language, "tablet"))) >= BEGUN_WITH


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("domain", DOMAINS)
def test_a_translation_keeps_every_value_and_every_mark(language: str, domain: str) -> None:
    wrong = [
        said
        for _message, english, said in translated(language, domain)
        if set(VALUE.findall(said)) - {"%(num)s", "{count}"}
        != set(VALUE.findall(english)) - {"%(num)s", "{count}"}
        or sorted(TAG.findall(said)) != sorted(TAG.findall(english))
    ]
    assert not wrong


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_brings_no_mark_of_its_own(language: str) -> None:
    """What pages say is markup: a quote or a bracket of a translator would break the page."""
    wrong = [
        said
        for domain in DOMAINS
        for _message, english, said in translated(language, domain)
        for mark in ('"', "<", ">", "&")
        if said.count(mark) != english.count(mark)
    ]
    assert not wrong


def test_no_screen_of_the_tablet_says_a_word_past_the_catalogue() -> None:
    wrong = [
        f"{path.relative_to(HOUSE)}: {words!r}"
        for path in sorted(SCRIPTS.rglob("*.js"))
        if "vendor" not in path.parts
        for template in read_script(path.read_text("utf-8")).templates
        if "<" in template
        for words in bare(template)
    ]
    assert not wrong


def test_no_page_says_a_word_past_the_catalogue() -> None:
    # The document of the app is the same for everybody; the app itself speaks at once.
    pages = [path for path in sorted(TEMPLATES.rglob("*.html")) if path.name != "app.html"]
    wrong = [
        f"{page.relative_to(HOUSE)}: {words!r}"
        for page in pages
        for words in bare(HOLE.sub(" ", page.read_text("utf-8")))
    ]
    assert not wrong


def bare(markup: str) -> Iterator[str]:
    """Words that stand in the markup itself, seen or spoken."""
    seen = UNSEEN.sub(" ", markup)
    for text in [*SPOKEN.findall(seen), *MARKUP.sub("\n", seen).split("\n")]:
        words = [word for word in LETTERS.findall(text) if word not in SAME_EVERYWHERE]
        if words:
            yield " ".join(text.split())


def test_the_hunt_for_words_finds_what_it_hunts() -> None:
    assert list(bare('<p>Hello</p><a title="There">·</a>')) == ["There", "Hello"]
    assert not list(bare('<p class="quiet">{}</p> 12 · walkapp'))
