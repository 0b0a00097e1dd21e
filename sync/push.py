"""Changes in, verdicts out: each change is judged on its own, all of them are one commit.

The caller holds the space's lock from before the first read to the end of the transaction.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .author import Author
from .canonical import digest
from .change import RECORD, Change, as_sent
from .draft import Draft, draft_of
from .errors import Refusal
from .following import Following
from .incoming import Incoming, wrap
from .log import Batch, Head, Judged, Log
from .merge import Merged, difference, is_taken, merge
from .record import Record
from .rules import Rules
from .verdicts import HELD, MERGED, OK, REFUSED, Verdict

UNKNOWN_RECORD = "unknown-record"
ALREADY_EXISTS = "already-exists"
NEEDS_EARLIER_CHANGE = "needs-earlier-change"
CID_REUSED = "cid-reused"


@dataclass(frozen=True, slots=True)
class Pushed:
    """The verdicts, and what they mean for the rows the device is to be told.

    `head` is the newest commit now. `exact`: seqs of rows it holds as they are. `hidden`: records
    it changed and may not see. `parted`: a record left a scope by it.
    """

    verdicts: dict[str, Verdict]
    head: Head = Head()
    exact: frozenset[int] = frozenset()
    hidden: frozenset[str] = frozenset()
    parted: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """What every judgement needs at hand."""

    draft: Draft
    rules: Rules
    author: Author
    head: Head
    now: int


def push(
    log: Log,
    rules: Rules,
    author: Author,
    changes: Sequence[Incoming],
    now: int,
    tag: str,
    head: Head,
) -> Pushed:
    """Give every change its verdict, in the order they were made, and write them together."""
    pushed, changed = _push(log, rules, author, changes, now, tag, head)
    following = rules.follow(log, author, changed, head.seq, now) if changed else Following(author)
    if not following.changes:
        return pushed
    own = [wrap(change, rules) for change in following.changes]
    then, marked = _push(log, rules, following.author, own, now, tag, pushed.head)
    return _joined(author, pushed, then, {record.id for record in changed}, marked)


def _joined(
    author: Author, pushed: Pushed, then: Pushed, changed: set[str], marked: Sequence[Record]
) -> Pushed:
    """What the author is told: the verdicts of what was sent, and rows as they stand now."""
    again = {r.id: author.may_see(r.scopes) for r in marked if r.id in changed}
    hidden = {id for id, may_see in again.items() if not may_see}
    return replace(
        pushed,
        head=then.head,
        hidden=(pushed.hidden - again.keys()) | hidden,
        parted=pushed.parted or then.parted,
    )


def _push(
    log: Log,
    rules: Rules,
    author: Author,
    changes: Sequence[Incoming],
    now: int,
    tag: str,
    head: Head,
) -> tuple[Pushed, list[Record]]:
    desk = Desk(draft_of(log, changes, head), rules, author, head, now)
    contradicted = _contradicted(changes)
    verdicts = {}
    for incoming in changes:
        verdicts[incoming.cid] = _judge(desk, incoming, incoming.cid in contradicted)
    batch = desk.draft.batch(author, now, tag)
    if batch is not None:
        log.write(batch)
    accepted = {i.change.id for i in changes if i.change and verdicts[i.cid].accepted}
    pushed = Pushed(
        verdicts,
        head=_head_after(head, batch),
        exact=frozenset(run.seq for run in desk.draft.runs.values()),
        hidden=frozenset(id for id in accepted if not _may_see(desk, id)),
        parted=bool(batch and batch.left),
    )
    return pushed, [*batch.created, *batch.updated] if batch else []


def _head_after(head: Head, batch: Batch | None) -> Head:
    commit = batch.commit if batch else None
    return replace(head, seq=commit.seq, tag=commit.tag) if commit else head


def _contradicted(changes: Sequence[Incoming]) -> set[str]:
    """Cids that name two different changes in one request: neither can be answered for."""
    contents = defaultdict(set)
    for incoming in changes:
        contents[incoming.cid].add(incoming.change.said if incoming.change else incoming.hash)
    return {cid for cid, said in contents.items() if len(said) > 1}


def _may_see(desk: Desk, id: str) -> bool:
    record = desk.draft.records.get(id)
    return record is not None and desk.author.may_see(record.scopes)


def _judge(desk: Desk, incoming: Incoming, contradicted: bool) -> Verdict:
    change = incoming.change
    if contradicted:
        return Verdict(REFUSED, None, incoming.hash, Refusal(CID_REUSED, "/cid"))
    if change is None:
        # Not even readable: refused whenever it comes, and not worth remembering.
        return Verdict(REFUSED, None, incoming.hash, incoming.refusal)
    earlier = desk.draft.known.get(change.cid)
    if earlier is not None:
        return _answer_again(desk, change, earlier)
    change = _sobered(desk, change)
    if incoming.refusal is None and _is_back_already(desk, change):
        return _made_before(desk, change)
    refusal = incoming.refusal or _refuse(desk, change)
    return _apply(desk, change) if refusal is None else _turn_down(desk, change, refusal)


def _sobered(desk: Desk, change: Change) -> Change:
    # A clock that runs ahead must not win every tie until that day has come, and a base beyond
    # the head is from a history that was lost: it says nothing about what was seen.
    base = change.base if change.base <= desk.head.seq else 0
    return replace(change, at=min(change.at, desk.now), base=base)


def _answer_again(desk: Desk, change: Change, earlier: Judged) -> Verdict:
    """Sent twice is the same as sent once; only the receipt is for what was sent this time."""
    if (earlier.person, earlier.said) != (desk.author.person, change.said):
        return Verdict(REFUSED, None, change.hash, Refusal(CID_REUSED, "/cid"))
    return Verdict(earlier.verdict, earlier.seq, change.hash, earlier.problem)


def _is_back_already(desk: Desk, change: Change) -> bool:
    """Has another tablet brought back the record that this change once made?"""
    before = desk.draft.records.get(change.id)
    if change.new is None or before is None or before.kind != change.kind:
        return False
    return before.owner == desk.author.person and is_taken(before.ver[RECORD])


def _made_before(desk: Desk, change: Change) -> Verdict:
    """The row that came back holds this change or what followed it; the rest is recorded."""
    before, seq = desk.draft.records[change.id], desk.draft.next_seq()
    maps = desk.rules.maps(change.kind) or ()
    differing = difference(before.body, change.new or {}, maps)
    lost = {path: value for path, value in differing.items() if value is not None}
    _keep(desk, replace(before, seq=seq), change, MERGED)
    verdict = Verdict(MERGED, seq, change.hash)
    return _remember(desk, change, verdict, was=Merged({}, {}, lost=lost).was())


def _refuse(desk: Desk, change: Change) -> Refusal | None:
    before = desk.draft.records.get(change.id)
    return (
        _refuse_orphan(desk, change)
        or _refuse_place(desk, change, before)
        or desk.rules.allow(desk.author, before, change)
        or _refuse_following(desk, change)
    )


def _refuse_orphan(desk: Desk, change: Change) -> Refusal | None:
    # What was written on top of a held change goes where that one went.
    if any(_verdict_of(desk, cid) == HELD for cid in (change.after, *change.seen)):
        return Refusal(NEEDS_EARLIER_CHANGE, "/after", held=True)
    if change.after is not None and _verdict_of(desk, change.after) not in (OK, MERGED):
        return Refusal(NEEDS_EARLIER_CHANGE, "/after")
    return None


def _refuse_following(desk: Desk, change: Change) -> Refusal | None:
    earlier = desk.draft.known.get(change.after or "")
    record = desk.draft.records.get(earlier.record) if earlier else None
    if earlier is None or earlier.seq is None or record is None:
        return None
    return desk.rules.allow_after(change, record, earlier.seq)


def _verdict_of(desk: Desk, cid: str | None) -> str | None:
    earlier = desk.draft.known.get(cid or "")
    return earlier.verdict if earlier and earlier.person == desk.author.person else None


def _refuse_place(desk: Desk, change: Change, before: Record | None) -> Refusal | None:
    if change.new is not None:
        return Refusal(ALREADY_EXISTS, "/id") if before else None
    # Hidden and missing are one case: the answer must not tell which.
    if before is None or before.kind != change.kind or not _may_touch(desk.author, before):
        return Refusal(UNKNOWN_RECORD, "/id")
    return None


def _may_touch(author: Author, record: Record) -> bool:
    return record.owner == author.person or author.may_see(record.scopes)


def _apply(desk: Desk, change: Change) -> Verdict:
    before = desk.draft.records.get(change.id)
    seq = desk.draft.next_seq()
    if before is None:
        _keep(desk, _created(desk.author, change, seq), change, OK)
        return _remember(desk, change, Verdict(OK, seq, change.hash))
    return _merge(desk, before, change, seq)


def _created(author: Author, change: Change, seq: int) -> Record:
    ver = {"": [seq, change.at, change.cid]}
    body = change.new or {}
    return Record(
        change.id, change.kind, seq, author.person, body, ver,
        digest=change.digest or digest(body), text=change.text,
    )  # fmt: skip


def _merge(desk: Desk, before: Record, change: Change, seq: int) -> Verdict:
    merged = merge(before, change, seq, lambda path: desk.rules.merge_rule(change.kind, path))
    after = replace(
        before, seq=seq, body=merged.body, ver=merged.ver, removed=merged.removed,
        digest=digest(merged.body), text="",
    )  # fmt: skip
    verdict = OK if merged.exact and _saw_all(desk, before, change) else MERGED
    _keep(desk, after, change, verdict)
    return _remember(desk, change, Verdict(verdict, seq, change.hash), was=merged.was())


def _saw_all(desk: Desk, before: Record, change: Change) -> bool:
    """Was the row exactly what the author's device showed when the change was made?"""
    run = desk.draft.runs.get(before.id)
    return change.base == (run.base if run else before.seq)


def _keep(desk: Desk, record: Record, change: Change, verdict: str) -> None:
    record.scopes = desk.rules.audience(record)
    desk.draft.keep(record, change, verdict)


def _turn_down(desk: Desk, change: Change, refusal: Refusal) -> Verdict:
    if not refusal.held:
        return _remember(desk, change, Verdict(REFUSED, None, change.hash, refusal))
    # A commit, though no row: else a server restored to before it could not be told from this one.
    desk.draft.next_seq()
    verdict = Verdict(HELD, None, change.hash, refusal)
    return _remember(desk, change, verdict, kept=as_sent(change))


def _remember(
    desk: Desk,
    change: Change,
    verdict: Verdict,
    was: dict[str, dict[str, object]] | None = None,
    kept: dict[str, object] | None = None,
) -> Verdict:
    desk.draft.remember(
        Judged(
            cid=change.cid,
            record=change.id,
            person=desk.author.person,
            device=desk.author.device,
            seq=verdict.seq,
            at=change.at,
            received_at=desk.now,
            said=change.said,
            verdict=verdict.verdict,
            problem=verdict.problem,
            was=was,
            kept=kept,
        )
    )
    return verdict
