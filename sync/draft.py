"""What a push has found and gathered, until it is written in one go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .author import Author
from .change import Change
from .incoming import Incoming
from .log import Batch, Commit, Head, Judged, Log
from .record import Record
from .verdicts import OK


@dataclass(frozen=True, slots=True)
class Run:
    """A row that went from `base` to `seq` by nothing but this author's changes, all of them ok."""

    seq: int
    base: int


class Draft:
    """The records and verdicts of one push: as they were found, then as they are to be written."""

    def __init__(self, head: Head, known: dict[str, Judged], records: dict[str, Record]) -> None:
        self.seq = self._head = head.seq
        self.known = known
        self.records = records
        self.runs: dict[str, Run] = {}
        self._found = dict(records)
        self._judged: list[Judged] = []

    def next_seq(self) -> int:
        self.seq += 1
        return self.seq

    def put(self, record: Record) -> None:
        """The record now stands like this."""
        self.records[record.id] = record

    def keep(self, record: Record, change: Change, verdict: str) -> None:
        """The record now stands like this, by this change."""
        self.put(record)
        if verdict == OK:
            self.runs[record.id] = Run(record.seq, change.base)
        else:
            self.runs.pop(record.id, None)

    def remember(self, judged: Judged) -> None:
        """The change now has its verdict, for this request and every later one."""
        self.known[judged.cid] = judged
        self._judged.append(judged)

    def batch(self, author: Author, now: int, tag: str) -> Batch | None:
        """All of it as one commit, or None when there is nothing to write."""
        if not self._judged:
            return None
        touched = [r for id, r in self.records.items() if r is not self._found.get(id)]
        commit = Commit(self.seq, tag, now, author.account, author.device)
        return Batch(
            judged=self._judged,
            commit=commit if self.seq > self._head else None,
            created=[record for record in touched if record.id not in self._found],
            updated=[record for record in touched if record.id in self._found],
            joined=[(r.id, scope) for r in touched for scope in r.scopes - self._before(r)],
            left=[(r.seq, r.id, scope) for r in touched for scope in self._before(r) - r.scopes],
        )

    def _before(self, record: Record) -> frozenset[str]:
        found = self._found.get(record.id)
        return found.scopes if found else frozenset()


def draft_of(log: Log, changes: Sequence[Incoming], head: Head) -> Draft:
    """Everything these changes may touch or be built on, in two questions to the log."""
    readable = [incoming.change for incoming in changes if incoming.change]
    known = log.judged(_cids(readable))
    return Draft(head, known, log.records(_ids(readable, known)))


def _ids(changes: Iterable[Change], known: Mapping[str, Judged]) -> set[str]:
    """The records of the changes, and those of the changes they come after."""
    earlier = (known.get(change.after or "") for change in changes)
    followed = {judged.record for judged in earlier if judged}
    return followed | {change.id for change in changes}


def _cids(changes: Iterable[Change]) -> set[str]:
    """Every change whose verdict may matter: themselves, and those they were built on."""
    built_on = {cid for change in changes for cid in (*change.seen, change.after) if cid}
    return built_on | {change.cid for change in changes}
