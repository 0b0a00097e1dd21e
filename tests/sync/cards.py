"""A very small service for the engine's tests: cards that belong to schools.

Anyone with a right at the school writes its cards; a private card is seen by its owner alone.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from walkapp.sync.author import Author
from walkapp.sync.canonical import digest
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.following import Following
from walkapp.sync.log import Log
from walkapp.sync.record import Record

OAK_HILL, RIVERSIDE = "oak-hill", "riverside"
ROOM_12, ROOM_14 = 12, 14
NOW = 1_763_769_600_000
TAG = "9f2c61a0b3d4"


class CardRules:
    """`owner` is fixed, `title` and `notes/*` are texts, of two levels a person chooses one,
    and of everything else the later one wins."""

    def check(self, change: Change) -> Refusal | None:
        if change.kind != "card":
            return Refusal("unknown-kind", "/kind")
        if change.new is not None and "school" not in change.new:
            return Refusal("missing-field", "/new/school")
        return None

    def allow(self, author: Author, before: Record | None, change: Change) -> Refusal | None:
        body = before.body if before else change.new or {}
        if author.all_seeing or body.get("school") in author.ability:
            return None
        return Refusal("not-yours")

    def allow_after(self, change: Change, earlier: Record, seq: int) -> Refusal | None:
        return None

    def merge_rule(self, kind: str, path: str) -> str:
        head = path.partition("/")[0]
        return {"owner": "fixed", "title": "text", "notes": "text", "level": "both"}.get(
            head, "lww"
        )

    def maps(self, kind: str) -> frozenset[str] | None:
        return frozenset({"marks", "notes", "also"}) if kind == "card" else None

    def audience(self, record: Record) -> frozenset[str]:
        if record.body.get("private"):
            return frozenset({f"person:{record.owner}"})
        return frozenset({f"school:{record.body['school']}"})

    def follow(
        self, log: Log, author: Author, changed: Sequence[Record], since: int, now: int
    ) -> Following:
        """A card that says "seal" is sealed by the service; nothing else follows from anything."""
        service = Author("service", author.account, None, frozenset(), "service", all_seeing=True)
        asked = [record for record in changed if record.body.get("seal")]
        return Following(service, [_seal(record, now) for record in asked])


RULES = CardRules()


def author(person: str, schools: Iterable[str] = (OAK_HILL,), reads: Iterable[str] = ()) -> Author:
    """A person who may write the cards of some schools, and read those of others too."""
    may_write = frozenset(schools)
    scopes = {f"person:{person}"} | {f"school:{school}" for school in (*may_write, *reads)}
    view = digest([person, *sorted(scopes)])[:8]
    return Author(person, f"account of {person}", "a tablet", frozenset(scopes), view, may_write)


OKOYE = author("Ms. Okoye")
REYES = author("Mr. Reyes")
PRINCIPAL = author("the principal", (OAK_HILL, RIVERSIDE))
ELSEWHERE = author("Mrs. Lund", (RIVERSIDE,))


def uuid(number: int) -> str:
    return str(UUID(int=number))


def new(cid: int, id: int, at: int = NOW, **body: Any) -> dict[str, Any]:
    card = {"school": OAK_HILL, **body}
    return {"cid": uuid(cid), "kind": "card", "id": uuid(id), "at": at, "new": card}


def edit(
    cid: int,
    id: int,
    values: dict[str, Any],
    base: int = 0,
    seen: Iterable[int] = (),
    at: int = NOW,
    **more: Any,
) -> dict[str, Any]:
    change = {"cid": uuid(cid), "kind": "card", "id": uuid(id), "at": at, "base": base}
    return change | {"seen": [uuid(each) for each in seen], "set": values, **more}


def _seal(record: Record, now: int) -> Change:
    cid = uuid5(NAMESPACE_OID, f"{record.id}/{record.seq}")
    changes = {"seal": None, "sealed": True, "private": True}
    return Change(str(cid), record.kind, record.id, now, set=changes, base=record.seq)
