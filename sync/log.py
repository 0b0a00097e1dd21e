"""What the engine asks of whoever keeps the log of a space: the port, and a keeper in memory.

A keeper gives three promises. Between `lock` and the end of the transaction nobody else writes
to the space. What `write` is given becomes visible as a whole or not at all. A reader sees a
prefix of the history: whoever sees seq 7 sees every seq below it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from .canonical import canonical
from .change import Body
from .errors import Refusal
from .record import Record

Scopes = frozenset[str] | None  # None: every scope there is

EMPTY_TAG = "0"  # the name of a history in which nothing has happened


@dataclass(frozen=True, slots=True)
class Head:
    """The newest commit; below `floor` the markers of departures are no longer kept."""

    seq: int = 0
    tag: str = EMPTY_TAG
    floor: int = 0


@dataclass(frozen=True, slots=True)
class Commit:
    """One accepted batch, named by chance: a rewritten history can be told from this one."""

    seq: int
    tag: str
    at: int
    account: str
    device: str | None


@dataclass(frozen=True, slots=True)
class Stamp:
    """What of a commit a row is told by."""

    seq: int
    tag: str
    at: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A change and what became of it: `was` is what it cost, `kept` a held change whole."""

    cid: str
    record: str
    person: str
    device: str | None
    seq: int | None
    at: int
    received_at: int
    said: str
    verdict: str
    problem: Refusal | None = None
    was: dict[str, Body] | None = None
    kept: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """All that one push changes, to be written together."""

    judged: Sequence[Judged]
    commit: Commit | None = None
    created: Sequence[Record] = ()
    updated: Sequence[Record] = ()
    joined: Sequence[tuple[str, str]] = ()  # (record, scope)
    left: Sequence[tuple[int, str, str]] = ()  # (seq, record, scope)


class Log(Protocol):
    def lock(self) -> Head:
        """Keep every other writer of the space out until the transaction ends; the head then."""

    def head(self) -> Head:
        """The newest commit this reader can see."""

    def tags(self, seqs: Iterable[int]) -> dict[int, str]:
        """The names of those commits that ended at one of these seqs."""

    def stamps(self, seqs: Iterable[int]) -> dict[int, Stamp]:
        """For the seq of each row that is there, the commit that wrote it."""

    def judged(self, cids: Iterable[str]) -> dict[str, Judged]:
        """Those of the changes that have been answered before."""

    def records(self, ids: Iterable[str]) -> dict[str, Record]:
        """Those of the records that are there, removed ones too, as copies."""

    def audiences(self, ids: Iterable[str]) -> dict[str, frozenset[str]]:
        """The scopes of those of the records that have any."""

    def write(self, batch: Batch) -> None:
        """Write the batch; the transaction it belongs to is the caller's."""

    def rows(self, after: int, upto: int, scopes: Scopes, limit: int) -> list[Record]:
        """Records of these scopes with after < seq <= upto, by seq; removed ones too.

        They are for reading: their own scopes need not be filled in, their sizes are.
        """

    def thin(self, after: int, upto: int, scopes: Scopes, limit: int) -> list[tuple[int, str]]:
        """(seq, id) of the records that `rows` would give, without the removed ones."""

    def departures(self, after: int, upto: int, scopes: Scopes) -> list[str]:
        """Ids of records that left one of these scopes with after < seq <= upto."""

    def forget_departures(self, before: int) -> int:
        """Let go of what left a scope in commits older than this; the floor that stands then."""


@dataclass(slots=True)
class MemoryLog:
    """A log in memory, for tests and for reading: the shortest keeper of the port's promises."""

    floor: int = 0
    commits: dict[int, Commit] = field(default_factory=dict)
    changes: dict[str, Judged] = field(default_factory=dict)
    kept: dict[str, Record] = field(default_factory=dict)
    gone: list[tuple[int, str, str]] = field(default_factory=list)

    def lock(self) -> Head:
        return self.head()

    def head(self) -> Head:
        if not self.commits:
            return Head(floor=self.floor)
        newest = max(self.commits)
        return Head(newest, self.commits[newest].tag, self.floor)

    def tags(self, seqs: Iterable[int]) -> dict[int, str]:
        return {seq: self.commits[seq].tag for seq in seqs if seq in self.commits}

    def stamps(self, seqs: Iterable[int]) -> dict[int, Stamp]:
        ends, rows = sorted(self.commits), {record.seq for record in self.kept.values()}
        found = {s: self.commits[ends[bisect_left(ends, s)]] for s in seqs if s in rows}
        return {seq: Stamp(each.seq, each.tag, each.at) for seq, each in found.items()}

    def judged(self, cids: Iterable[str]) -> dict[str, Judged]:
        return {cid: self.changes[cid] for cid in cids if cid in self.changes}

    def records(self, ids: Iterable[str]) -> dict[str, Record]:
        return {id: replace(self.kept[id]) for id in ids if id in self.kept}

    def audiences(self, ids: Iterable[str]) -> dict[str, frozenset[str]]:
        return {id: self.kept[id].scopes for id in ids if id in self.kept and self.kept[id].scopes}

    def write(self, batch: Batch) -> None:
        if batch.commit:
            self.commits[batch.commit.seq] = batch.commit
        for record in (*batch.created, *batch.updated):
            self.kept[record.id] = replace(record, size=len(canonical(record.body).encode()))
        self.gone.extend(batch.left)
        self.changes |= {judged.cid: judged for judged in batch.judged}

    def rows(self, after: int, upto: int, scopes: Scopes, limit: int) -> list[Record]:
        between = [r for r in self.kept.values() if after < r.seq <= upto]
        visible = [replace(r) for r in between if scopes is None or r.scopes & scopes]
        return sorted(visible, key=lambda record: record.seq)[:limit]

    def thin(self, after: int, upto: int, scopes: Scopes, limit: int) -> list[tuple[int, str]]:
        rows = self.rows(after, upto, scopes, len(self.kept))
        return [(record.seq, record.id) for record in rows if not record.removed][:limit]

    def departures(self, after: int, upto: int, scopes: Scopes) -> list[str]:
        if scopes is None:
            return []
        left = [id for seq, id, scope in self.gone if after < seq <= upto and scope in scopes]
        return list(dict.fromkeys(left))

    def forget_departures(self, before: int) -> int:
        recent = [commit.seq for commit in self.commits.values() if commit.at >= before]
        oldest = min(recent, default=self.head().seq + 1)
        self.floor = max([self.floor, *(seq for seq in self.commits if seq < oldest)])
        self.gone = [each for each in self.gone if each[0] > self.floor]
        return self.floor
