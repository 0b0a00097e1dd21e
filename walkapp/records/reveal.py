"""What a team sees of each other, and from when (rulings 1-4).

An observation made in a team's walk is *together*: until its visit is *revealed* it leaves the
server to nobody but its observer, not even to a principal of the school. A visit is revealed when
everybody of the team has given theirs, or when the walk's lead says so. From then on the team and
the school's desk read it, and what was rated stays as it was.

The service itself marks the records, in the transaction of the change that led to it: who may see
what then stands in each record, and no rule has to ask another one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import NAMESPACE_OID, uuid5

from walkapp.sync.change import Change
from walkapp.sync.record import Record

from ..access.scopes import team_scope, within_scope
from ..access.teams import Team, team_of
from .steps import DRAFT
from .values import moment, record_id, shape_of

TOGETHER, REVEALED = "together", "revealed"
SERVICES = frozenset({TOGETHER, REVEALED})  # nobody but the service says these of an observation
MOST = 10_000  # visits and observations of one walk, far more than there can be

# `by` is the lead who did not wait; without it everybody had given theirs.
is_reveal = shape_of({"at": moment}, {"by": record_id})

_ABOUT = frozenset({"walk", "visit", "observation", "consensus"})


class Finder(Protocol):
    """The part of the log that is asked here."""

    def head(self) -> Any: ...
    def thin(
        self, after: int, upto: int, scopes: frozenset[str] | None, limit: int
    ) -> list[tuple[int, str]]: ...
    def records(self, ids: Iterable[str]) -> dict[str, Record]: ...


@dataclass(slots=True)
class _Walk:
    """A team's walk as it stands after a push, and what the service has to say of it."""

    team: Team
    visits: Mapping[str, Record]
    observations: list[Record]
    agreed: list[Record]
    now: int


def follow(log: Finder, changed: Sequence[Record], since: int, now: int) -> list[Change]:
    """What the service marks because of these records, made or changed since that seq.

    Said twice it is the same: what is marked already is not marked again.
    """
    about = [record for record in changed if record.kind in _ABOUT]
    ids = {record.id if record.kind == "walk" else record.body["walk"] for record in about}
    if not ids:
        return []
    walks = log.records(ids).values()
    return [
        change
        for walk in walks
        if walk.kind == "walk" and "team" in walk.body and not walk.removed
        for change in _marks(_read(log, walk, about, since, now))
    ]


def _read(log: Finder, walk: Record, about: Iterable[Record], since: int, now: int) -> _Walk:
    found = _within(log, {team_scope(walk.id), within_scope(walk.id)})
    visits = {record.id: record for record in found if record.kind == "visit"}
    known = {record.id: record for record in found if record.kind == "observation"}
    agreed = [record for record in found if record.kind == "consensus"]
    new = {
        record.id: record
        for record in about
        if record.kind == "observation"
        and record.body["walk"] == walk.id
        and not record.removed
        and _may_become_together(record, since)
    }
    team = team_of(walk.id, walk.body)
    return _Walk(team, visits, [*(new | known).values()], agreed, now)


def _within(log: Finder, scopes: set[str]) -> list[Record]:
    ids = [id for _, id in log.thin(0, log.head().seq, frozenset(scopes), MOST)]
    return [record for record in log.records(ids).values() if not record.removed]


def _may_become_together(record: Record, since: int) -> bool:
    """Begun just now, or never given: what a desk has read is not taken from it."""
    is_new = record.ver[""][0] > since
    return is_new or (record.body["state"] == DRAFT and "returned" not in record.body)


def _marks(walk: _Walk) -> Iterator[Change]:
    for record in walk.observations:
        if not record.body.get(TOGETHER):
            yield _mark(record, TOGETHER, True, walk.now)
    for visit in walk.visits.values():
        given = [one for one in walk.observations if _is_given(one, visit)]
        reveal = visit.body.get(REVEALED)
        if reveal is None and {one.body["observer"] for one in given} >= walk.team.members:
            reveal = {"at": walk.now}
            yield _mark(visit, REVEALED, reveal, walk.now)
        if reveal is not None:
            agreed = [one for one in walk.agreed if one.body["visit"] == visit.id]
            hidden = (one for one in [*given, *agreed] if _is_hidden(one))
            yield from (_mark(one, REVEALED, reveal, walk.now) for one in hidden)


def _is_given(record: Record, visit: Record) -> bool:
    return record.body["visit"] == visit.id and record.body["state"] != DRAFT


def _is_hidden(record: Record) -> bool:
    return REVEALED not in record.body


def _mark(record: Record, path: str, value: Any, now: int) -> Change:
    # The same mark of the same version has the same name, however often it is worked out.
    cid = uuid5(NAMESPACE_OID, f"{record.id}/{path}/{record.seq}")
    return Change(str(cid), record.kind, record.id, now, set={path: value}, base=record.seq)
