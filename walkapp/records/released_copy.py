"""What a teacher reads of a visit to her room: a copy, frozen when it was made (rulings 3).

It holds what staff may see of a released observation and the day, as far as the district lets
teachers read it. Context, counts, open answers, photos, drawings, times and everything that
was kept beside stay with the observer and the desk. Made and taken back by the service alone.
"""

from collections.abc import Mapping
from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.scopes import claimed_scope
from .kind import Kind
from .library import Library
from .policy import NOTES_AND_LEVELS, NOTHING, USUAL_READS
from .service import by_service
from .values import Body, MapOf, Value, anything, day, key, moment, record_id, text, whole
from .visit import MAX_NUMBER

SAME = ("observation", "observer", "school", "visit", "number", "rubric", "date")
LEVELS = ("gates", "ratings")
NOTE = ("text", "chip", "indicators")


class ReleasedCopyBody(Body):
    claim = Value(record_id, needed=True)
    observation = Value(record_id, needed=True)
    observer = Value(record_id, needed=True)
    school = Value(record_id, needed=True)
    visit = Value(record_id, needed=True)
    number = Value(whole(0, MAX_NUMBER), needed=True)
    rubric = Value(record_id, needed=True)
    date = Value(day, needed=True)
    made_at = Value(moment, needed=True)
    focus = Value(text)
    gates = MapOf(anything, key)
    ratings = MapOf(anything, key)
    evidence = MapOf(anything, key)


def copy_of(
    claim: str, observation: Record, policy: Mapping[str, Any], now: int
) -> dict[str, Any] | None:
    """The copy for this claim, as the district's policy allows; None where it allows nothing."""
    reads = policy.get("room_reads", USUAL_READS)
    if reads == NOTHING:
        return None
    body = {**observation.body, "observation": observation.id}
    shown = ("focus", *LEVELS) if reads == NOTES_AND_LEVELS else ("focus",)
    return {
        "claim": claim,
        **{name: body[name] for name in SAME},
        **{name: body[name] for name in shown if body.get(name)},
        "evidence": dict(_notes(body.get("evidence", {}))),
        "made_at": now,
    }


def _notes(evidence: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The notes in the order in which they are read, without their times."""
    read = sorted(evidence.items(), key=lambda one: (_place(one[1]), one[0]))
    return [
        (id, {**{name: note[name] for name in NOTE}, "order": place})
        for place, (id, note) in enumerate(read)
    ]


def _place(note: Mapping[str, Any]) -> int:
    return int(note.get("order", note["at"]))


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    """Nobody changes what somebody has read; when the claim is withdrawn it goes as a whole."""
    may = author.ability.system and change.removes()
    return None if may else Refusal("not-yours")


def audience(record: Record) -> frozenset[str]:
    return frozenset({claimed_scope(record.body["claim"])})


RELEASED_COPY = Kind(
    "released_copy",
    ReleasedCopyBody(),
    audience,
    by_service,
    allow_set,
    fixed=frozenset(ReleasedCopyBody().fields),
)
