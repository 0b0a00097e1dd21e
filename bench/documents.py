"""The observations every peer is given: real ones, of about 4 kB, that pass our rules."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from walkapp.rubric import record_id
from walkapp.rubric_files import load_library

RUBRIC = record_id("deeper-learning-walk", 1)
BEGAN_AT_MS = 1_763_000_000_000
A_VISIT_MS = 900_000
DIFFERENT_BODIES = 1_000  # for `endless`: enough that no cache knows them all
NOTES = 8
SENTENCES_A_NOTE = 2
WORDS_A_QUOTE = 8

WHO = (
    "Team {n}",
    "A student in team {n}",
    "Two students near the window",
    "The teacher",
    "Most of the class",
    "One pair",
    "The group at the back",
    "A boy with a notebook",
    "The reporter of team {n}",
    "Nobody in team {n}",
)
DID = (
    "compared two sources before they agreed on a claim",
    "asked what would count as a good answer",
    "read the criteria aloud and pointed to the second line",
    "rewrote the introduction after a comment from another pair",
    "explained the graph in their own words",
    "waited for the next instruction with the sheet still empty",
    'said "we changed it because the numbers did not fit"',
    "copied the table from the board without a word",
    "used the sentence starters on the wall to disagree politely",
    "named the skill they were working on this week",
    "divided the work so that everybody had a part to finish",
    "could not say yet why the task matters outside school",
)
THEN = (
    "and wrote it down",
    "then turned back to the model",
    "while the timer ran",
    "for about {n} minutes",
    "before the whole class met again",
    "and looked for evidence in the text",
    "with help from a neighbour",
    "without being asked",
)
# What children say repeats itself less than what observers write: without it everything would
# compress far better than real notes do.
WORDS = Path(__file__).with_name("words.txt").read_text("utf-8").split()


@dataclass(frozen=True)
class Place:
    """Where and by whom the observations are made; ids as the space has them."""

    person: str = "00000000-0000-4000-8000-00000000000a"
    school: str = "0a400000-0000-4000-8000-000000000000"


def observations(count: int, place: Place, seed: int) -> Iterator[dict[str, Any]]:
    """As many changes, each a whole new observation; the same seed gives the same ones."""
    chance = random.Random(seed)
    walk = _id(chance)
    levels = _levels()
    for number in range(count):
        yield {
            "cid": _id(chance),
            "kind": "observation",
            "id": _id(chance),
            "at": BEGAN_AT_MS + number,
            "new": _body(chance, place, walk, 1 + number % 30, levels),
        }


def endless(place: Place, seed: int) -> Iterator[dict[str, Any]]:
    """As many as anybody takes; after the first thousand only what must be new is new."""
    made = list(observations(DIFFERENT_BODIES, place, seed))
    chance = random.Random(seed + 1)
    while True:
        for one in made:
            body = one["new"] | {"visit": _id(chance)}
            yield one | {"cid": _id(chance), "id": _id(chance), "new": body}


def _levels() -> dict[str, tuple[Any, ...]]:
    """The indicators of the rubric with the levels each may get; paired questions are left open."""
    rubric = load_library()[RUBRIC]
    return {one.id: one.values for one in rubric.indicators.values() if one.values}


def _body(
    chance: random.Random, place: Place, walk: str, number: int, levels: dict[str, tuple[Any, ...]]
) -> dict[str, Any]:
    began = BEGAN_AT_MS + number * A_VISIT_MS
    return {
        "walk": walk,
        "visit": _id(chance),
        "number": number,
        "school": place.school,
        "rubric": RUBRIC,
        "observer": place.person,
        "state": "submitted",
        "form": "full",
        "date": "2025-11-13",
        "focus": "Who does the thinking, and how do we know?",
        "started_at": began,
        "ended_at": began + A_VISIT_MS,
        "context": {"grade_band": "3-5", "subject": "Math", "students_present": 18 + number % 12},
        "gates": {"team_time_seen": {"value": "yes"}},
        "ratings": {one: {"value": chance.choice(values)} for one, values in levels.items()},
        "counts": {"teams_seen": 6, "students_asked": number % 5},
        "evidence": {_id(chance): _note(chance, began, n, list(levels)) for n in range(NOTES)},
        "answers": {},
    }


def _note(chance: random.Random, began: int, order: int, indicators: list[str]) -> dict[str, Any]:
    return {
        "text": " ".join(_sentence(chance) for _ in range(SENTENCES_A_NOTE)),
        "at": began + order * 60_000 + chance.randrange(60_000),
        "chip": chance.choice(("saw", "heard", "said", "note")),
        "indicators": sorted(chance.sample(indicators, 2)),
        "order": order,
    }


def _sentence(chance: random.Random) -> str:
    words = (chance.choice(WHO), chance.choice(DID), chance.choice(THEN))
    said = " ".join(chance.choices(WORDS, k=WORDS_A_QUOTE))
    return f'{" ".join(words)}: "{said}."'.format(n=chance.randint(1, 8))


def _id(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))
