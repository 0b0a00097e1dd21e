"""One space's part of a request, read before any lock is held."""

import re
from dataclasses import dataclass
from typing import Any

from .canonical import escape
from .errors import BadEnvelope
from .incoming import ID, Incoming, parse_change
from .rules import Rules

MOST_CHANGES = 256
MOST_ROWS = 500
MOST_WANTED = 500
FIELDS = frozenset({"known", "cursor", "changes", "limit", "thin", "want"})
MARK = re.compile(r"(0|[1-9][0-9]{0,15})\.([0-9a-f]{1,64})")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the history with a name for it: `seq.tag` of a commit, `seq.view` of a cursor."""

    seq: int
    name: str

    def __str__(self) -> str:
        return f"{self.seq}.{self.name}"


@dataclass(frozen=True, slots=True)
class Envelope:
    known: Mark | None
    cursor: Mark | None
    changes: tuple[Incoming, ...]
    limit: int
    thin: bool
    want: tuple[str, ...]


def read(request: Any, rules: Rules) -> Envelope:
    """Check the request for shape and each change for its kind, or raise BadEnvelope."""
    if not isinstance(request, dict):
        raise BadEnvelope("wrong-fields", "", "an object is needed for each space")
    for name in sorted(request.keys() - FIELDS, key=str):
        raise BadEnvelope("wrong-fields", f"/{escape(str(name))}", "not a field of a request")
    changes = _list(request, "changes", MOST_CHANGES)
    return Envelope(
        known=_mark(request, "known"),
        cursor=_mark(request, "cursor"),
        changes=tuple(parse_change(raw, rules, f"/changes/{n}") for n, raw in enumerate(changes)),
        limit=_limit(request.get("limit", MOST_ROWS)),
        thin=_flag(request.get("thin", False)),
        want=_ids(request),
    )


def _mark(request: dict[str, Any], name: str) -> Mark | None:
    value = request.get(name)
    if value is None:
        return None
    found = MARK.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise BadEnvelope("wrong-fields", f"/{name}")
    return Mark(int(found[1]), found[2])


def _list(request: dict[str, Any], name: str, most: int) -> list[Any]:
    value = request.get(name, [])
    if not isinstance(value, list):
        raise BadEnvelope("wrong-fields", f"/{name}", "a list is needed")
    if len(value) > most:
        raise BadEnvelope("too-large", f"/{name}", f"at most {most}")
    return value


def _limit(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= MOST_ROWS:
        raise BadEnvelope("wrong-fields", "/limit", f"1 to {MOST_ROWS}")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadEnvelope("wrong-fields", "/thin", "true or false")
    return value


def _ids(request: dict[str, Any]) -> tuple[str, ...]:
    wanted = _list(request, "want", MOST_WANTED)
    for position, wanted_id in enumerate(wanted):
        if not isinstance(wanted_id, str) or not ID.fullmatch(wanted_id):
            raise BadEnvelope("wrong-fields", f"/want/{position}")
    return tuple(dict.fromkeys(wanted))
