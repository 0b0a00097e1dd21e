"""A draft stays on the version of the rubric it was begun with. Its observer may move it up to a
newer one, once everything in it fits there; nobody else may, and nothing goes back down."""

from collections.abc import Mapping
from typing import Any

from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.merge import apply_change
from walkapp.sync.record import Record

from ..rubric import Rubric
from .library import Library
from .values import Body

RUBRIC = "rubric"


def moves(before: Record, values: Mapping[str, Any]) -> bool:
    return RUBRIC in values and values[RUBRIC] != before.body[RUBRIC]


def refuse_moving(
    before: Record, values: Mapping[str, Any], library: Library, *, is_open: bool
) -> Refusal | None:
    """Only up, only to what is published, and only while the ratings are still one's own."""
    if not moves(before, values):
        return None
    old, new = library.get(before.body[RUBRIC]), library.get(values[RUBRIC])
    if new is None or old is None:
        return Refusal("no-such-rubric", "/set/rubric")
    if not new.is_published:
        return Refusal("rubric-not-published", "/set/rubric")
    if not is_open or not _is_later(old, new):
        return Refusal("not-yours", "/set/rubric", "a draft moves up to a newer version only")
    return None


def refuse_misfit(before: Record, change: Change, declared: Body) -> Refusal | None:
    """Everything that stands in the draft has its place in the new version too."""
    after = apply_change(before.body, change) or {}
    return None if declared.fits(after) else Refusal("rubric-does-not-fit", "/set/rubric")


def _is_later(old: Rubric, new: Rubric) -> bool:
    return (old.id, old.unit) == (new.id, new.unit) and old.version < new.version
