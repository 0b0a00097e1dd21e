"""What of a rubric a person reads, and the same rubric in another language. Pure.

`static/js/core/rubric-words.js` is the twin of `said`; both read `tests/vectors/rubric-words.json`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from .rubric import Content

Words = Mapping[str, str]

# What says its part's own name. Everywhere else the key itself is named in the place.
NAMES = ("title", "label", "question", "text")
TEXTS = (*NAMES, "purpose", "about", "note", "hint", "report_as", "caution", "method")
LISTS = ("look_fors", "student_questions", "phrases", "engaged", "not_engaged")
# What is chosen is stored in its English words. They stay, and what they are in the language
# stands beside them.
VALUES = {"options": "option_words", "samples": "sample_words"}
# A list of parts, and what one of them is called. Those of NEW are known by their id alone.
PARTS = {
    "context_fields": "context", "gates": "gate", "domains": "domain", "indicators": "indicator",
    "levels": "level", "fields": "question", "columns": "column", "hints": "hint",
    "counts": "count", "open_fields": "open question", "sections": "section", "items": "item",
    "asks": "ask", "codes": "code", "values": "",
}  # fmt: skip
NEW = ("indicators", "items")


def texts(content: Content) -> Iterator[tuple[str, str]]:
    """(place, text) of everything a person reads, in reading order; each text once."""
    told = set()
    for place, text in _walk(content, ()):
        # A number or a sign is the same in every language.
        if text not in told and any(letter.isalpha() for letter in text):
            told.add(text)
            yield ", ".join(place) or "title", text


def said(content: Content, words: Words) -> Content:
    """The content with every text in the other language that has words there; a new one, and what
    was given stays as it is."""
    new: Content = {}
    for key, value in content.items():
        new[key] = _said(key, value, words)
        beside = _beside(key, value, words)
        if beside:
            new[VALUES[key]] = beside
    return new


def _walk(part: Content, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, value in part.items():
        if key in TEXTS and isinstance(value, str):
            yield place if key in NAMES else (*place, key), value
        elif key in LISTS or (key in VALUES and not _is_ours(value)):
            yield from (((*place, key.replace("_", " ")), one) for one in value)
        elif isinstance(value, dict):
            yield from _walk(value, (*place, key))
        elif key in PARTS:
            # A gate names domains by their ids alone.
            for one in (one for one in value if isinstance(one, dict)):
                yield from _walk(one, _inside(place, key, one))


def _inside(place: tuple[str, ...], key: str, part: Content) -> tuple[str, ...]:
    name = next((str(part[one]) for one in ("id", "code", "value") if one in part), "")
    here = f"{PARTS[key]} {name}".strip()
    return (here,) if key in NEW else (*place, here)


def _said(key: str, value: Any, words: Words) -> Any:
    if key in TEXTS and isinstance(value, str):
        return words.get(value, value)
    if key in LISTS:
        return [words.get(one, one) for one in value]
    if isinstance(value, dict):
        return said(value, words)
    if isinstance(value, list):
        return [said(one, words) if isinstance(one, dict) else one for one in value]
    return value


def _beside(key: str, value: Any, words: Words) -> list[str] | None:
    if key not in VALUES or _is_ours(value) or not any(one in words for one in value):
        return None
    return [words.get(one, one) for one in value]


def _is_ours(options: list[str]) -> bool:
    """Yes and no are words of the interface."""
    return "yes" in options
