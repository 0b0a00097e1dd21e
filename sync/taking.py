"""Rows of a lost history come back: the server was restored, and a tablet still holds them.

A row is taken whoever brings it, because its mark says that this server gave it out. It is laid
over what is there as one change of the service that had seen everything up to the newest commit
both know (`common`): what was written since and is newer stands, what gives way is recorded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .author import Author
from .canonical import digest
from .change import RECORD, Change
from .draft import Draft
from .log import Head, Judged, Log
from .merge import Merged, Writer, difference, is_taken, lay, lose, order, writers
from .offer import Offer
from .record import REMOVAL, TAKEN, Record
from .rules import Rules

KNOWN = "known"  # the history has moved on from this row, or another tablet brought it before
REFUSED = "refused"  # not a row of this server, or of a kind it does not keep

Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Desk:
    draft: Draft
    rules: Rules
    author: Author
    history: Mapping[int, str]  # seq -> tag of the commits the marks speak of
    common: int
    now: int


def take(
    log: Log,
    rules: Rules,
    author: Author,
    offers: Sequence[Offer],
    common: int,
    now: int,
    tag: str,
    head: Head,
) -> Answers:
    """Answer every offer and write what came back as one commit; the space must be locked."""
    if not offers:
        return {}
    ours = [offer for offer in offers if offer.proof]
    draft = Draft(
        head, log.judged(offer.cid for offer in ours), log.records(offer.id for offer in ours)
    )
    history = log.tags(offer.proof.commit for offer in ours if offer.proof)
    desk = Desk(draft, rules, author, history, common, now)
    answers: Answers = {}
    for offer in offers:
        word = _judge(desk, offer)
        # An id may come twice, with an older row kept beside: the device keeps what was refused.
        answers[offer.id] = REFUSED if REFUSED in (word, answers.get(offer.id)) else word
    batch = draft.batch(author, now, tag)
    if batch is not None:
        log.write(batch)
    return answers


def _judge(desk: Desk, offer: Offer) -> str:
    proof, maps = offer.proof, desk.rules.maps(offer.kind)
    if proof is None or maps is None:
        return REFUSED
    if desk.history.get(proof.commit) == proof.tag or offer.cid in desk.draft.known:
        return KNOWN
    # A clock of ours that ran ahead must not win every tie until that day has come.
    at = min(proof.at, desk.now)
    before = desk.draft.records.get(offer.id)
    if before is None:
        return _bring_back(desk, offer, proof.owner, at)
    if before.kind != offer.kind:
        return REFUSED
    change = Change(
        offer.cid, offer.kind, offer.id, at,
        set=difference(before.body, offer.body, maps), base=min(desk.common, proof.commit - 1),
    )  # fmt: skip
    return _lay_over(desk, before, change) if change.set or before.removed else KNOWN


def _bring_back(desk: Desk, offer: Offer, owner: str, at: int) -> str:
    seq = desk.draft.next_seq()
    ver = {RECORD: [seq, at, offer.cid, TAKEN]}
    record = Record(offer.id, offer.kind, seq, owner, offer.body, ver, digest=offer.digest)
    _put(desk, record)
    return _remember(desk, offer.cid, record.id, at, seq)


def _lay_over(desk: Desk, before: Record, change: Change) -> str:
    merged = come_back(before, change, desk.draft.seq + 1)
    if merged.body is before.body and merged.removed == before.removed:
        return _remember(desk, change.cid, before.id, change.at, None, merged)
    seq = desk.draft.next_seq()
    _put(desk, replace(
        before, seq=seq, body=merged.body, ver=merged.ver, removed=merged.removed,
        digest=digest(merged.body), text="",
    ))  # fmt: skip
    return _remember(desk, change.cid, before.id, change.at, seq, merged)


def come_back(record: Record, change: Change, seq: int) -> Merged:
    """Lay a row that came back over the record; the later (`at`, `cid`) stands, on every path."""
    merged = Merged(record.body, dict(record.ver), record.removed)
    writer: Writer = [seq, change.at, change.cid, TAKEN]
    if record.removed and _was_removed_later(record, change):
        merged.lost = dict(change.set or {})
        return merged
    merged.removed = False
    merged.ver.pop(REMOVAL, None)
    for path, value in (change.set or {}).items():
        unseen = [each for each in writers(merged.ver, path) if not _was_seen(each, change)]
        if all(_gives_way(each, writer, value) for each in unseen):
            lay(merged, writer, path, value)
        else:
            lose(merged, path, value)
    return merged


def _was_removed_later(record: Record, change: Change) -> bool:
    removal = record.ver.get(REMOVAL)
    if record.seq <= change.base and (removal is None or _was_seen(removal, change)):
        return False  # the row was made after the removal was known
    return removal is None or order(removal) > (change.at, change.cid)


def _was_seen(writer: Writer, change: Change) -> bool:
    # How far the histories agree is what the tablet says; that nobody knows beforehand is certain.
    return bool(writer[0] <= change.base and writer[1] <= change.at)


def _gives_way(rival: Writer, writer: Writer, value: object) -> bool:
    # Not having a value is no proof of having taken it away, unless an older such row had it.
    if value is None and not is_taken(rival):
        return False
    return order(writer) > order(rival)


def _put(desk: Desk, record: Record) -> None:
    record.scopes = desk.rules.audience(record)
    desk.draft.put(record)


def _remember(
    desk: Desk, cid: str, record: str, at: int, seq: int | None, merged: Merged | None = None
) -> str:
    """The row was taken under this cid, and is known from now on."""
    desk.draft.remember(
        Judged(
            cid=cid,
            record=record,
            person=desk.author.person,
            device=desk.author.device,
            seq=seq,
            at=at,
            received_at=desk.now,
            said=cid,
            verdict=TAKEN,
            was=merged.was() if merged else None,
        )
    )
    return TAKEN
