"""Work of one person at one school: theirs to make and change while they may observe there."""

from collections.abc import Callable, Mapping
from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.table import OBSERVE
from .library import Library


def by_owner(owner: str) -> Callable[[Author, Change], Refusal | None]:
    """Only the person named in the field `owner` makes the record, and only where they observe."""

    def allow(author: Author, change: Change) -> Refusal | None:
        return refuse_other(author, change.new or {}, owner, "/new")

    return allow


def by_owner_later(
    owner: str,
) -> Callable[[Author, Record, Change, Library], Refusal | None]:
    """Only the same person changes it, while they still may observe there."""

    def allow(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
        return refuse_other(author, before.body, owner)

    return allow


def refuse_other(
    author: Author, body: Mapping[str, Any], owner: str, above: str = ""
) -> Refusal | None:
    if body[owner] != author.person:
        return Refusal("not-yours", f"{above}/{owner}" if above else "")
    return refuse_elsewhere(author, OBSERVE, body["school"], f"{above}/school" if above else "")


def refuse_elsewhere(author: Author, verb: str, school: str, pointer: str = "") -> Refusal | None:
    """Not at this school; where the right is only over by now, the work is kept for the lead."""
    if author.ability.may(verb, school):
        return None
    return Refusal("not-yours", pointer, held=author.ability.had(verb, school))
