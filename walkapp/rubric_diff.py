"""What changed between two versions of a rubric, in the words of those who use it.

`static/js/core/rubric-diff.js` is the twin; both read `tests/vectors/rubric-diff.json`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from .rubric import Content

_LABELLED = {"context_fields": "Context", "counts": "Count", "open_fields": "Open question"}


@dataclass(frozen=True)
class Difference:
    """`place` says where: "Indicator TE1, level 3". `was` or `now` is empty where there is none."""

    what: Literal["added", "removed", "changed"]
    place: str
    was: str
    now: str


def differences(old: Content, new: Content) -> list[Difference]:
    """Every text that is gone or another, in the old one's order; then what is new."""
    before, after = dict(_texts(old)), dict(_texts(new))
    gone = [_compared(place, was, after.get(place)) for place, was in before.items()]
    added = [
        Difference("added", place, "", now) for place, now in after.items() if place not in before
    ]
    return [one for one in (*gone, *added) if one is not None]


def _compared(place: str, was: str, now: str | None) -> Difference | None:
    if now is None:
        return Difference("removed", place, was, "")
    return None if was == now else Difference("changed", place, was, now)


def _texts(content: Content) -> Iterator[tuple[str, str]]:
    yield "Title", content["title"]
    yield "Purpose", content["purpose"]
    yield from _scale("Scale", content.get("scale"))
    for gate in content.get("gates", []):
        yield f"Question {gate['id']}", gate["question"]
        yield f"Question {gate['id']}, answers", ", ".join(gate["options"])
    for domain in content.get("domains", []):
        yield f"Domain {domain['id']}", domain["title"]
        yield from _scale(f"Domain {domain['id']}, scale", domain.get("scale"))
        for one in domain["indicators"]:
            yield from _indicator(one)
    for part, word in (
        ("context_fields", "Context"),
        ("counts", "Count"),
        ("open_fields", "Open question"),
    ):
        for one in content.get(part, []):
            yield f"{word} {one['id']}", one["label"]
    for n, question in enumerate(content.get("student_questions", []), 1):
        yield f"Question for students {n}", question
    for section in content.get("sections", []):
        yield f"Section {section['id']}", section["title"]
        for item in section["items"]:
            yield from _item(item)


def _indicator(one: dict[str, Any]) -> Iterator[tuple[str, str]]:
    place = f"Indicator {one['id']}"
    yield place, one["title"]
    yield f"{place}, kind", one["type"]
    if one["core"]:
        yield f"{place}, core", "yes"
    for level in one["levels"]:
        yield f"{place}, level {level['value']}", level["text"]
    for field in one["fields"]:
        yield f"{place}, {field['id']}", field["question"]


def _item(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    place = f"Answer {item['id']}"
    yield place, item["label"]
    yield f"{place}, kind", item["type"]
    if item.get("options"):
        yield f"{place}, options", ", ".join(item["options"])
    for level in item.get("levels", []):
        yield f"{place}, level {level['value']}", level["text"]


def _scale(place: str, scale: dict[str, Any] | None) -> Iterator[tuple[str, str]]:
    for value in (scale or {"values": []})["values"]:
        yield f"{place}, {value['value']}", value["label"]
