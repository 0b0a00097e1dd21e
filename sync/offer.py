"""A row that a device brings back, and whether this server once gave it out."""

import re
from dataclasses import dataclass
from typing import Any

from .canonical import BIGGEST_INTEGER, NotCanonical, digest
from .change import Body
from .errors import BadEnvelope
from .incoming import ID, KIND
from .marks import LONGEST_MARK_CHARS, Marks, Proof

PARTS = 5  # seq, id, kind, body, mark


@dataclass(frozen=True, slots=True)
class Offer:
    """`proof` is None where the mark is not ours. `cid` is the same whoever offers the row."""

    id: str
    kind: str
    body: Body
    cid: str
    digest: str = ""
    proof: Proof | None = None


def read_offer(raw: Any, marks: Marks, pointer: str) -> Offer:
    """Check the shape, then the mark; no lock is needed for either."""
    if not isinstance(raw, list) or len(raw) != PARTS or not _fits(*raw):
        raise BadEnvelope("wrong-fields", pointer, "a row with its mark is needed")
    seq, id, kind, body, mark = raw
    try:
        # Of an id the mark may hold anything: it is only believed once it has been checked.
        cid, body_digest = marks.name(mark), digest(body)
        proof = marks.read(mark, id, kind, seq, body_digest)
    except (NotCanonical, UnicodeEncodeError):
        return Offer(id, kind, body, "")
    return Offer(id, kind, body, cid, body_digest, proof)


def _fits(seq: Any, id: Any, kind: Any, body: Any, mark: Any) -> bool:
    return (
        type(seq) is int
        and 0 < seq <= BIGGEST_INTEGER
        and _is(ID, id)
        and _is(KIND, kind)
        and isinstance(body, dict)
        and isinstance(mark, str)
        and len(mark) <= LONGEST_MARK_CHARS
    )


def _is(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None
