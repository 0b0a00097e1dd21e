"""One space's part of a request, read before any lock is held."""

import re
from dataclasses import dataclass
from typing import Any

from .canonical import escape
from .errors import BadEnvelope
from .incoming import ID, Incoming, parse_change
from .marks import Marks
from .offer import Offer, read_offer
from .rules import Rules

MOST_CHANGES = 256
MOST_ROWS = 500
MOST_WANTED = 500
MOST_OFFERS = 200
LONGEST_TRAIL = 64
FIELDS = frozenset({"known", "cursor", "changes", "limit", "thin", "want"})
MARKED_FIELDS = FIELDS | {"trail", "offers"}
PLACE = re.compile(r"(0|[1-9][0-9]{0,15})\.([0-9a-f]{1,64})")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the history with a name for it: `seq.tag` of a commit, `seq.view` of a cursor."""

    seq: int
    name: str

    def __str__(self) -> str:
        return f"{self.seq}.{self.name}"


@dataclass(frozen=True, slots=True)
class Envelope:
    """`trail` and `offers` are None where the device did not speak of them."""

    known: Place | None
    cursor: Place | None
    changes: tuple[Incoming, ...]
    limit: int
    thin: bool
    want: tuple[str, ...]
    trail: tuple[Place, ...] | None = None
    offers: tuple[Offer, ...] | None = None

    @property
    def writes(self) -> bool:
        """Does this need the space's lock?"""
        return bool(self.changes or self.offers)


def read(request: Any, rules: Rules, marks: Marks | None = None) -> Envelope:
    """Check the request for shape and each change for its kind, or raise BadEnvelope.

    Only a device whose rows carry marks speaks of a trail and of offers.
    """
    if not isinstance(request, dict):
        raise BadEnvelope("wrong-fields", "", "an object is needed for each space")
    for name in sorted(request.keys() - (MARKED_FIELDS if marks else FIELDS), key=str):
        raise BadEnvelope("wrong-fields", f"/{escape(str(name))}", "not a field of a request")
    changes = _list(request, "changes", MOST_CHANGES)
    return Envelope(
        known=_place(request.get("known"), "/known"),
        cursor=_place(request.get("cursor"), "/cursor"),
        changes=tuple(parse_change(raw, rules, f"/changes/{n}") for n, raw in enumerate(changes)),
        limit=_limit(request.get("limit", MOST_ROWS)),
        thin=_flag(request.get("thin", False)),
        want=_ids(request),
        trail=_trail(request) if "trail" in request else None,
        offers=_offers(request, marks) if marks and "offers" in request else None,
    )


def _place(value: Any, pointer: str) -> Place | None:
    if value is None:
        return None
    found = PLACE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise BadEnvelope("wrong-fields", pointer)
    return Place(int(found[1]), found[2])


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


def _trail(request: dict[str, Any]) -> tuple[Place, ...]:
    heard = _list(request, "trail", LONGEST_TRAIL)
    places = [_place(value, f"/trail/{n}") for n, value in enumerate(heard)]
    return tuple(place for place in places if place)


def _offers(request: dict[str, Any], marks: Marks) -> tuple[Offer, ...]:
    rows = _list(request, "offers", MOST_OFFERS)
    return tuple(read_offer(raw, marks, f"/offers/{n}") for n, raw in enumerate(rows))
