"""What is wrong in the files of rubrics' words, told with file and line."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog

from .records.rubric_words import MAX_WORDS
from .records.values import MAX_LINE
from .rubric_files import FOLDER, RubricFault, RubricsBroken, load_rubric
from .rubric_house import NotPossible, find, folder_of
from .rubric_po import is_language, messages, po_fault, read_catalogue
from .rubric_words import texts

SHORT = 60  # characters of a text that is named
MOST_BYTES = 400_000  # of one rubric's words: with their envelope they are one change of the log


def po_paths(home: Path) -> list[Path]:
    """Every file of words, of the release and of the house."""
    folders = (FOLDER, folder_of(home))
    return [path for folder in folders for path in sorted(folder.glob("words/*/*.po"))]


def check_words(path: Path, home: Path) -> list[RubricFault]:
    """Everything wrong in one file of words, in the order of its lines."""
    try:
        catalogue = read_catalogue(path)
    except RubricsBroken as broken:
        return broken.faults
    return [po_fault(path, line, sentence) for line, sentence in _findings(path, catalogue, home)]


def _findings(path: Path, catalogue: Catalog, home: Path) -> Iterator[tuple[int, str]]:
    language = path.parent.name
    if not is_language(language):
        yield 1, f"lies in {language}, which is no language to translate to"
    try:
        rubric = load_rubric(find(home, path.stem))
    except NotPossible:
        yield 1, f"translates {path.stem}, and there is no such rubric"
    except RubricsBroken:
        return  # its own faults are told, and the words wait for it
    else:
        yield from _odd_words(catalogue, {text for _place, text in texts(rubric.content)})


def _odd_words(catalogue: Catalog, english: set[str]) -> Iterator[tuple[int, str]]:
    if len(catalogue) > MAX_WORDS:
        yield 1, f"has more than {MAX_WORDS} texts"
    if sum(len(f"{one.id}{one.string}".encode()) for one in messages(catalogue)) > MOST_BYTES:
        yield 1, f"holds more than {MOST_BYTES} bytes of words"
    for message in messages(catalogue):
        line = message.lineno or 1
        if message.context or message.id not in english:
            yield line, f'"{_short(message.id)}" is not a text of the rubric'
        elif len(str(message.string or "")) > MAX_LINE:
            yield line, f'the words of "{_short(message.id)}" are longer than {MAX_LINE} characters'


def _short(text: object) -> str:
    words = str(text)
    return words if len(words) <= SHORT else f"{words[: SHORT - 3]}..."
