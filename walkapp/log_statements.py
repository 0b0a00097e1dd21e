"""What `SqlLog` says to the database, each statement made once."""

from dataclasses import dataclass, fields
from typing import Any, cast

from sqlalchemy import (
    Integer,
    Select,
    Table,
    bindparam,
    delete,
    exists,
    insert,
    null,
    select,
    update,
)

from walkapp.sync.log import Stamp

from .models import Audience, ChangeRow, Commit, Feed, Gone, RecordRow
from .ready import OneOf, Ready

FEED, COMMIT, RECORD, CHANGE, AUDIENCE, GONE = (
    cast(Table, model.__table__) for model in (Feed, Commit, RecordRow, ChangeRow, Audience, Gone)
)
STAMP = tuple(field.name for field in fields(Stamp))
CHANGING = ("seq", "body", "ver", "removed", "digest")  # what an update of a record can touch


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the feed by seq: of every scope, or of those that are handed in."""

    all: Ready
    visible: Ready


def _here(table: Table) -> Any:
    # By another name than the column's: an update could not tell the two apart.
    return table.c.space == bindparam("space")


def _some(query: Select[Any], column: Any) -> Ready:
    return Ready(query.where(_here(column.table), OneOf(column, "some")))


def _page(query: Select[Any]) -> Page:
    between = (
        query.where(
            _here(RECORD), RECORD.c.seq > bindparam("after"), RECORD.c.seq <= bindparam("upto")
        )
        .order_by(RECORD.c.seq)
        .limit(bindparam("limit", type_=Integer))
    )
    readable = exists().where(
        AUDIENCE.c.space == RECORD.c.space,
        AUDIENCE.c.record == RECORD.c.id,
        OneOf(AUDIENCE.c.scope, "scopes"),
    )
    return Page(Ready(between), Ready(between.where(readable)))


def _stamps() -> Ready:
    # A look into the index for each row: joined, PostgreSQL would read every commit there is.
    first = _here(COMMIT) & (COMMIT.c.seq >= RECORD.c.seq)
    parts = [
        select(COMMIT.c[name]).where(first).order_by(COMMIT.c.seq).limit(1).scalar_subquery()
        for name in STAMP
    ]
    return _some(select(RECORD.c.seq, *parts), RECORD.c.seq)


TAKE_FEED = Ready(select(FEED.c.seq).where(_here(FEED)).with_for_update())
HEAD = Ready(
    select(FEED.c.seq, COMMIT.c.tag, FEED.c.floor)
    .outerjoin_from(FEED, COMMIT, (COMMIT.c.space == FEED.c.space) & (COMMIT.c.seq == FEED.c.seq))
    .where(_here(FEED))
)
TAGS = _some(select(COMMIT.c.seq, COMMIT.c.tag), COMMIT.c.seq)
STAMPS = _stamps()
JUDGED = _some(select(CHANGE), CHANGE.c.cid)
RECORDS = _some(select(RECORD), RECORD.c.id)
AUDIENCES = _some(select(AUDIENCE), AUDIENCE.c.record)

ROWS = _page(select(RECORD))
THIN = _page(select(RECORD.c.seq, RECORD.c.id).where(RECORD.c.removed.is_(False)))
DEPARTURES = Ready(
    select(GONE.c.record)
    .where(
        _here(GONE),
        GONE.c.seq > bindparam("after"),
        GONE.c.seq <= bindparam("upto"),
        OneOf(GONE.c.scope, "scopes"),
    )
    .order_by(GONE.c.seq)
)

ADVANCE = Ready(update(FEED).where(_here(FEED)).values(seq=bindparam("seq")))
ADD_COMMIT = Ready(insert(COMMIT))
ADD_RECORD = Ready(insert(RECORD))
CHANGE_RECORD = Ready(
    update(RECORD)
    .where(_here(RECORD), RECORD.c.id == bindparam("id"))
    .values({name: bindparam(name) for name in CHANGING})
)
ADD_CHANGE = Ready(insert(CHANGE))
EMPTY_RECORD = Ready(
    update(RECORD)
    .where(_here(RECORD), RECORD.c.id == bindparam("id"), RECORD.c.removed.is_(True))
    .values(body=bindparam("stub"), digest=null())
)
EMPTY_CHANGES = Ready(
    update(CHANGE)
    .where(_here(CHANGE), CHANGE.c.record == bindparam("id"))
    .values(was=null(), kept=null())
)
EMPTY_CHANGE = Ready(
    update(CHANGE).where(_here(CHANGE), CHANGE.c.cid == bindparam("id")).values(was=null())
)
JOIN = Ready(insert(AUDIENCE))
ADD_DEPARTURE = Ready(insert(GONE))
LEAVE = Ready(
    delete(AUDIENCE).where(
        _here(AUDIENCE),
        AUDIENCE.c.record == bindparam("record"),
        AUDIENCE.c.scope == bindparam("scope"),
    )
)
