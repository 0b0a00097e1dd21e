"""What a held change says, in lines a lead can read before deciding."""

from collections.abc import Iterator, Mapping
from typing import Any

KINDS = {
    "observation": "a visit's notes",
    "visit": "a visit",
    "visit_room": "the room of a visit",
    "walk": "a walk",
    "review": "words to an observer",
}
RATINGS, COUNTS, GATES = "ratings", "counts", "gates"
STATES = {"submitted": "given to the principal", "released": "released", "draft": "a draft"}


def kind_words(kind: str) -> str:
    return KINDS.get(kind, "a record")


def lines_of(change: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(what, words) of everything in the change that a person wrote or chose."""
    if change.get("set") == {"": None}:
        return [("Removal", "The whole record was to be removed.")]
    values = change.get("new") or change.get("set") or {}
    return [line for path, value in _paths(values) for line in _line(path, value)]


def school_of(change: Mapping[str, Any]) -> str | None:
    """The school the change names itself; an edit of a record that is there names none."""
    return (change.get("new") or {}).get("school")


def _paths(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for path, value in values.items():
        if isinstance(value, Mapping) and "/" not in path and path != "version":
            yield from ((f"{path}/{key}", one) for key, one in value.items())
        else:
            yield path, value


def _line(path: str, value: Any) -> Iterator[tuple[str, str]]:
    head, _, key = path.partition("/")
    if value is None:
        yield f"{head} {key}".strip(), "taken away"
    elif head == "evidence" and isinstance(value, Mapping):
        yield "Note", str(value.get("text", ""))
    elif head in (RATINGS, COUNTS, GATES) and isinstance(value, Mapping):
        yield f"{key}", _chosen(value)
    elif head == "state":
        yield "State", STATES.get(str(value), str(value))
    elif head in ("answers", "context", "focus", "problem", "title", "text") and value != "":
        yield key or head.capitalize(), str(value)


def _chosen(value: Mapping[str, Any]) -> str:
    return ", ".join(str(one) for one in value.values() if not isinstance(one, Mapping | list))
