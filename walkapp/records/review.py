"""What a principal said about an observation: a comment, or why it went back. Never changed.

When an observation goes back, the review carries it as it was: the version that was given stays
readable at the desk while the observer works on.
"""

from collections.abc import Iterator
from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Body as Words
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.merge import get
from walkapp.sync.record import Record

from ..access.scopes import desk_scope, person_scope
from ..access.table import DESK
from . import observation
from .fault import Fault, fault, pointer
from .kind import Kind, check_body
from .library import Library
from .own import refuse_elsewhere
from .steps import RELEASE, RELEASED, REOPEN, RETURN, SUBMITTED
from .values import Body, Value, moment, one_of, record_id, text

COMMENT = "comment"
# A version is taken from the state the verb leads away from.
_STOOD_AT = {RETURN: SUBMITTED, REOPEN: RELEASED}


def version(value: Any) -> Fault | None:
    return None if isinstance(value, dict) else fault("wrong-type", detail="an observation")


class ReviewBody(Body):
    observation = Value(record_id, needed=True)
    observer = Value(record_id, needed=True)
    school = Value(record_id, needed=True)
    by = Value(record_id, needed=True)
    verb = Value(one_of((COMMENT, RETURN, REOPEN)), needed=True)
    text = Value(text, needed=True)
    at = Value(moment, needed=True)
    version = Value(version)


def check_new(change: Change, library: Library) -> Refusal | None:
    body = change.new or {}
    if not body["text"].strip():
        return Refusal("reason-missing", "/new/text")
    if body["verb"] == COMMENT:
        return Refusal("unknown-field", "/new/version") if "version" in body else None
    if "version" not in body:
        return Refusal("missing-field", "/new/version", "the observation as it was")
    return _refuse_version(body, library)


def _refuse_version(body: dict[str, Any], library: Library) -> Refusal | None:
    was = body["version"]
    found = check_body(observation.declaration(was, library), was, "new", "version")
    return found or _refuse_other_observation(body, was)


def _refuse_other_observation(body: dict[str, Any], was: dict[str, Any]) -> Refusal | None:
    for name in ("observer", "school"):
        if was[name] != body[name]:
            return Refusal("wrong-type", f"/new/version/{name}", "of another observation")
    if was["state"] != _STOOD_AT[body["verb"]]:
        return Refusal("wrong-state", "/new/version/state")
    return None


def allow_new(author: Author, change: Change) -> Refusal | None:
    """The desk of the school speaks, in its own name."""
    body = change.new or {}
    if body["by"] != author.person:
        return Refusal("not-yours", "/new/by")
    if body["verb"] != COMMENT and change.after is None:
        return Refusal("missing-field", "/after", "the change that led the observation back")
    return refuse_elsewhere(author, DESK, body["school"], "/new/school")


def allow_after(change: Change, earlier: Record, seq: int) -> Refusal | None:
    """What is said to have gone back did, by that very change, and stood there word for word."""
    body = change.new or {}
    if body.get("verb", COMMENT) == COMMENT:
        return None
    by, *_ = earlier.ver.get("returned", [0])
    if earlier.id != body["observation"] or by < seq:
        return Refusal("wrong-type", "/after", "not what led this observation back")
    if by == seq and earlier.body["returned"]["verb"] != body["verb"]:
        return Refusal("wrong-state", "/new/verb")
    return _refuse_other_words(body["version"], earlier, seq)


def _refuse_other_words(was: Words, earlier: Record, seq: int) -> Refusal | None:
    for path in sorted({*_paths(was), *_paths(earlier.body)}):
        if get(was, path) != get(earlier.body, path) and not _is_newer(earlier, path, seq):
            return Refusal(
                "wrong-type", pointer("new", "version", *path.split("/")), "it was not so"
            )
    return None


def _paths(body: Words) -> Iterator[str]:
    for name, value in body.items():
        if name in ("state", "returned", RELEASE):
            continue
        if isinstance(value, dict):
            yield from (f"{name}/{key}" for key in value)
        else:
            yield name


def _is_newer(record: Record, path: str, seq: int) -> bool:
    """Was it written after it went back? Then nobody can tell any more how it was."""
    return path in record.ver and record.ver[path][0] > seq


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    return Refusal("not-yours", "", "what was said stays said: write another comment")


def audience(record: Record) -> frozenset[str]:
    body = record.body
    return frozenset({person_scope(body["observer"]), desk_scope(body["school"])})


REVIEW = Kind(
    "review",
    ReviewBody(),
    audience,
    allow_new,
    allow_set,
    check_new,
    allow_after,
    fixed=frozenset(ReviewBody().fields),
)
