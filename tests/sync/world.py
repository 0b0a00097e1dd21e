"""Several tablets, one server, and everything that goes wrong between them; and an oracle."""

import copy
import random
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from walkapp.sync.author import Author
from walkapp.sync.exchange import exchange
from walkapp.sync.log import Judged, Log, MemoryLog
from walkapp.sync.marks import Marks
from walkapp.sync.merge import get
from walkapp.sync.record import TAKEN, Record

from .cards import NOW, RULES, author
from .device import Device, Lost, Row

PEOPLE = ("okoye", "reyes", "lund", "tran")
SCHOOLS = ("oak-hill", "riverside", "pine-ridge")
PATHS = ("title", "mark", "marks/TE1", "marks/TE2", "notes/n1", "notes/n2", "level")
SKEWS = (0, 0, 0, 1_000, -60_000, 10 * 365 * 86_400_000, -10 * 365 * 86_400_000)
PAGES = (2, 5, 50)
QUIET_ROUNDS = 12
MARKS = Marks("the district", b"kept away from the database")


class Keeper(Protocol):
    """Where the server keeps its log, and how an operator backs it up and puts it back."""

    def open(self) -> AbstractContextManager[Log]: ...
    def backup(self) -> Any: ...
    def restore(self, backup: Any) -> None: ...
    def contents(self) -> tuple[list[Record], list[Judged]]: ...


@dataclass
class InMemory:
    log: MemoryLog = field(default_factory=MemoryLog)

    @contextmanager
    def open(self) -> Iterator[Log]:
        yield self.log

    def backup(self) -> Any:
        return copy.deepcopy(self.log)

    def restore(self, backup: Any) -> None:
        self.log = copy.deepcopy(backup)

    def contents(self) -> tuple[list[Record], list[Judged]]:
        return list(self.log.kept.values()), list(self.log.changes.values())


class World:
    """`chance` decides everything that is not said by the caller, so a run can be repeated."""

    def __init__(self, chance: random.Random, keeper: Keeper | None = None) -> None:
        self.chance = chance
        self.keeper = keeper or InMemory()
        self.clock = NOW
        self.counter = 0
        self.grants = {person: {SCHOOLS[0], SCHOOLS[n % 3]} for n, person in enumerate(PEOPLE)}
        self.devices = [Device(PEOPLE[n % 4], SKEWS[n % len(SKEWS)]) for n in range(6)]
        self.devices[-1].schema = 1  # an app from before there were marks
        self.blank = self.keeper.backup()
        self.backups = [self.blank]
        self.ghosts: list[tuple[Device, dict[str, Any]]] = []
        self.seen: dict[tuple[str, str], Any] = {}  # (cid, path) -> what the screen showed
        self.written: dict[str, dict[str, Any]] = {}  # cid -> the change, as first made
        self.evicted: set[str] = set()
        self.restores = 0
        # What each tablet held when the server last lost something: (tablet, record, values)
        self.held: list[tuple[Device, str, set[Any]]] = []

    # What people do

    def write(self, device: Device) -> None:
        """A new card, or an edit of one that the person sees."""
        ids = [id for id in device.rows if device.shown(id) is not None]
        ids += [c["id"] for c in device.outbox if "new" in c and device.shown(c["id"]) is not None]
        schools = sorted(self.grants[device.person])
        if schools and (not ids or self.chance.random() < 0.3):
            self._create(device, self.chance.choice(schools))
        elif ids:
            self._edit(device, self.chance.choice(ids))

    def _create(self, device: Device, school: str) -> None:
        body = {"school": school, "owner": device.person, "mark": self._fresh()}
        cid, id = _uuid(self._fresh()), _uuid(self._fresh())
        device.write_new(cid, id, self.clock, body)
        self.written[cid] = copy.deepcopy(device.outbox[-1])

    def _edit(self, device: Device, id: str) -> None:
        cid, values = _uuid(self._fresh()), self._values(device)
        shown = device.shown(id) or {}
        self.seen |= {(cid, path): get(shown, path) for path in values if path}
        device.write_set(cid, id, self.clock, values)
        self.written[cid] = copy.deepcopy(device.outbox[-1])

    def _values(self, device: Device) -> dict[str, Any]:
        roll = self.chance.random()
        if roll < 0.05:
            return {"": None}
        if roll < 0.12:
            return {"private": self.chance.choice((True, False))}
        if roll < 0.2:
            return {"school": self.chance.choice(SCHOOLS)}
        paths = self.chance.sample(PATHS, self.chance.randint(1, 3))
        return {path: None if self.chance.random() < 0.15 else self._fresh() for path in paths}

    def change_rights(self) -> None:
        person, school = self.chance.choice(PEOPLE), self.chance.choice(SCHOOLS)
        self.grants[person] ^= {school}

    # What goes wrong

    def sync(self, device: Device, faulty: bool = False) -> None:
        """One attempt; a faulty network loses requests and answers, and keeps some as ghosts."""
        network = self._bad_network if faulty else self._deliver
        try:
            device.sync(network, self.chance.choice((1, 3, 64)), self.chance.choice(PAGES))
        except Lost:
            return
        self._nothing_beyond_rights(device)

    def deliver_a_ghost(self) -> None:
        if self.ghosts:
            self._deliver(*self.chance.choice(self.ghosts))

    def back_up(self) -> None:
        self.backups = [*self.backups[-3:], self.keeper.backup()]

    def restore(self) -> None:
        self._put_back(self.chance.choice(self.backups))

    def replace_server(self) -> None:
        """The machine is gone and so are the backups; its secret was kept elsewhere."""
        self._put_back(self.blank)

    def _put_back(self, backup: Any) -> None:
        self.held = [
            (device, id, _leaves(row.body))
            for device in self.devices
            if device.schema > 1
            for id, row in device.rows.items()
        ]
        self.keeper.restore(backup)
        self.backups = [self.keeper.backup()]
        self.restores += 1

    def clone(self, device: Device) -> None:
        """The same image on a second tablet: same person, same rows, same outbox."""
        if len(self.devices) < 9:
            self.devices.append(copy.deepcopy(device))

    def evict(self, device: Device) -> None:
        """The browser threw everything away; what was not sent is lost, and only that."""
        self.evicted |= {change["cid"] for change in (*device.outbox, *(c for _, c in device.sent))}
        self.evicted |= device.refused.keys()
        where = next(n for n, each in enumerate(self.devices) if each is device)
        self.devices[where] = Device(device.person, device.skew, device.schema)

    def _bad_network(self, device: Device, request: dict[str, Any]) -> dict[str, Any]:
        if self.chance.random() < 0.25:
            self.ghosts = [*self.ghosts[-20:], (device, copy.deepcopy(request))]
        if self.chance.random() < 0.12:
            raise Lost("the request")
        answer = self._deliver(device, request)
        if self.chance.random() < 0.12:
            raise Lost("the answer")
        return answer

    def _deliver(self, device: Device, request: dict[str, Any]) -> dict[str, Any]:
        self.clock += self.chance.randint(0, 50)
        tag = f"{self.chance.getrandbits(48):012x}"
        with self.keeper.open() as log:
            who, marks = self._author(device.person), MARKS if device.schema > 1 else None
            return copy.deepcopy(
                exchange(log, RULES, who, copy.deepcopy(request), self.clock, tag, marks)
            )

    def _author(self, person: str) -> Author:
        return author(person, sorted(self.grants[person]))

    def _fresh(self) -> int:
        self.counter += 1
        return self.counter

    # What must be true

    def settle(self) -> None:
        """All faults stop: every tablet gets rid of its work within a few rounds."""
        for _ in range(QUIET_ROUNDS):
            for device in self.devices:
                self.sync(device)
        assert not [d for d in self.devices if d.outbox or d.walking], "a tablet never came to rest"

    def check(self) -> None:
        records, changes = self.keeper.contents()
        for device in self.devices:
            assert device.rows == self._visible(records, device.person)
        seqs = [record.seq for record in records]
        assert len(seqs) == len(set(seqs))
        self._nothing_written_vanished(records, changes)
        self._nothing_held_vanished(records, changes)
        self._nothing_sent_vanished(changes)
        self._ok_overwrote_only_what_was_seen(changes)

    def _visible(self, records: list[Record], person: str) -> dict[str, Row]:
        who = self._author(person)
        visible = [r for r in records if who.may_see(r.scopes) and not r.removed]
        return {record.id: Row(record.seq, record.body) for record in visible}

    def _nothing_beyond_rights(self, device: Device) -> None:
        if not device.walking:
            records, _ = self.keeper.contents()
            assert device.rows.keys() <= self._visible(records, device.person).keys()

    def _nothing_written_vanished(self, records: list[Record], changes: list[Judged]) -> None:
        """Every accepted value is current, or recorded as overwritten, or kept beside."""
        found = _kept(records, changes)
        for judged in changes:
            if judged.seq is not None and judged.verdict != TAKEN:
                change = self.written[judged.cid]
                values = _leaves(change.get("set") or change.get("new"))
                assert values - {None} <= found[judged.record], change

    def _nothing_held_vanished(self, records: list[Record], changes: list[Judged]) -> None:
        """What any tablet still held when the server lost it is current again, or recorded."""
        found = _kept(records, changes)
        shown = {cid for device in self.devices for cid in device.refused}
        for change in (self.written[cid] for cid in shown):
            found.setdefault(change["id"], set()).update(
                _leaves(change.get("set") or change.get("new"))
            )
        for tablet, record, values in self.held:
            if any(tablet is device for device in self.devices):
                assert values - {None} <= found.get(record, set()), (record, values)

    def _nothing_sent_vanished(self, changes: list[Judged]) -> None:
        """Every change anybody made was accepted, or is shown to them as refused."""
        accepted = {judged.cid for judged in changes if judged.seq is not None}
        shown = {cid for device in self.devices for cid in device.refused}
        assert self.written.keys() - accepted - shown - self.evicted == set()

    def _ok_overwrote_only_what_was_seen(self, changes: list[Judged]) -> None:
        for judged in changes:
            if judged.verdict == "ok" and judged.was:
                for path, value in judged.was.get("overwritten", {}).items():
                    if path and value is not None:
                        assert value in self._seen_by(judged.cid, path)

    def _seen_by(self, cid: str, path: str) -> list[Any]:
        """What the screen showed, and what the author had written there before."""
        change = self.written[cid]
        own = [self.written[each] for each in self._earlier(cid) if each in self.written]
        own_values = [get(c.get("new") or {}, path) for c in own if c["id"] == change["id"]]
        own_values += [(c.get("set") or {}).get(path) for c in own]
        return [self.seen.get((cid, path)), *own_values]

    def _earlier(self, cid: str) -> list[str]:
        order = list(self.written)
        return order[: order.index(cid)] if self.restores else list(self.written[cid]["seen"])


def _kept(records: list[Record], changes: list[Judged]) -> dict[str, set[Any]]:
    """All that stands in a record, and all that was recorded as having stood there."""
    found: dict[str, set[Any]] = {record.id: _leaves(record.body) for record in records}
    for judged in changes:
        found.setdefault(judged.record, set()).update(_leaves(judged.was or {}))
    return found


def _uuid(number: int) -> str:
    """Different from its first digits on, as chance makes them."""
    return str(UUID(int=(number * 0x9E3779B1 % 2**32) << 96 | number))


def _leaves(value: Any) -> set[Any]:
    """Every plain value in it; the values people write are numbers used once."""
    if isinstance(value, dict):
        return set().union(*map(_leaves, value.values())) if value else set()
    return {value}
