"""What a device has to hear: rows it may see, records it must forget, and where to go on.

Everything is bounded by a head that was read first, so the new cursor never runs ahead of the rows.
"""

from collections.abc import Sequence
from typing import Any

from .author import Author
from .envelope import Envelope, Mark
from .log import Head, Log, Scopes
from .push import Pushed
from .record import Record

Row = list[Any]


def pull(
    log: Log, author: Author, envelope: Envelope, head: Head, pushed: Pushed
) -> dict[str, Any]:
    """One page of the feed after the device's cursor, and the rows it asked for by name."""
    scopes = None if author.all_seeing else author.scopes
    start = envelope.cursor.seq if envelope.cursor else 0
    # One more than a page: is there another?
    page = _page(log, envelope, start, head, scopes)
    more = len(page) > envelope.limit
    page = page[: envelope.limit]
    end = page[-1][0] if more else head.seq
    return {
        "rows": [row for row in page if envelope.thin or row[0] not in pushed.exact]
        + _wanted(log, author, envelope.want, page),
        "gone": _gone(log, author, start, end, pushed),
        "cursor": str(Mark(end, author.view)),
        "at": str(Mark(head.seq, head.tag)),
        "more": more,
    }


def _page(log: Log, envelope: Envelope, start: int, head: Head, scopes: Scopes) -> list[Row]:
    if envelope.thin:
        return [list(mark) for mark in log.marks(start, head.seq, scopes, envelope.limit + 1)]
    return [_row(record) for record in log.rows(start, head.seq, scopes, envelope.limit + 1)]


def _wanted(log: Log, author: Author, want: Sequence[str], page: list[Row]) -> list[Row]:
    told = {row[1] for row in page if len(row) > 2}
    found = log.records([id for id in want if id not in told])
    return [_row(record) for record in found.values() if author.may_see(record.scopes)]


def _gone(log: Log, author: Author, start: int, end: int, pushed: Pushed) -> list[str]:
    # A device that begins holds nothing, or is about to hear of all that it may keep.
    left = log.departures(start, end, author.scopes) if start else []
    scopes = log.audiences(left)
    left = [id for id in left if not author.may_see(scopes.get(id, frozenset()))]
    # A change may take its record out of its author's sight, or never have had it there.
    return list(dict.fromkeys([*left, *sorted(pushed.hidden)]))


def _row(record: Record) -> Row:
    return [record.seq, record.id, record.kind, None if record.removed else record.body]
