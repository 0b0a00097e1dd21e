"""What a district's rule for keeping deletes: whole records, or the photos of one.

Tablets hear of it like of any removal. What stays of a deleted record is a stub that says whose
it was and that it is gone, so that nothing an old tablet still sends brings it back.
"""

from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Body, Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

DELETED = "deleted"  # when, in the stub
PHOTOS = "photos/"
# What an audience is worked out from, and nothing anybody wrote or chose.
STAYS = frozenset(
    {
        "walk", "visit", "school", "observer", "observation", "claim", "by", "state", "verb", "to",
        "together",
    }
)  # fmt: skip


def stub_of(body: Body, at: int) -> dict[str, Any]:
    """What stays of a record that was deleted by rule."""
    return {**{name: body[name] for name in body.keys() & STAYS}, DELETED: at}


def is_deleted(record: Record) -> bool:
    """Was it deleted by rule? Then nothing brings it back."""
    return record.removed and DELETED in record.body


def allow_forgetting(author: Author, before: Record, change: Change) -> Refusal | None:
    """The service takes a record away, or the photos in one; nobody changes what is gone."""
    if is_deleted(before):
        return Refusal("deleted-by-rule", "/id")
    values = change.set or {}
    takes_photos = all(path.startswith(PHOTOS) and value is None for path, value in values.items())
    return None if change.removes() or takes_photos else Refusal("not-yours")
