"""Words on screen are those a coach would say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from .javascript import read_script
from .places import HOUSE, SCRIPTS, STATIC, TEMPLATES, read_module, scripts

NEVER_SAID = re.compile(
    r"\b(sync(?:s|ed|ing|hroni[sz]\w*)?|submit(?:s|ted|ting)?|entity|entities|error \d+)\b", re.I
)
# Words of the workshop. Problems may use them: some are met only by those who write a client.
NEVER_ON_SCREEN = re.compile(
    NEVER_SAID.pattern + r"|\b(payload|outbox|uuid|null|undefined|invalid|(?-i:JSON|HTTP))\b", re.I
)
SPOKEN_ATTRIBUTE = re.compile(r"""\b(?:aria-label|title|placeholder|alt|label)="([^"]*)\"""")
HOLE = re.compile(r"\{[{%#].*?[%#}]\}", re.DOTALL)
# Words in a hole of a page: {{ _('…') }}.
TRANSLATED = re.compile(r"""\b_\(\s*(['"])(.*?)\1\s*[,)]""", re.DOTALL)
UNSEEN = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"<[^>]*>", re.DOTALL)


def spoken(markup: str) -> Iterator[str]:
    """What a reader or a screen reader meets in a piece of HTML."""
    yield from (found[2] for found in TRANSLATED.finditer(markup))
    markup = UNSEEN.sub(" ", HOLE.sub(" ", markup))
    yield from SPOKEN_ATTRIBUTE.findall(markup)
    yield TAG.sub(" ", markup)


def said_by_script(path: Path) -> Iterator[str]:
    script = read_script(path.read_text("utf-8"))
    for template in script.templates:
        yield from spoken(template)
    # A single word is a name in code; a sentence has a space in it.
    yield from (text for text in script.strings if " " in text.strip())


def said_by_service(path: Path) -> Iterator[str]:
    for node in ast.walk(read_module(path).tree):
        if isinstance(node, ast.Call):
            yield from (
                each.value
                for each in [*node.args, *(k.value for k in node.keywords)]
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
                if " " in each.value
            )


def unwelcome(
    path: Path, sentences: Iterator[str], never: re.Pattern[str] = NEVER_ON_SCREEN
) -> list[str]:
    return [
        f"{path.relative_to(HOUSE)}: {' '.join(sentence.split())[:80]!r} says {found.group()!r}"
        for sentence in sentences
        for found in never.finditer(sentence)
    ]


def test_screens_of_the_tablet_speak_as_a_coach_does() -> None:
    screens = [
        path
        for path in scripts()
        if path.is_relative_to(SCRIPTS / "ui")
        or path.name in {"words.js", "problems.js", "app.js", "offline.js"}
    ]
    wrong = [each for path in screens for each in unwelcome(path, said_by_script(path))]
    assert not wrong


def test_pages_from_the_server_speak_as_a_coach_does() -> None:
    pages = sorted(TEMPLATES.rglob("*.html"))
    wrong = [each for path in pages for each in unwelcome(path, spoken(path.read_text("utf-8")))]
    assert not wrong


def test_problems_speak_as_a_coach_does() -> None:
    path = HOUSE / "walkapp" / "problems.py"
    assert not unwelcome(path, said_by_service(path), NEVER_SAID)


def test_the_word_hunt_finds_what_it_hunts() -> None:
    page = '<button type="submit" aria-label="Sync now">Submit</button>'
    assert len(unwelcome(STATIC, spoken(page))) == 2
    page = "{{ _('Submit') }} {% trans %}Sync <b>now</b>{% endtrans %} {{ _(user_uuid) }}"
    assert len(unwelcome(STATIC, spoken(page))) == 2
