"""A published rubric version as tablets get it: written once, never changed."""

from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.scopes import SPACE
from ..rubric import record_id
from .fault import Fault, fault
from .kind import Kind
from .library import Library
from .service import by_service
from .values import Body, Value, filled_line, whole


def content(value: Any) -> Fault | None:
    return None if isinstance(value, dict) else fault("wrong-type", detail="a map")


class RubricBody(Body):
    rubric = Value(filled_line, needed=True)
    version = Value(whole(1), needed=True)
    title = Value(filled_line, needed=True)
    content = Value(content, needed=True)


def check_new(change: Change, library: Library) -> Refusal | None:
    """Only what this release carries as published goes out, word for word."""
    body = change.new or {}
    if change.id != record_id(body["rubric"], body["version"]):
        return Refusal("wrong-type", "/id", "not the id of this rubric version")
    rubric = library.get(change.id)
    if rubric is None or rubric.content != body["content"]:
        return Refusal("no-such-rubric", "/new/content")
    return None if rubric.is_published else Refusal("rubric-not-published", "/new/rubric")


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    return Refusal("not-yours", "", "a published rubric never changes: make a new version")


def audience(record: Record) -> frozenset[str]:
    return frozenset({SPACE})


RUBRIC = Kind(
    "rubric",
    RubricBody(),
    audience,
    by_service,
    allow_set,
    check_new,
    fixed=frozenset({"rubric", "version", "title", "content"}),
)
