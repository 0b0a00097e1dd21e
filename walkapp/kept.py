"""Work that was held because its author's right was over, and the lead's decision about it.

A held change is never applied, dropped or altered by itself. Taking it in writes new changes that
say the same, in the author's name; declining writes only that it was declined. Both leave the
held change where it is.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.orm import Session

from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.exchange import append
from walkapp.sync.rules import Rules

from . import access
from .log import SqlLog
from .membership import bonds_of, grants_of_person
from .models import KeptDecision
from .notices import TellingLog
from .organisation.audit import note as note_audit
from .projections import catch_up
from .queries.kept import KeptChange, kept_changes

TAKEN, DECLINED = "taken", "declined"
TAG_BYTES = 6


@dataclass(frozen=True, slots=True)
class Lead:
    """Who decides, and in which space."""

    space: str
    account: str


class NothingKept(Exception):
    """There is nothing of this person about this record that waits for a decision."""


class CannotTakeIn(Exception):
    """The changes do not fit the record any more; nothing was applied and nothing decided."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


def take_in(
    session: Session, rules: Rules, lead: Lead, record: str, person: str, note: str, now: int
) -> None:
    """Apply all that waits of this person about this record, in the order it was made, or none.

    The author's rights count as they were. Raises NothingKept and CannotTakeIn.
    """
    log, tag = TellingLog(session, lead.space), secrets.token_hex(TAG_BYTES)
    log.lock()  # before anything is read: another lead may be deciding about the same
    waiting = _undecided(session, lead.space, record, person)
    author = access.as_before(
        lead.space, person, lead.account, grants_of_person(session, lead.space, person), now,
        bonds_of(session, lead.space, person),
    )  # fmt: skip
    taken = _taken_before(session, lead.space)
    changes = [_again(one, taken | {each.cid for each in waiting}) for one in waiting]
    verdicts = append(log, rules, author, changes, now, tag)
    refusal = next((v.problem for v in verdicts.values() if v.problem is not None), None)
    if refusal is not None:
        raise CannotTakeIn(refusal)
    _decide(session, lead, waiting, TAKEN, note, now)
    catch_up(session, lead.space)


def decline(session: Session, lead: Lead, record: str, person: str, note: str, now: int) -> None:
    """Leave it out of the record; what was written stays kept. Raises NothingKept."""
    SqlLog(session, lead.space).lock()
    _decide(session, lead, _undecided(session, lead.space, record, person), DECLINED, note, now)


def _undecided(session: Session, space: str, record: str, person: str) -> list[KeptChange]:
    kept = kept_changes(session, space, record, person)
    waiting = [one for one in kept if one.decision is None]
    if not waiting:
        raise NothingKept
    return list(_in_order(waiting))


def _in_order(waiting: Sequence[KeptChange]) -> Iterator[KeptChange]:
    """What a change was built on comes before it; else by the author's own clock."""
    left = {one.cid: one for one in sorted(waiting, key=lambda one: (one.at, one.cid))}
    while left:
        ready = [one for one in left.values() if not _built_on(one) & left.keys()]
        # A ring can only be forged; then any order is as good.
        first = ready[0] if ready else next(iter(left.values()))
        del left[first.cid]
        yield first


def _built_on(one: KeptChange) -> set[str]:
    return {cid for cid in (one.change.get("after"), *one.change.get("seen", ())) if cid}


def _taken_before(session: Session, space: str) -> set[str]:
    return {one.cid for one in kept_changes(session, space) if one.decision == TAKEN}


def _again(one: KeptChange, taken: set[str]) -> Change:
    """The same change under a name of its own: the old one is answered for, and stays so."""
    sent = one.change
    change = Change(**{**sent, "cid": taken_cid(one.cid), "seen": tuple(sent.get("seen", ()))})
    return replace(
        change,
        seen=tuple(taken_cid(cid) if cid in taken else cid for cid in change.seen),
        after=taken_cid(change.after) if change.after in taken else change.after,
    )


def taken_cid(cid: str | None) -> str:
    """The id under which a held change is applied; the same whoever takes it in, however often."""
    return str(uuid5(UUID(cid) if cid else NAMESPACE_URL, "taken in"))


def _decide(
    session: Session, lead: Lead, waiting: Sequence[KeptChange], decision: str, note: str, now: int
) -> None:
    for one in waiting:
        row = KeptDecision(
            space=lead.space, cid=one.cid, decision=decision, note=note, by=lead.account, at=now
        )
        session.add(row)
    verb = "take-in-kept" if decision == TAKEN else "decline-kept"
    first = waiting[0]
    note_audit(
        session, lead.space, lead.account, verb, first.person, now,
        record=first.record, changes=len(waiting),
    )  # fmt: skip
