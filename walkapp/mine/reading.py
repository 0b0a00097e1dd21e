"""What a teacher reads: her claims, and the copies under them, in the order of the days."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from ..access.scopes import claimed_scope
from ..kept_words import CHIPS
from ..languages import gettext as _
from ..queries import concerned, reporting
from ..queries.concerned import Line
from ..queries.reporting import Given
from ..records.claim import OVER
from ..records.claim_question import ANSWER
from ..reports.visit import answered
from ..rubric import Rubric, words_id
from ..rubric_files import load_library
from ..rubric_records import published_records
from .claiming import claims_of
from .here import Here

WAITING, CONFIRMED, WITHDRAWN = "waiting", "confirmed", "withdrawn"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim, how it stands, and what can be read under it, newest first."""

    id: str
    body: Mapping[str, Any]
    state: str
    notes: tuple[Line, ...] = ()
    replies: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """One note as it is read: how it was known, the words, the titles of what it is tied to."""

    chip: str
    text: str
    ties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """One copy in the words of its rubric; without levels where the district keeps them back."""

    id: str
    body: Mapping[str, Any]
    title: str
    notes: tuple[Note, ...]
    domains: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]
    newer: str | None  # the id of a copy made since of the same observation


def my_room(session: Session, here: Here) -> list[Claimed]:
    """Every claim, the latest day first."""
    found = [_claimed(session, here, one) for one in claims_of(session, here)]
    return sorted(found, key=lambda one: (one.body["date"], one.body["agreed_at"]), reverse=True)


def _claimed(session: Session, here: Here, claim: Line) -> Claimed:
    if OVER in claim.body:
        return Claimed(claim.id, claim.body, WITHDRAWN)
    kinds = ("claim_question", "released_copy", "reply")
    made = concerned.in_scope(session, here.space, claimed_scope(claim.id), kinds)
    # That somebody said no is not told: it would tell that there was a visit.
    is_confirmed = any(one.body.get(ANSWER, {}).get("yes") for one in made)
    notes = [one for one in made if one.kind == "released_copy"]
    notes.sort(key=lambda one: -one.body["made_at"])
    replies = sum(one.kind == "reply" for one in made)
    state = CONFIRMED if is_confirmed else WAITING
    return Claimed(claim.id, claim.body, state, tuple(notes), replies)


def read_copy(session: Session, here: Here, home: Path, copy: Line, language: str) -> Read:
    """The copy as a page says it."""
    body = copy.body
    rubric = _rubric(session, home, body["rubric"])
    words = reporting.rubric_words(session, here.space, words_id(body["rubric"], language))
    answers: dict[str, Any] = {name: body[name] for name in ("gates", "ratings") if name in body}
    row = Given(
        copy.id, "", body["visit"], body["school"], body["number"], body["rubric"], "released",
        body["date"], answers,
    )  # fmt: skip
    said = answered(row, rubric, words)
    titles = _titles(rubric, said.domains)
    notes = tuple(_note(one, titles) for one in _in_order(body.get("evidence", {})))
    newer = _newer(session, here, copy)
    domains = said.domains if "ratings" in body else ()
    return Read(copy.id, body, said.title, notes, domains, newer)


def _rubric(session: Session, home: Path, id: str) -> Rubric:
    rubrics = load_library(home)
    return rubrics[id] if id in rubrics else published_records(session)[id]


def _titles(
    rubric: Rubric, domains: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]
) -> dict[str, str]:
    """Of each indicator, in the language that is read."""
    ids = [one["id"] for domain in rubric.content["domains"] for one in domain["indicators"]]
    return dict(zip(ids, (title for _d, lines in domains for title, *_w in lines), strict=True))


def _note(note: Mapping[str, Any], titles: Mapping[str, str]) -> Note:
    chip = note.get("chip", "")
    ties = tuple(titles[one] for one in note.get("indicators", ()) if one in titles)
    return Note(_(CHIPS[chip]) if chip in CHIPS else "", note["text"], ties)


def _in_order(evidence: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return sorted(evidence.values(), key=lambda one: int(one.get("order", 0)))


def _newer(session: Session, here: Here, copy: Line) -> str | None:
    scope = claimed_scope(copy.body["claim"])
    every = concerned.in_scope(session, here.space, scope, ("released_copy",))
    same = [one for one in every if one.body["observation"] == copy.body["observation"]]
    newest = max(same, key=lambda one: (one.body["made_at"], one.seq))
    return newest.id if newest.id != copy.id else None
