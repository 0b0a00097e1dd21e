"""What the rule says is due, and what of it is held or waits for somebody's decision.

Only what was given is deleted by rule: a draft is its observer's alone, who may still be writing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from ..access.scopes import claimed_scope
from ..queries import concerned
from ..queries.concerned import Line
from ..queries.kept import kept_changes
from ..queries.policy import keeping
from ..records.claim_question import ANSWER
from ..records.steps import DRAFT
from .holds import Held, held
from .rule import OBSERVATION, PHOTOS, Rule

# About one observation, or about a visit of which nothing is left.
OF_OBSERVATION = ("review", "thank_you", "released_copy", "reply")
OF_VISIT = ("visit", "visit_room", "claim_question", "consensus", "card")


@dataclass(frozen=True, slots=True)
class Due:
    """What has been kept long enough on a day: free to be deleted, or not."""

    observations: tuple[Line, ...] = ()
    photos: tuple[Line, ...] = ()  # observations that stay and lose their photos
    claims: tuple[Line, ...] = ()
    held: Mapping[str, int] = field(default_factory=dict)  # what -> how many
    undecided: int = 0
    drafts: int = 0

    def by_school(self) -> dict[str, Counter[str]]:
        """How many of what at each school."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for what, lines in ((OBSERVATION, self.observations), (PHOTOS, self.photos)):
            for one in lines:
                found[one.body["school"]][what] += 1
        return found


def rule_of(session: Session, space: str) -> Rule:
    return Rule(*keeping(session, space))


def due(session: Session, space: str, rule: Rule, today: str) -> Due:
    """Everything that is due on this day, by the rule as it stands."""
    if not rule:
        return Due()
    standing, people = held(session, space), _teachers(session, space)
    waiting = {one.record for one in kept_changes(session, space) if one.decision is None}
    every = concerned.of_kinds(session, space, (OBSERVATION,))
    old = [one for one in every if rule.is_due(OBSERVATION, one.body["date"], today)]
    given = [one for one in old if one.body["state"] != DRAFT]
    free = [one for one in given if not _is_held(standing, one, people)]
    gone = {one.id for one in given}
    with_photos = [
        one
        for one in every
        if one.id not in gone
        and one.body.get("photos")
        and one.body["state"] != DRAFT
        and rule.is_due(PHOTOS, one.body["date"], today)
    ]
    pictured = [one for one in with_photos if not _is_held(standing, one, people)]
    undecided = [one for one in (*free, *pictured) if one.id in waiting]
    return Due(
        tuple(one for one in free if one.id not in waiting),
        tuple(one for one in pictured if one.id not in waiting),
        tuple(_claims(session, space, rule, standing, today)),
        {OBSERVATION: len(given) - len(free), PHOTOS: len(with_photos) - len(pictured)},
        len(undecided),
        len(old) - len(given),
    )


def beside(session: Session, space: str, gone: Iterable[Line]) -> list[Line]:
    """What goes with these observations: what is about them, and visits of which nothing stays."""
    ids = {one.id for one in gone}
    visits = {one.body["visit"] for one in gone}
    about = [
        one
        for one in concerned.of_kinds(session, space, OF_OBSERVATION)
        if one.body["observation"] in ids
    ]
    staying = {
        one.body["visit"]
        for one in concerned.of_kinds(session, space, (OBSERVATION,))
        if one.id not in ids
    }
    empty = visits - staying
    there = concerned.of_kinds(session, space, OF_VISIT)
    return [*about, *(one for one in there if _visit_of(one) in empty)]


def _visit_of(one: Line) -> Any:
    return one.id if one.kind == "visit" else one.body.get("visit")


def _is_held(standing: Held, one: Line, teachers: Mapping[str, frozenset[str]]) -> bool:
    return standing.holds(one.body, teachers.get(one.body["visit"], frozenset()))


def _teachers(session: Session, space: str) -> dict[str, frozenset[str]]:
    """Of each visit the teachers whose room it was, as far as they claimed it."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in concerned.of_kinds(session, space, ("claim_question",)):
        if one.body.get(ANSWER, {}).get("yes"):
            found[one.body["visit"]].add(one.body["teacher"])
    return {visit: frozenset(people) for visit, people in found.items()}


def _claims(session: Session, space: str, rule: Rule, standing: Held, today: str) -> Iterable[Line]:
    """Consents about a day of which everything is gone."""
    for one in concerned.of_kinds(session, space, ("claim",)):
        if rule.is_due(OBSERVATION, one.body["date"], today) and not standing.holds(one.body):
            under = concerned.in_scope(
                session, space, claimed_scope(one.id), ("released_copy", "reply", "claim_question")
            )
            if not under:
                yield one
