"""The file in which a rubric is translated: English and its words side by side."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from .rubric import Rubric
from .rubric_files import FOLDER, load_rubric
from .rubric_house import NotPossible, find, folder_of
from .rubric_po import is_language, is_said, messages, po_path, read_catalogue, translated, words_of
from .rubric_words import Words, texts


@dataclass(frozen=True)
class Refreshed:
    """What became of a file: of `texts`, `translated` have words; `gone` words were of texts that
    the rubric has no more."""

    path: Path
    is_published: bool
    texts: int
    translated: int
    gone: int


def refreshed(home: Path, name: str, language: str) -> Refreshed:
    """Write the house's file of a rubric's words: what is translated stays, what is new is added,
    what is gone is left out."""
    if not is_language(language):
        raise NotPossible(f"{language} is no language to translate to: two or three small letters.")
    rubric = load_rubric(find(home, name))
    path, theirs = (po_path(one, language, rubric) for one in (folder_of(home), FOLDER))
    release = translated(theirs) if theirs.exists() else {}
    is_new = not path.exists()
    kept = _begun(home, language, release) if is_new else read_catalogue(path)
    catalogue = side_by_side(rubric, kept, release)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(po_text(rubric, language, catalogue))
    said = words_of(rubric, home)[language]
    gone = [one for one in messages(kept) if is_said(one) and one.id not in catalogue]
    return Refreshed(
        path, rubric.is_published, len(catalogue), len(said), 0 if is_new else len(gone)
    )


def side_by_side(rubric: Rubric, kept: Catalog, release: Words) -> Catalog:
    """Every text in reading order, with its words and where it stands. What the release says is
    only told beside it: a copy of it here would outlive its correction."""
    catalogue = Catalog(fuzzy=False)
    for place, text in texts(rubric.content):
        beside = [f"the release says: {release[text]}"] if text in release else []
        message = catalogue.add(text, auto_comments=[place, *beside])
        before = kept.get(text)
        if before and isinstance(before.string, str):
            message.string, message.user_comments = before.string, before.user_comments
        # A sentence with a percent sign is no pattern of a program.
        message.flags = set(before.flags if before else ()) - {"python-format"}
    return catalogue


def po_text(rubric: Rubric, language: str, catalogue: Catalog) -> bytes:
    """The catalogue as a file, the same bytes for the same words."""
    body = BytesIO()
    write_po(body, catalogue, width=0, omit_header=True)
    return _head(rubric, language).encode() + body.getvalue()


def _begun(home: Path, language: str, release: Words) -> Catalog:
    """What the same English is in other rubrics: of a copy, nearly everything. What the release
    says of this one needs no copy."""
    catalogue = Catalog(fuzzy=False)
    for folder in (FOLDER, folder_of(home)):
        for path in sorted((folder / "words" / language).glob("*.po")):
            for english, said in translated(path).items():
                if english not in release:
                    catalogue.add(english, said)
    return catalogue


def _head(rubric: Rubric, language: str) -> str:
    return (
        f"# {rubric.title}, version {rubric.version}. The msgstr lines are yours.\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
