"""The log of a space kept in SQL: the same statements on SQLite and PostgreSQL.

The session's transaction is the caller's (`database.writing`, `database.reading`). Seqs are given
out only while the feed row is locked, and the lock ends with the transaction, so every reader
sees a prefix: a counter or a clock taken before the commit would let a slower writer's rows
appear behind a cursor that has passed them.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from typing import Any, cast

from sqlalchemy import (
    Delete,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from walkapp.sync.change import Body
from walkapp.sync.errors import Refusal
from walkapp.sync.log import EMPTY_TAG, Batch, Head, Judged, Scopes, Stamp
from walkapp.sync.record import Record
from walkapp.sync.unread import Unread

from .models import Audience, ChangeRow, Commit, Feed, Gone, RecordRow

IDS_PER_STATEMENT = 500
STAMP = tuple(field.name for field in fields(Stamp))
JUDGED = tuple(field.name for field in fields(Judged))
CHANGING = ("seq", "body", "ver", "removed", "digest")  # what an update of a record can touch

FEED, COMMIT, RECORD, CHANGE, AUDIENCE, GONE = (
    cast(Table, model.__table__) for model in (Feed, Commit, RecordRow, ChangeRow, Audience, Gone)
)


class SqlLog:
    """The port of `sync.log` over one session and one space."""

    def __init__(self, session: Session, space: str, *, unread: bool = False) -> None:
        """With `unread` the bodies of `rows` are left as text, for who only hands them on."""
        self._session = session
        self._space = space
        self._row = _unread if unread else _record

    def lock(self) -> Head:
        """Take the feed row; on SQLite the transaction was begun IMMEDIATE and is the lock."""
        taken = select(FEED.c.seq).where(FEED.c.space == self._space).with_for_update()
        if self._session.execute(taken).first() is None:
            self._begin_feed()
            self._session.execute(taken)
        return self.head()

    def head(self) -> Head:
        """The newest commit this transaction can see."""
        newest = (
            select(FEED.c.seq, COMMIT.c.tag, FEED.c.floor)
            .outerjoin_from(
                FEED, COMMIT, (COMMIT.c.space == FEED.c.space) & (COMMIT.c.seq == FEED.c.seq)
            )
            .where(FEED.c.space == self._space)
        )
        row = self._session.execute(newest).first()
        return Head(row.seq, row.tag or EMPTY_TAG, row.floor) if row else Head()

    def tags(self, seqs: Iterable[int]) -> dict[int, str]:
        """The names of those commits that ended at one of these seqs."""
        rows = self._in(select(COMMIT.c.seq, COMMIT.c.tag), COMMIT, COMMIT.c.seq, seqs)
        return {row.seq: row.tag for row in rows}

    def stamps(self, seqs: Iterable[int]) -> dict[int, Stamp]:
        """For the seq of each row that is there, the commit that wrote it: the first not before."""
        # A look into the index for each row: joined, PostgreSQL would read every commit there is.
        first = (COMMIT.c.space == self._space) & (COMMIT.c.seq >= RECORD.c.seq)
        parts = [
            select(COMMIT.c[name]).where(first).order_by(COMMIT.c.seq).limit(1).scalar_subquery()
            for name in STAMP
        ]
        query = select(RECORD.c.seq, *parts)
        rows = self._in(query, RECORD, RECORD.c.seq, seqs)
        return {seq: Stamp(*parts) for seq, *parts in rows}

    def judged(self, cids: Iterable[str]) -> dict[str, Judged]:
        """Those of the changes that have been answered before."""
        rows = self._in(select(CHANGE), CHANGE, CHANGE.c.cid, cids)
        return {row.cid: _judged(row) for row in rows}

    def records(self, ids: Iterable[str]) -> dict[str, Record]:
        """Those of the records that are there, removed ones too."""
        records = {
            row.id: _record(row) for row in self._in(select(RECORD), RECORD, RECORD.c.id, ids)
        }
        for id, scopes in self.audiences(records).items():
            records[id].scopes = scopes
        return records

    def audiences(self, ids: Iterable[str]) -> dict[str, frozenset[str]]:
        """The scopes of those of the records that have any."""
        scopes = defaultdict(set)
        for row in self._in(select(AUDIENCE), AUDIENCE, AUDIENCE.c.record, ids):
            scopes[row.record].add(row.scope)
        return {id: frozenset(some) for id, some in scopes.items()}

    def write(self, batch: Batch) -> None:
        """Write the batch in this transaction; the feed row must be locked."""
        if batch.commit:
            self._insert(COMMIT, [asdict(batch.commit)])
            self._advance(batch.commit.seq)
        self._insert(RECORD, [_record_row(record) for record in batch.created])
        self._update_records(batch.updated)
        self._insert(AUDIENCE, [{"record": id, "scope": scope} for id, scope in batch.joined])
        self._leave(batch.left)
        self._insert(CHANGE, [_change_row(judged) for judged in batch.judged])

    def rows(self, after: int, upto: int, scopes: Scopes, limit: int) -> list[Record]:
        """Records of these scopes with after < seq <= upto, by seq; removed ones too."""
        page = self._visible(select(RECORD), after, upto, scopes).limit(limit)
        return [self._row(row) for row in self._session.execute(page)]

    def thin(self, after: int, upto: int, scopes: Scopes, limit: int) -> list[tuple[int, str]]:
        """(seq, id) of the records that `rows` would give, without the removed ones."""
        thin = self._visible(select(RECORD.c.seq, RECORD.c.id), after, upto, scopes)
        thin = thin.where(RECORD.c.removed.is_(False)).limit(limit)
        return [(row.seq, row.id) for row in self._session.execute(thin)]

    def departures(self, after: int, upto: int, scopes: Scopes) -> list[str]:
        """Ids of records that left one of these scopes with after < seq <= upto."""
        if not scopes:
            return []
        left = select(GONE.c.record).where(
            GONE.c.space == self._space,
            GONE.c.seq > after,
            GONE.c.seq <= upto,
            GONE.c.scope.in_(sorted(scopes)),
        )
        return list(dict.fromkeys(self._session.execute(left.order_by(GONE.c.seq)).scalars()))

    def forget_departures(self, before: int) -> int:
        """Let go of what left a scope in commits older than this; the floor that stands then."""
        head = self.lock()
        mine = COMMIT.c.space == self._space
        # The clock may have jumped: only what lies before every newer commit is old.
        recent = select(func.min(COMMIT.c.seq)).where(mine, COMMIT.c.at >= before)
        oldest = self._session.execute(recent).scalar() or head.seq + 1
        last = select(func.max(COMMIT.c.seq)).where(mine, COMMIT.c.seq < oldest)
        floor = max(head.floor, self._session.execute(last).scalar() or 0)
        self._session.execute(update(FEED).where(FEED.c.space == self._space).values(floor=floor))
        self._session.execute(delete(GONE).where(GONE.c.space == self._space, GONE.c.seq <= floor))
        return floor

    def _begin_feed(self) -> None:
        """A space gets its feed row once, whoever comes first."""
        upsert = postgresql.insert if self._dialect() == "postgresql" else sqlite.insert
        row = upsert(FEED).values(space=self._space, seq=0, floor=0)
        self._session.execute(row.on_conflict_do_nothing())

    def _dialect(self) -> str:
        return self._session.get_bind().dialect.name

    def _in(
        self, query: Select[Any], table: Table, column: Any, values: Iterable[Any]
    ) -> Iterator[Any]:
        wanted = sorted(set(values))
        for start in range(0, len(wanted), IDS_PER_STATEMENT):
            some = wanted[start : start + IDS_PER_STATEMENT]
            yield from self._session.execute(
                query.where(table.c.space == self._space, column.in_(some))
            )

    def _visible(self, query: Select[Any], after: int, upto: int, scopes: Scopes) -> Select[Any]:
        between = query.where(
            RECORD.c.space == self._space, RECORD.c.seq > after, RECORD.c.seq <= upto
        ).order_by(RECORD.c.seq)
        if scopes is None:
            return between
        readable = exists().where(
            AUDIENCE.c.space == RECORD.c.space,
            AUDIENCE.c.record == RECORD.c.id,
            AUDIENCE.c.scope.in_(sorted(scopes)),
        )
        return between.where(readable)

    def _advance(self, seq: int) -> None:
        self._session.execute(update(FEED).where(FEED.c.space == self._space).values(seq=seq))

    def _insert(self, table: Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._session.execute(insert(table), [{"space": self._space, **row} for row in rows])

    def _update_records(self, records: Sequence[Record]) -> None:
        rows = [_record_row(record) for record in records]
        self._each(
            update(RECORD)
            .where(RECORD.c.space == self._space, RECORD.c.id == bindparam("of_record"))
            .values({name: bindparam(f"new_{name}") for name in CHANGING}),
            [
                {"of_record": row["id"]} | {f"new_{name}": row[name] for name in CHANGING}
                for row in rows
            ],
        )

    def _leave(self, left: Sequence[tuple[int, str, str]]) -> None:
        self._insert(GONE, [{"seq": seq, "record": id, "scope": scope} for seq, id, scope in left])
        self._each(
            delete(AUDIENCE).where(
                AUDIENCE.c.space == self._space,
                AUDIENCE.c.record == bindparam("of_record"),
                AUDIENCE.c.scope == bindparam("of_scope"),
            ),
            [{"of_record": id, "of_scope": scope} for _, id, scope in left],
        )

    def _each(self, statement: Update | Delete, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._session.connection().execute(statement, rows)


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
        "body": _text(record.body),
        "ver": _text(record.ver),
        "removed": record.removed,
        "digest": record.digest or None,
    }


def _record(row: Any) -> Record:
    body, ver = json.loads(row.body), json.loads(row.ver)
    return Record(
        row.id, row.kind, row.seq, row.owner, body, ver, row.removed,
        digest=row.digest or "", size=len(row.body.encode()),
    )  # fmt: skip


def _unread(row: Any) -> Record:
    if not row.digest:
        return _record(row)  # from before there were digests: its mark needs the body
    body = cast(Body, Unread(row.body))
    return Record(
        row.id, row.kind, row.seq, row.owner, body, {}, row.removed,
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
