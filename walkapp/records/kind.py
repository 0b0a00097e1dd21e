"""What the service knows of one kind of record, said in one value."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.incoming import BIGGEST_CHANGE_BYTES
from walkapp.sync.merge import BESIDE
from walkapp.sync.record import Record

from .fault import Fault, fault, first_refusal, pointer, refusal
from .library import Library
from .values import MAX_KEYS, Body, MapOf, Value

# With its envelope it must fit into one request, or it could not be given back after a restore.
MAX_RECORD_BYTES = 700_000
ONLY_THE_SERVER = "only the server keeps texts beside"
FIXED, TEXT, BOTH, LATEST = "fixed", "text", "both", "lww"


def _nothing_more(change: Change, library: Library) -> Refusal | None:
    return None


def _any_follows(change: Change, earlier: Record, seq: int) -> Refusal | None:
    return None


@dataclass(frozen=True)
class Kind:
    """One kind: its wire declaration, merge rules, audience, and who may write what.

    `declaration` narrows `body` for one record (an observation to its rubric); `check_new` sees a
    whole body that fits it. Both need no lock. `allow_new` and `allow_set` ask about the author,
    and `allow_set` about the record as it stands; `allow_after` asks about the record of the change
    it names in `after`.
    """

    name: str
    body: Body
    audience: Callable[[Record], frozenset[str]]
    allow_new: Callable[[Author, Change], Refusal | None]
    allow_set: Callable[[Author, Record, Change, Library], Refusal | None]
    check_new: Callable[[Change, Library], Refusal | None] = _nothing_more
    allow_after: Callable[[Change, Record, int], Refusal | None] = _any_follows
    declaration: Callable[[Mapping[str, Any], Library], Body] | None = None
    fixed: frozenset[str] = field(default_factory=frozenset)
    once: frozenset[str] = field(default_factory=frozenset)  # written later, and the first stands
    text: frozenset[str] = field(default_factory=frozenset)
    chosen: frozenset[str] = field(default_factory=frozenset)  # a person rates or chooses these

    @property
    def maps(self) -> frozenset[str]:
        """The fields whose keys are paths of their own."""
        return frozenset(n for n, known in self.body.fields.items() if isinstance(known, MapOf))

    def refuse_new(self, change: Change, library: Library) -> Refusal | None:
        """The first thing wrong with a new body, whoever sent it."""
        body = change.new or {}
        if BESIDE in body and not self.body.beside:
            return Refusal("not-yours", pointer("new", BESIDE), ONLY_THE_SERVER)
        declared = self.declaration(body, library) if self.declaration else self.body
        return (
            check_body(declared, body, "new")
            or _check_all_beside(declared, body)
            or self.check_new(change, library)
        )

    def merge_rule(self, path: str) -> str:
        head = path.partition("/")[0]
        if head in self.fixed or head in self.once:
            return FIXED
        if head in self.chosen:
            return BOTH
        return TEXT if head in self.text else LATEST


def check_body(declared: Body, body: Any, *above: str) -> Refusal | None:
    """The first thing wrong with a whole body, or None."""
    if declared.fits(body):
        return None
    messages = declared.validate(body)
    return first_refusal(messages, *above) if messages else None


def check_paths(declared: Body, values: Mapping[str, Any]) -> Refusal | None:
    """The first thing wrong with the values a change sets, or None."""
    for path, value in values.items():
        found = _check_path(declared, path, value)
        if found is not None:
            return found
    return None


def changed_fixed(kind: Kind, before: Record, change: Change) -> Refusal | None:
    """A fixed path keeps the value the record was made with; saying it again is no change."""
    for path, value in (change.set or {}).items():
        if path in kind.fixed and before.body.get(path) != value:
            return Refusal("not-yours", pointer("set", path), "fixed when the record was made")
    return None


def too_many(before: Record, change: Change) -> Refusal | None:
    """A map holds no more in many steps than it may in one."""
    added: Counter[str] = Counter()
    for path, value in (change.set or {}).items():
        head, slash, key = path.partition("/")
        held = before.body.get(head, {}) if slash else {}
        added[head] += bool(slash) and value is not None and key not in held
        if len(held) + added[head] > MAX_KEYS and value is not None:
            return Refusal("too-long", pointer("set", path), f"more than {MAX_KEYS} entries")
    return None


def too_large(before: Record, change: Change) -> Refusal | None:
    """A record stays small enough to be given back whole to a server that lost it."""
    if before.size + BIGGEST_CHANGE_BYTES <= MAX_RECORD_BYTES:
        return None
    written = [value for value in (change.set or {}).values() if value is not None]
    added = len(json.dumps(written, ensure_ascii=False).encode()) if written else 0
    if not written or before.size + added <= MAX_RECORD_BYTES:
        return None
    return Refusal("too-long", pointer("set"), f"a record holds {MAX_RECORD_BYTES} bytes in all")


def _check_path(declared: Body, path: str, value: Any) -> Refusal | None:
    head, slash, key = path.partition("/")
    known = declared.fields.get(head)
    found: Fault | None
    if known and head == BESIDE and value is not None:
        return _check_beside(declared, key, value, "set", path)
    if isinstance(known, MapOf):
        found = (
            _check_entry(known, key, value)
            if slash
            else fault("unknown-field", detail="a map is set key by key")
        )
    elif isinstance(known, Value) and not slash:
        found = _check_value(known, value)
    else:
        found = fault("unknown-field")
    return refusal(found, "set", path) if found else None


def _check_all_beside(declared: Body, body: Mapping[str, Any]) -> Refusal | None:
    for key, value in body.get(BESIDE, {}).items():
        found = _check_beside(declared, key, value, "new", BESIDE, key)
        if found is not None:
            return found
    return None


def _check_beside(declared: Body, key: str, value: Any, *above: str) -> Refusal | None:
    """Another version of what stands at a path: it has to be one that could stand there."""
    place = _BESIDE_KEY.fullmatch(key)
    if place is None or place["field"] not in declared.beside:
        return Refusal("not-yours", pointer(*above), ONLY_THE_SERVER)
    path = place["field"] + (f"/{place['key']}" if place["key"] else "")
    if value is None:
        return Refusal("wrong-type", pointer(*above))
    found = _check_path(declared, path, value)
    return replace(found, pointer=pointer(*above)) if found else None


_BESIDE_KEY = re.compile(r"(?P<field>[a-z_]+)(?::(?P<key>.+))?~[0-9a-f]{8}")


def _check_entry(known: MapOf, key: str, value: Any) -> Fault | None:
    found = known.check_key(key)
    takes_away = value is None
    return found if found or takes_away else known.check_entry(key, value)


def _check_value(known: Value, value: Any) -> Fault | None:
    if value is None:
        return fault("missing-field") if known.required else None
    return known.check(value)
