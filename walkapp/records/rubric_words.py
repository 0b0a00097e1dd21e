"""The texts of a published rubric version in another language, beside it: the rubric itself never
changes, and what is translated later comes to tablets later."""

import re
from typing import Any

from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.scopes import SPACE
from ..rubric import words_id
from .fault import Fault, fault
from .kind import Kind
from .library import Library
from .service import by_service, by_service_later
from .values import MAX_LINE, Body, Value, inside, record_id

MAX_WORDS = 2_000  # texts of one rubric
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def language(value: Any) -> Fault | None:
    """A code as pages name their language: es, ht."""
    if isinstance(value, str) and _LANGUAGE.fullmatch(value):
        return None
    return fault("wrong-type", detail="two or three small letters")


def words(value: Any) -> Fault | None:
    """Pairs of an English text and what it is in the language: a text is no key of a map, which
    could stand in a path."""
    if not isinstance(value, list):
        return fault("wrong-type", detail="a list")
    if len(value) > MAX_WORDS:
        return fault("too-long", detail=f"more than {MAX_WORDS} entries")
    for at, one in enumerate(value):
        found = _pair(one)
        if found is not None:
            return inside(str(at), found)
    return None


def _pair(value: Any) -> Fault | None:
    if not isinstance(value, list) or len(value) != 2:
        return fault("wrong-type", detail="a text and its words")
    return _text(value[0]) or _text(value[1])


def _text(value: Any) -> Fault | None:
    if not isinstance(value, str) or not value:
        return fault("wrong-type", detail="a text that is not empty")
    if len(value) > MAX_LINE:
        return fault("too-long", detail=f"more than {MAX_LINE} characters")
    return None


class RubricWordsBody(Body):
    rubric = Value(record_id, needed=True)
    language = Value(language, needed=True)
    words = Value(words, needed=True)


def check_new(change: Change, library: Library) -> Refusal | None:
    """One record for each rubric version and language, the same on every server."""
    body = change.new or {}
    if change.id != words_id(body["rubric"], body["language"]):
        return Refusal("wrong-type", "/id", "not the id of these words")
    return library.refuse_unusable(body, "new")


def audience(record: Record) -> frozenset[str]:
    return frozenset({SPACE})


RUBRIC_WORDS = Kind(
    "rubric_words",
    RubricWordsBody(),
    audience,
    by_service,
    by_service_later,
    check_new,
    fixed=frozenset({"rubric", "language"}),
)
