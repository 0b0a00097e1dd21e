"""The log of a space kept in SQL: the same statements on SQLite and PostgreSQL.

The session's transaction is the caller's (`database.writing`, `database.reading`). Seqs are given
out only while the feed row is locked, and the lock ends with the transaction, so every reader
sees a prefix: a counter or a clock taken before the commit would let a slower writer's rows
appear behind a cursor that has passed them.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any, cast

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from walkapp.sync.change import Body
from walkapp.sync.errors import Refusal
from walkapp.sync.log import EMPTY_TAG, Batch, Head, Judged, Scopes, Stamp
from walkapp.sync.record import Record
from walkapp.sync.unread import Unread

from . import log_statements as sql
from .log_statements import COMMIT, FEED, GONE

JUDGED = tuple(field.name for field in fields(Judged))


class SqlLog:
    """The port of `sync.log` over one session and one space."""

    def __init__(self, session: Session, space: str, *, unread: bool = False) -> None:
        """With `unread` the bodies of `rows` are left as text, for who only hands them on."""
        self._session = session
        self._space = space
        self._row = _unread if unread else _record

    def lock(self) -> Head:
        """Take the feed row; on SQLite the transaction was begun IMMEDIATE and is the lock."""
        self._take_feed()
        row = self._head_row()
        if row is None:
            self._begin_feed()
            self._take_feed()
            row = self._head_row()
        return _head(row)

    def head(self) -> Head:
        """The newest commit this transaction can see."""
        return _head(self._head_row())

    def tags(self, seqs: Iterable[int]) -> dict[int, str]:
        """The names of those commits that ended at one of these seqs."""
        return {row.seq: row.tag for row in self._some(sql.TAGS, seqs)}

    def stamps(self, seqs: Iterable[int]) -> dict[int, Stamp]:
        """For the seq of each row that is there, the commit that wrote it: the first not before."""
        return {seq: Stamp(*stamp) for seq, *stamp in self._some(sql.STAMPS, seqs)}

    def judged(self, cids: Iterable[str]) -> dict[str, Judged]:
        """Those of the changes that have been answered before."""
        return {row.cid: _judged(row) for row in self._some(sql.JUDGED, cids)}

    def records(self, ids: Iterable[str]) -> dict[str, Record]:
        """Those of the records that are there, removed ones too."""
        records = {row.id: _record(row) for row in self._some(sql.RECORDS, ids)}
        for id, scopes in self.audiences(records).items():
            records[id].scopes = scopes
        return records

    def audiences(self, ids: Iterable[str]) -> dict[str, frozenset[str]]:
        """The scopes of those of the records that have any."""
        scopes = defaultdict(set)
        for row in self._some(sql.AUDIENCES, ids):
            scopes[row.record].add(row.scope)
        return {id: frozenset(some) for id, some in scopes.items()}

    def write(self, batch: Batch) -> None:
        """Write the batch in this transaction; the feed row must be locked."""
        if batch.commit:
            self._each(sql.ADD_COMMIT, [asdict(batch.commit)])
            self._each(sql.ADVANCE, [{"seq": batch.commit.seq}])
        self._each(sql.ADD_RECORD, [_record_row(record) for record in batch.created])
        self._each(sql.CHANGE_RECORD, [_record_row(record) for record in batch.updated])
        self._each(sql.JOIN, [{"record": id, "scope": scope} for id, scope in batch.joined])
        self._leave(batch.left)
        self._each(sql.ADD_CHANGE, [_change_row(judged) for judged in batch.judged])

    def rows(self, after: int, upto: int, scopes: Scopes, limit: int) -> list[Record]:
        """Records of these scopes with after < seq <= upto, by seq; removed ones too."""
        return [self._row(row) for row in self._page(sql.ROWS, after, upto, scopes, limit)]

    def thin(self, after: int, upto: int, scopes: Scopes, limit: int) -> list[tuple[int, str]]:
        """(seq, id) of the records that `rows` would give, without the removed ones."""
        return [(row.seq, row.id) for row in self._page(sql.THIN, after, upto, scopes, limit)]

    def departures(self, after: int, upto: int, scopes: Scopes) -> list[str]:
        """Ids of records that left one of these scopes with after < seq <= upto."""
        if not scopes:
            return []
        left = sql.DEPARTURES.run(
            self._session, space=self._space, after=after, upto=upto, scopes=sorted(scopes)
        )
        return list(dict.fromkeys(left.scalars()))

    def forget_departures(self, before: int) -> int:
        """Let go of what left a scope in commits older than this; the floor that stands then."""
        head = self.lock()
        mine = COMMIT.c.space == self._space
        # The clock may have jumped: only what lies before every newer commit is old.
        recent = select(func.min(COMMIT.c.seq)).where(mine, COMMIT.c.at >= before)
        oldest = self._session.execute(recent).scalar() or head.seq + 1
        last = select(func.max(COMMIT.c.seq)).where(mine, COMMIT.c.seq < oldest)
        floor = max(head.floor, self._session.execute(last).scalar() or 0)
        if floor == head.floor:
            return floor
        self._session.execute(update(FEED).where(FEED.c.space == self._space).values(floor=floor))
        self._session.execute(delete(GONE).where(GONE.c.space == self._space, GONE.c.seq <= floor))
        return floor

    def empty(self, stubs: Mapping[str, Body]) -> None:
        """Let go of what removed records held, and of everything their changes cost or kept; of
        each only its stub stays. Nothing brings that back."""
        self._each(
            sql.EMPTY_RECORD, [{"id": id, "stub": _text(stub)} for id, stub in stubs.items()]
        )
        self._each(sql.EMPTY_CHANGES, [{"id": id} for id in stubs])

    def empty_costs(self, cids: Iterable[str]) -> None:
        """Let go of what these changes overwrote."""
        self._each(sql.EMPTY_CHANGE, [{"id": cid} for cid in cids])

    def _begin_feed(self) -> None:
        """A space gets its feed row once, whoever comes first."""
        upsert = postgresql.insert if self._dialect() == "postgresql" else sqlite.insert
        row = upsert(FEED).values(space=self._space, seq=0, floor=0)
        self._session.execute(row.on_conflict_do_nothing())

    def _take_feed(self) -> None:
        if self._dialect() == "postgresql":
            sql.TAKE_FEED.run(self._session, space=self._space)

    def _head_row(self) -> Any:
        return sql.HEAD.run(self._session, space=self._space).first()

    def _dialect(self) -> str:
        return self._session.get_bind().dialect.name

    def _some(self, statement: sql.Ready, values: Iterable[Any]) -> Sequence[Any]:
        wanted = sorted(set(values))
        return statement.run(self._session, space=self._space, some=wanted).all() if wanted else []

    def _page(
        self, page: sql.Page, after: int, upto: int, scopes: Scopes, limit: int
    ) -> Sequence[Any]:
        between = {"space": self._space, "after": after, "upto": upto, "limit": limit}
        if scopes is None:
            return page.all.run(self._session, **between).all()
        return page.visible.run(self._session, **between, scopes=sorted(scopes)).all()

    def _leave(self, left: Sequence[tuple[int, str, str]]) -> None:
        rows = [{"seq": seq, "record": id, "scope": scope} for seq, id, scope in left]
        self._each(sql.ADD_DEPARTURE, rows)
        self._each(sql.LEAVE, rows)

    def _each(self, statement: sql.Ready, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            row["space"] = self._space
        statement.run_each(self._session, rows)


def _head(row: Any) -> Head:
    return Head(row.seq, row.tag or EMPTY_TAG, row.floor) if row else Head()


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _record_row(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "kind": record.kind,
        "seq": record.seq,
        "owner": record.owner,
        "body": record.text or _text(record.body),
        "ver": _text(record.ver),
        "removed": record.removed,
        "digest": record.digest or None,
    }


def _record(row: Any) -> Record:
    body, ver = json.loads(row.body), json.loads(row.ver)
    return Record(
        row.id, row.kind, row.seq, row.owner, body, ver, bool(row.removed),
        digest=row.digest or "", size=len(row.body.encode()),
    )  # fmt: skip


def _unread(row: Any) -> Record:
    if not row.digest:
        return _record(row)  # from before there were digests: its mark needs the body
    body = cast(Body, Unread(row.body))
    return Record(
        row.id, row.kind, row.seq, row.owner, body, {}, bool(row.removed),
        digest=row.digest, size=len(row.body.encode()),
    )  # fmt: skip


def _change_row(judged: Judged) -> dict[str, Any]:
    # Field by field: `asdict` copies what lies deep inside, and this is done for every change.
    row = {name: getattr(judged, name) for name in JUDGED}
    row["problem"] = _text(asdict(judged.problem)) if judged.problem else None
    return row | {"was": _text(judged.was), "kept": _text(judged.kept)}


def _judged(row: Any) -> Judged:
    texts = {name: json.loads(getattr(row, name) or "null") for name in ("problem", "was", "kept")}
    problem = Refusal(**texts["problem"]) if texts["problem"] else None
    return Judged(
        **{
            name: getattr(row, name)
            for name in ("cid", "record", "person", "device", "seq", "at", "received_at", "said")
        },
        verdict=row.verdict,
        problem=problem,
        was=texts["was"],
        kept=texts["kept"],
    )
