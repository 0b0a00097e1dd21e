"""Ms. Okoye observes Room 12 of Oak Hill: changes and authors for the tests of the record rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.merge import apply_change
from walkapp.sync.record import Record

from walkapp.access import agreement_of, author
from walkapp.records import rules_for
from walkapp.rubric import record_id
from walkapp.rubric_files import load_library

NOON = 1_795_000_000_000
SPACE = "5bace000-0000-4000-8000-000000000000"
OAK_HILL = "0a400000-0000-4000-8000-000000000000"
PINE_RIDGE = "91e00000-0000-4000-8000-000000000000"
OKOYE = "00000000-0000-4000-8000-00000000000a"
BELL = "00000000-0000-4000-8000-00000000000b"
RUIZ = "00000000-0000-4000-8000-00000000000c"
TRAN = "00000000-0000-4000-8000-00000000000d"
WALK = "1a1c0000-0000-4000-8000-000000000001"
VISIT = "1a1c0000-0000-4000-8000-000000000002"
ROOM_12 = "1a1c0000-0000-4000-8000-000000000003"
OBSERVATION = "1a1c0000-0000-4000-8000-000000000004"
REVIEW = "1a1c0000-0000-4000-8000-000000000005"
AGREEMENT = "1a1c0000-0000-4000-8000-000000000006"
NOVAK = "00000000-0000-4000-8000-00000000000e"
CLAIM = "1a1c0000-0000-4000-8000-000000000007"
COPY = "1a1c0000-0000-4000-8000-000000000008"
NOTE = "ee000000-0000-4000-8000-000000000001"
DEEPER = record_id("deeper-learning-walk", 1)
FIVE = record_id("five-conditions-walk", 1)
DRAFT = record_id("coaching-feedback", 1)

LATEST_SEQ = 7


@dataclass(frozen=True)
class Grant:
    role: str
    school: str | None = None
    starts_at: int | None = None
    ends_at: int | None = None


@cache
def rules():
    return rules_for(load_library())


def somebody(person: str, *grants: Grant, under: Mapping[str, Any] | None = None) -> Author:
    """`under` is the body of the agreement the person coaches by."""
    agreements = [agreement_of(AGREEMENT, under)] if under else []
    return author(SPACE, person, f"account of {person}", None, grants, NOON, agreements)


okoye = somebody(OKOYE, Grant("coach"))
bell = somebody(BELL, Grant("observer", OAK_HILL))
ruiz = somebody(RUIZ, Grant("principal", OAK_HILL))
tran = somebody(TRAN, Grant("principal", PINE_RIDGE))
adler = somebody("adler", Grant("admin"))


def observation(**changes: Any) -> dict[str, Any]:
    """A whole Deeper Learning visit: 15 ratings and 6 notes."""
    levels = ["TE1", "TE2", "TE4", "TS1", "TS2", "TS3", "TS4"]
    levels += ["SA1", "SA2", "SA3", "SA4", "TM1", "TM2", "TM3"]
    body: dict[str, Any] = {
        "walk": WALK,
        "visit": VISIT,
        "number": 4,
        "school": OAK_HILL,
        "rubric": DEEPER,
        "observer": OKOYE,
        "state": "draft",
        "form": "full",
        "date": "2026-11-22",
        "focus": "Who does the thinking?",
        "started_at": NOON,
        "ended_at": NOON + 900_000,
        "context": {"grade_band": "3-5", "subject": "Math", "students_present": 24},
        "gates": {"team_time_seen": {"value": "yes"}},
        "ratings": {
            **{one: {"value": 1 + n % 4} for n, one in enumerate(levels)},
            "TE3": {"aligned": "yes", "demand": "no"},
            "TM3": {"value": "not_observed"},
        },
        "counts": {"teams_seen": 6, "students_asked": 3},
        "evidence": {
            f"ee000000-0000-4000-8000-00000000000{n}": {
                "text": f"Student {n}: We checked it against the criteria, see here. " * 3,
                "at": NOON + n,
                "chip": "heard",
                "indicators": ["TE1", "SA3"],
                "order": n,
            }
            for n in range(1, 7)
        },
        "answers": {},
    }
    return {name: value for name, value in {**body, **changes}.items() if value is not None}


def review(**changes: Any) -> dict[str, Any]:
    body = {
        "observation": OBSERVATION,
        "observer": OKOYE,
        "school": OAK_HILL,
        "by": RUIZ,
        "verb": "comment",
        "text": "Thank you. Which team was this?",
        "at": NOON,
    }
    return {**body, **changes}


def thank_you(**changes: Any) -> dict[str, Any]:
    """Ms. Ruiz thanks the room of visit 4 through the desk."""
    body = {
        "observation": OBSERVATION,
        "observer": OKOYE,
        "school": OAK_HILL,
        "number": 4,
        "to": "room",
        "noticed": "Every team had the criteria on the table.",
        "by": RUIZ,
        "at": NOON,
    }
    return {**body, **changes}


def walk(**changes: Any) -> dict[str, Any]:
    body = {
        "kind": "walk",
        "title": "November walk",
        "focus": "Who does the thinking?",
        "date": "2026-11-22",
        "school": OAK_HILL,
        "rubric": DEEPER,
        "lead": OKOYE,
    }
    return {name: value for name, value in {**body, **changes}.items() if value is not None}


def visit(**changes: Any) -> dict[str, Any]:
    body = {"walk": WALK, "number": 4, "school": OAK_HILL, "rubric": DEEPER, "by": OKOYE}
    return {**body, **changes}


def visit_room(**changes: Any) -> dict[str, Any]:
    body = {"visit": VISIT, "walk": WALK, "room": ROOM_12, "school": OAK_HILL, "by": OKOYE}
    return {**body, **changes}


def consensus(**changes: Any) -> dict[str, Any]:
    """Ms. Okoye says what the team agrees on at visit 4."""
    body = {
        "walk": WALK,
        "visit": VISIT,
        "number": 4,
        "school": OAK_HILL,
        "rubric": DEEPER,
        "by": OKOYE,
        "says": {"TE1": {"value": 3, "at": NOON, "why": "Three of four teams said why."}},
    }
    return {name: value for name, value in {**body, **changes}.items() if value is not None}


def card(**changes: Any) -> dict[str, Any]:
    """What was noticed in the room of visit 4."""
    body = {
        "walk": WALK,
        "school": OAK_HILL,
        "by": OKOYE,
        "at": NOON,
        "sort": "notice",
        "text": "Three of four teams had the criteria on the table.",
        "visit": VISIT,
        "number": 4,
        "indicator": "TE1",
    }
    return {name: value for name, value in {**body, **changes}.items() if value is not None}


def next_step(**changes: Any) -> dict[str, Any]:
    """Mr. Bell has it in hand."""
    body = {
        "walk": WALK,
        "school": OAK_HILL,
        "by": OKOYE,
        "at": NOON,
        "text": "Plan one task together that asks for a reason.",
        "owner": BELL,
        "due": "2026-12-04",
        "area": "TE1",
    }
    return {name: value for name, value in {**body, **changes}.items() if value is not None}


def claim(**changes: Any) -> dict[str, Any]:
    """Mr. Novak says that Room 12 was his on that day."""
    body = {
        "purpose": "reading",
        "teacher": NOVAK,
        "school": OAK_HILL,
        "date": "2026-11-22",
        "room": ROOM_12,
        "words": "I agree that this visit is linked to me.",
        "agreed_at": NOON,
    }
    return {name: value for name, value in {**body, **changes}.items() if value is not None}


def claim_question(**changes: Any) -> dict[str, Any]:
    """Asked of Ms. Okoye, who was there."""
    body = {
        "claim": CLAIM,
        "teacher": NOVAK,
        "school": OAK_HILL,
        "walk": WALK,
        "visit": VISIT,
        "number": 4,
        "date": "2026-11-22",
        "room": ROOM_12,
        "asked": {OKOYE: True},
        "observations": {OBSERVATION: True},
        "asked_at": NOON,
    }
    return {name: value for name, value in {**body, **changes}.items() if value is not None}


def released_copy(**changes: Any) -> dict[str, Any]:
    body = {
        "claim": CLAIM,
        "observation": OBSERVATION,
        "observer": OKOYE,
        "school": OAK_HILL,
        "visit": VISIT,
        "number": 4,
        "rubric": DEEPER,
        "date": "2026-11-22",
        "focus": "Who does the thinking?",
        "made_at": NOON,
        "ratings": {"TE1": {"value": 3}},
        "evidence": {},
    }
    return {**body, **changes}


def reply(**changes: Any) -> dict[str, Any]:
    """What the room of visit 4 said."""
    body = {
        "claim": CLAIM,
        "copy": COPY,
        "observation": OBSERVATION,
        "observer": OKOYE,
        "school": OAK_HILL,
        "number": 4,
        "says": "context",
        "text": "It was the first day with the new criteria.",
        "at": NOON,
    }
    return {name: value for name, value in {**body, **changes}.items() if value is not None}


def agreement(**changes: Any) -> dict[str, Any]:
    """Ms. Okoye asks Mr. Novak; with `agreed` and `over` what became of it."""
    body = {
        "purpose": "coaching",
        "coach": OKOYE,
        "teacher": NOVAK,
        "school": OAK_HILL,
        "asked_at": NOON,
    }
    return {**body, **changes}


def coaching_step(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "agreement": AGREEMENT,
        "teacher": NOVAK,
        "school": OAK_HILL,
        "by": OKOYE,
        "state": "draft",
        "seen": "2026-11-22",
        "giver": "coach",
        "strength": "Four students explained their drawing to a partner, in full sentences.",
        "question": "Who has not spoken yet?",
        "step": "Ask one more student before you answer.",
        "look_for": "A second student answers before the teacher does.",
        "practised": "yes",
        "follow_up": "2026-12-01",
    }
    return {name: value for name, value in {**body, **changes}.items() if value is not None}


def new(kind: str, body: dict[str, Any], id: str = OBSERVATION) -> Change:
    return Change("cid", kind, id, NOON, new=body)


def edit(kind: str = "observation", /, base: int = LATEST_SEQ, **values: Any) -> Change:
    """`ratings__TE1=…` stands for the path ratings/TE1."""
    paths = {name.replace("__", "/"): value for name, value in values.items()}
    return Change("cid", kind, OBSERVATION, NOON, set=paths, base=base)


def record(kind: str, body: dict[str, Any], id: str = OBSERVATION) -> Record:
    return Record(id, kind, LATEST_SEQ, OKOYE, body, {"": [LATEST_SEQ, NOON, "first"]})


def judged(author: Author, before: Record | None, change: Change) -> Refusal | None:
    """Both questions the engine asks, in its order."""
    return rules().check(change) or rules().allow(author, before, change)


def told(author: Author, before: Record | None, change: Change) -> tuple[str, str] | None:
    """Code and pointer of the refusal; None when the change may be applied."""
    refusal = judged(author, before, change)
    return (refusal.code, refusal.pointer) if refusal else None


def after(before: Record, change: Change) -> Record:
    """The record as it would stand."""
    body = apply_change(before.body, change)
    assert body is not None
    return Record(before.id, before.kind, before.seq, before.owner, body, before.ver)
