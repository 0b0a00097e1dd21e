"""Gather every word of the interface into the catalogues, and pack what the tablet reads.

`make words` runs it after words were changed or translated. It adds what is new, drops what is
gone, keeps every translation, and never guesses one. See docs/words.md.
"""

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from walkapp.languages import LANGUAGES
from walkapp.problems import PROBLEMS

HOUSE = Path(__file__).resolve().parents[2]
CATALOGUES = HOUSE / "walkapp" / "words"
FOR_THE_TABLET = HOUSE / "static" / "words"
TRANSLATED = [code for code in LANGUAGES if code != "en"]
DOMAINS = ("tablet", "server")

OPTIONS = {"**/templates/**.html": {"silent": "false", "trimmed": "true"}}
LITERAL = r"""('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")"""
CALL = re.compile(r"(?<![\w.$#])(t|tc|tn)\(\s*")
ONE = re.compile(rf"{LITERAL}\s*(?=[,)])")
TWO = re.compile(rf"{LITERAL}\s*,\s*{LITERAL}\s*(?=[,)])")
COMMENT = re.compile(r"^\s*(?://|/?\*).*$", re.MULTILINE)

# (context, words, where); the words are one, or one and many.
Found = tuple[str | None, str | tuple[str, str], tuple[str, int]]


class NotPlain(Exception):
    """Words that are not written out where they are said cannot be gathered."""


def script_words(path: Path) -> Iterator[Found]:
    """What a script says by `t`, `tc` and `tn`, wherever it stands, in a template or not."""
    source = COMMENT.sub("", path.read_text("utf-8"))
    name = path.relative_to(HOUSE).as_posix()
    for call in CALL.finditer(source):
        line = source.count("\n", 0, call.start()) + 1
        if re.search(r"function \Z", source[: call.start()]):
            continue  # where they are made
        where = (name, line)
        match call.group(1):
            case "t":
                yield None, _one(ONE, source, call.end(), where)[0], where
            case "tc":
                context, words = _one(TWO, source, call.end(), where)
                yield context, words, where
            case "tn":
                one, many = _one(TWO, source, call.end(), where)
                yield None, (one, many), where


def _one(shape: re.Pattern[str], source: str, at: int, where: tuple[str, int]) -> tuple[str, ...]:
    found = shape.match(source, at)
    if found is None:
        raise NotPlain(f"{where[0]}:{where[1]}: write the words out as plain strings")
    return tuple(_plain(literal) for literal in found.groups())


def _plain(literal: str) -> str:
    """The string that a JavaScript literal means."""
    body = re.sub(r"\\(['\"])", r"\1", literal[1:-1])
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), body).replace("\\n", "\n")


def tablet_words() -> Iterator[Found]:
    for folder in ("js", "rescue"):
        for path in sorted((HOUSE / "static" / folder).rglob("*.js")):
            if "vendor" not in path.parts:
                yield from script_words(path)


def server_words() -> Iterator[Found]:
    """What pages and Python say, and the sentences of every problem."""
    methods = [("**/templates/**.html", babel_extract), ("**.py", extract_python)]
    root = HOUSE / "walkapp"
    keywords = {
        "_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "N_": None,
    }  # fmt: skip
    for name, line, words, _comments, context in extract_from_dir(
        root, methods, keywords=keywords, options_map=OPTIONS
    ):
        yield context, words, (f"walkapp/{name}", line)
    for code, entry in PROBLEMS.items():
        for words in (entry.title, entry.next):
            yield None, words, (f"walkapp/problems.py:{code}", 0)


def template(domain: str) -> Catalog:
    """All the words of a domain, untranslated."""
    catalogue = Catalog(project="walkapp", charset="utf-8", fuzzy=False)
    for context, words, (file, _line) in {"tablet": tablet_words, "server": server_words}[domain]():
        if words:
            # Without line numbers: a catalogue must not change because a line moved.
            catalogue.add(words, locations=[(file, None)], context=context)
    return catalogue


def po_file(language: str, domain: str) -> Path:
    return CATALOGUES / language / f"{domain}.po"


def kept_catalogue(language: str, domain: str) -> Catalog:
    path = po_file(language, domain)
    if not path.exists():
        return Catalog(locale=None, domain=domain, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, domain=domain)


def brought_up_to_date(language: str, domain: str) -> Catalog:
    """The kept translations over what is said now, in the order of its words."""
    kept, now = kept_catalogue(language, domain), template(domain)
    for message in now:
        before = kept.get(message.id, message.context) if message.id else None
        if before and _shape(before) == _shape(message):
            message.string, message.flags = before.string, before.flags - {"python-format"}
            message.user_comments = before.user_comments
    return now


def _shape(message: Message) -> int:
    return len(message.id) if isinstance(message.id, tuple) else 0


def said_in(message: Message) -> list[str]:
    """Every form of the translation; an empty one is not translated yet."""
    words = message.string
    if words is None or isinstance(words, str):
        return [words or ""]
    return [one or "" for one in words]


def po_text(language: str, domain: str) -> bytes:
    """The catalogue as a file, the same bytes for the same words."""
    from io import BytesIO

    catalogue = brought_up_to_date(language, domain)
    catalogue.revision_date = catalogue.creation_date = datetime(2026, 1, 1, tzinfo=UTC)
    body = BytesIO()
    write_po(body, catalogue, width=0, sort_output=True, omit_header=True)
    return _head(language, domain).encode() + body.getvalue()


def _head(language: str, domain: str) -> str:
    return (
        f"# {LANGUAGES[language]}: {domain}. Written by `make words`; the msgstr lines are yours.\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    )


def tablet_text(language: str) -> bytes:
    """What the tablet reads: only what is translated; all else it says in English."""
    words: dict[str, str | list[str]] = {}
    for message in brought_up_to_date(language, "tablet"):
        if not message.id or message.fuzzy:
            continue
        said = said_in(message)
        if not all(said):
            continue
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        key = f"{message.context}\x04{key}" if message.context else key
        words[key] = list(said) if isinstance(message.id, tuple) else said[0]
    packed = {"language": language, "forms": ["one", "other"], "words": words}
    return (json.dumps(packed, ensure_ascii=False, sort_keys=True, indent=0) + "\n").encode()


def files() -> Iterator[tuple[Path, bytes]]:
    """Every file that is made, with the bytes it is to have."""
    for language in TRANSLATED:
        for domain in DOMAINS:
            yield po_file(language, domain), po_text(language, domain)
        yield FOR_THE_TABLET / f"{language}.json", tablet_text(language)


def untranslated(language: str, domain: str) -> list[str]:
    found = []
    for message in brought_up_to_date(language, domain):
        said = said_in(message)
        if message.id and (message.fuzzy or not all(said)):
            found.append(message.id[0] if isinstance(message.id, tuple) else message.id)
    return found


def main() -> int:
    for path, body in list(files()):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    for language in TRANSLATED:
        for domain in DOMAINS:
            missing = len(untranslated(language, domain))
            print(f"{language} {domain}: {'whole' if not missing else f'{missing} not translated'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
