"""What a device has to hear: rows it may see, records it must forget, and where to go on.

Everything is bounded by a head that was read first, so the new cursor never runs ahead of the rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from .author import Author
from .envelope import Envelope, Place
from .log import Head, Log, Scopes
from .marks import Marks
from .push import Pushed
from .record import Record

MOST_BYTES = 400_000  # of bodies in an answer: it must come through a bad network in one piece
ROWS_AT_ONCE = 96  # are read before anybody asks how large they are: an answer full of observations

Row = list[Any]


@dataclass(slots=True)
class Page:
    """Some of the feed: whole records or thin rows, `more` when others follow."""

    records: list[Record] = field(default_factory=list)
    thin: list[Row] = field(default_factory=list)
    more: bool = False

    def end(self, head: Head) -> int:
        """How far the device has heard everything; on the last page, of rows of others too."""
        if not self.more:
            return head.seq
        return int(self.thin[-1][0]) if self.thin else self.records[-1].seq


def pull(
    log: Log,
    author: Author,
    envelope: Envelope,
    head: Head,
    pushed: Pushed,
    marks: Marks | None = None,
) -> dict[str, Any]:
    """One page of the feed after the device's cursor, and the rows it asked for by name."""
    scopes = None if author.all_seeing else author.scopes
    start = envelope.cursor.seq if envelope.cursor else 0
    page_of = _thin_page if envelope.thin else partial(_page, exact=pushed.exact)
    upto = head.seq if envelope.thin else _before_own(head.seq, pushed.exact)
    page = page_of(log, start, upto, scopes, envelope.limit) if start < upto else Page()
    end = page.end(head)
    told = [record for record in page.records if record.seq not in pushed.exact]
    # Before there were marks, what was asked for was answered whole, and a device relies on it.
    room = None if marks is None else MOST_BYTES
    told += _wanted(log, author, _without(envelope.want, page), room)
    return {
        "rows": [*page.thin, *_rows(log, told, marks)],
        "gone": _gone(log, author, start, end, pushed, is_news=start < upto or pushed.parted),
        "cursor": str(Place(end, author.view)),
        "at": str(Place(head.seq, head.tag)),
        "more": page.more,
    }


def _before_own(seq: int, exact: frozenset[int]) -> int:
    """The device holds the last rows as they are when nobody wrote after it: not read back."""
    while seq in exact:
        seq -= 1
    return seq


def _thin_page(log: Log, start: int, upto: int, scopes: Scopes, limit: int) -> Page:
    # One more than a page: is there another?
    rows = [list(row) for row in log.thin(start, upto, scopes, limit + 1)]
    return Page(thin=rows[:limit], more=len(rows) > limit)


def _page(
    log: Log, start: int, upto: int, scopes: Scopes, limit: int, exact: frozenset[int]
) -> Page:
    """As many records as fit, at least one; those the device holds already take no room."""
    page, room, after = Page(), MOST_BYTES, start
    while True:
        most = min(ROWS_AT_ONCE if room > 0 else 1, limit + 1 - len(page.records))
        some = log.rows(after, upto, scopes, most)
        for record in some:
            size = 0 if record.seq in exact else _size(record)
            if len(page.records) == limit or (page.records and size > room):
                page.more = True
                return page
            page.records.append(record)
            room -= size
        if len(some) < most:
            return page
        after = some[-1].seq


def _without(want: Sequence[str], page: Page) -> list[str]:
    told = {record.id for record in page.records}
    return [id for id in want if id not in told]


def _wanted(log: Log, author: Author, want: Sequence[str], room: int | None) -> list[Record]:
    """Those that are visible, as many as fit, at least one; the device asks again for the rest."""
    told: list[Record] = []
    for start in range(0, len(want), ROWS_AT_ONCE):
        found = log.records(want[start : start + ROWS_AT_ONCE])
        for record in found.values():
            if not author.may_see(record.scopes):
                continue
            if room is not None and told and _size(record) > room:
                return told
            told.append(record)
            room = None if room is None else room - _size(record)
    return told


def _rows(log: Log, records: Sequence[Record], marks: Marks | None) -> Iterator[Row]:
    if marks is None:
        yield from map(_row, records)
        return
    stamps = log.stamps(record.seq for record in records)
    for record in records:
        stamp = stamps.get(record.seq)
        yield [*_row(record), marks.sign(record, stamp) if stamp else ""]


def _row(record: Record) -> Row:
    return [record.seq, record.id, record.kind, None if record.removed else record.body]


def _size(record: Record) -> int:
    return 0 if record.removed else record.size


def _gone(
    log: Log, author: Author, start: int, end: int, pushed: Pushed, is_news: bool
) -> list[str]:
    # A device that begins holds nothing, or is about to hear of all that it may keep.
    left = log.departures(start, end, author.scopes) if start and is_news else []
    scopes = log.audiences(left) if left else {}
    left = [id for id in left if not author.may_see(scopes.get(id, frozenset()))]
    # A change may take its record out of its author's sight, or never have had it there.
    return list(dict.fromkeys([*left, *sorted(pushed.hidden)]))
