"""The kinds of this service, as the engine asks for them."""

from collections.abc import Mapping, Sequence

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.following import Following
from walkapp.sync.log import Log
from walkapp.sync.record import Record

from ..access.authors import system
from ..rubric import Rubric
from .agreement import AGREEMENT
from .card import CARD
from .claim import CLAIM
from .claim_question import CLAIM_QUESTION
from .claiming import follow_claims
from .coaching_step import COACHING_STEP
from .consensus import CONSENSUS
from .forgetting import allow_forgetting, is_deleted
from .kind import LATEST, Kind, changed_fixed, check_paths, too_large, too_many
from .library import Library, Look
from .next_step import NEXT_STEP
from .observation import OBSERVATION
from .person import PERSON
from .policy import POLICY
from .released_copy import RELEASED_COPY
from .reply import REPLY
from .reveal import follow
from .review import REVIEW
from .room import ROOM
from .rubric import RUBRIC
from .rubric_words import RUBRIC_WORDS
from .school import SCHOOL
from .thank_you import THANK_YOU
from .visit import VISIT
from .visit_room import VISIT_ROOM
from .walk import WALK

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        SCHOOL, ROOM, PERSON, RUBRIC, RUBRIC_WORDS, WALK, VISIT, VISIT_ROOM, OBSERVATION, REVIEW,
        AGREEMENT, COACHING_STEP, THANK_YOU, POLICY, CLAIM, CLAIM_QUESTION, RELEASED_COPY, REPLY,
        CONSENSUS, CARD, NEXT_STEP,
    )
}  # fmt: skip


class WalkRules:
    """`walkapp.sync.rules.Rules` for the records of learning walks."""

    def __init__(self, library: Mapping[str, Rubric], *look: Look) -> None:
        self._library = Library(library, *look)

    def check(self, change: Change) -> Refusal | None:
        kind = KINDS.get(change.kind)
        if kind is None:
            return Refusal("unknown-kind", "/kind")
        if change.new is not None:
            return kind.refuse_new(change, self._library)
        return None if change.removes() else check_paths(kind.body, change.set or {})

    def allow(self, author: Author, before: Record | None, change: Change) -> Refusal | None:
        kind = KINDS[change.kind]
        if before is None:
            return kind.allow_new(author, change)
        if author.ability.forgets or is_deleted(before):
            return allow_forgetting(author, before, change)
        return (
            changed_fixed(kind, before, change)
            or kind.allow_set(author, before, change, self._library)
            or too_many(before, change)
            or too_large(before, change)
        )

    def allow_after(self, change: Change, earlier: Record, seq: int) -> Refusal | None:
        return KINDS[change.kind].allow_after(change, earlier, seq)

    def merge_rule(self, kind: str, path: str) -> str:
        known = KINDS.get(kind)
        return known.merge_rule(path) if known else LATEST

    def maps(self, kind: str) -> frozenset[str] | None:
        known = KINDS.get(kind)
        return known.maps if known else None

    def audience(self, record: Record) -> frozenset[str]:
        return KINDS[record.kind].audience(record)

    def follow(
        self, log: Log, author: Author, changed: Sequence[Record], since: int, now: int
    ) -> Following:
        marks = follow(log, changed, since, now) + follow_claims(log, changed, since, now)
        return Following(system(author.account), marks)


def rules_for(library: Mapping[str, Rubric], *look: Look) -> WalkRules:
    """The rules of this release with the rubric versions there are, by record id; `look` says
    what was published since."""
    return WalkRules(library, *look)
