"""Rubrics in other languages, read from gettext files that stand side by side with the English.

`rubrics/words/es/five-conditions-walk.po` comes with the release; a server has its own in its home,
and what stands there goes over what the release says. English that changed matches nothing any
more, and what has no words is shown in English.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from babel import UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from .records.rubric_words import MAX_WORDS
from .records.values import MAX_LINE
from .rubric import Rubric
from .rubric_files import FOLDER, RubricFault, RubricsBroken
from .rubric_house import folder_of
from .rubric_sense import file_name
from .rubric_words import Words, texts

# Record of a rubric -> language -> its words.
Translations = Mapping[str, Mapping[str, Words]]

# A tool that misses a quote reads on, and loses the last letter.
LINE = re.compile(r'\s*(#.*|((msgid|msgid_plural|msgctxt|msgstr(\[\d\])?)\s*)?"([^"\\]|\\.)*"\s*)?')
ODD_LINE = "is no line of such a file"


def load_words(library: Mapping[str, Rubric], home: Path | None = None) -> Translations:
    """The words of every published rubric, in every language that has a file of them."""
    published = (rubric for rubric in library.values() if rubric.is_published)
    return {rubric.record_id: words_of(rubric, home) for rubric in published}


def words_of(rubric: Rubric, home: Path | None = None) -> dict[str, Words]:
    """By language, the words of a rubric: those of the release, and over them those of the house.

    RubricsBroken where a file cannot be read.
    """
    english = {text for _place, text in texts(rubric.content)}
    found: dict[str, dict[str, str]] = {}
    for folder in (FOLDER, folder_of(home)) if home else (FOLDER,):
        for path in _files(folder, rubric):
            words = translated(path)
            known = found.setdefault(path.parent.name, {})
            known.update({text: words[text] for text in words.keys() & english})
    return dict(found)


def is_language(code: str) -> bool:
    """English is what there is."""
    return re.fullmatch(r"[a-z]{2,3}", code) is not None and code != "en"


def po_path(folder: Path, language: str, rubric: Rubric) -> Path:
    """Where the words of a rubric stand in a folder of rubrics."""
    return folder / "words" / language / f"{_stem(rubric)}.po"


def translated(path: Path) -> Words:
    """What is translated in a file; the release's own are read once."""
    return _kept(path) if path.is_relative_to(FOLDER) else _translated(path)


def messages(catalogue: Catalog) -> Iterator[Message]:
    """All but the head of the file, which is the message without English."""
    return (message for message in catalogue if message.id)


def is_said(message: Message) -> bool:
    """Has it words that somebody stands by? `fuzzy` is a guess of a tool."""
    said = message.string
    if not isinstance(message.id, str) or not isinstance(said, str) or message.context:
        return False
    return not message.fuzzy and said.strip() != "" and len(said) <= MAX_LINE


def read_catalogue(path: Path) -> Catalog:
    """The catalogue of a file; RubricsBroken with the line at which it cannot be read."""
    lines = _lines(path)
    for at, line in enumerate(lines, 1):
        if not LINE.fullmatch(line):
            raise RubricsBroken([po_fault(path, at, ODD_LINE)])
    try:
        return read_po(lines, abort_invalid=True)
    except PoFileError as odd:
        raise RubricsBroken([po_fault(path, odd.lineno + 1, ODD_LINE)]) from odd
    except (IndexError, UnknownLocaleError, ValueError) as odd:
        raise RubricsBroken([po_fault(path, 1, f"cannot be read: {odd}")]) from odd


def po_fault(path: Path, line: int, sentence: str) -> RubricFault:
    """Named with its language: the files of two languages have one name."""
    return RubricFault(f"{path.parent.name}/{path.name}", line, "", sentence)


@cache
def _kept(path: Path) -> Words:
    return _translated(path)


def _translated(path: Path) -> Words:
    said = [one for one in messages(read_catalogue(path)) if is_said(one)]
    return {str(one.id): str(one.string) for one in said[:MAX_WORDS]}


def _files(folder: Path, rubric: Rubric) -> list[Path]:
    paths = sorted(folder.glob(f"words/*/{_stem(rubric)}.po"))
    return [path for path in paths if is_language(path.parent.name)]


def _stem(rubric: Rubric) -> str:
    return Path(file_name(rubric.id, rubric.version)).stem


def _lines(path: Path) -> list[str]:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as odd:
        line = data.count(b"\n", 0, odd.start) + 1
        raise RubricsBroken([po_fault(path, line, "is not written in UTF-8")]) from odd
