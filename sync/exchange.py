"""One exchange with one device about one space: changes in, verdicts and others' rows out."""

from collections.abc import Sequence
from typing import Any

from .author import Author
from .change import Change
from .envelope import Envelope, Place, read
from .incoming import wrap
from .log import EMPTY_TAG, Head, Log
from .marks import Marks
from .pull import pull
from .push import Pushed, push
from .rules import Rules
from .taking import Answers, take
from .verdicts import Verdict

HISTORY = "history"  # the server lost commits the device has heard of: nothing was applied
VIEW = "view"  # what the author may see has changed since the cursor was given out
FLOOR = "floor"  # the cursor is older than the markers of departures that are still kept

NOWHERE = "0.0"  # a cursor for a device that has none and is to go on with none


def exchange(
    log: Log,
    rules: Rules,
    author: Author,
    request: dict[str, Any] | Envelope,
    now: int,
    tag: str,
    marks: Marks | None = None,
) -> dict[str, Any]:
    """Apply what the device sends and answer with what it lacks; raises BadEnvelope.

    With `marks` every row carries its mark, and rows of a lost history are taken back.
    """
    envelope = request if isinstance(request, Envelope) else read(request, rules, marks)
    head = log.lock() if envelope.writes else log.head()
    common = _common(log, envelope)
    # Before anything is applied: an edit must not be refused for good just because the record
    # it belongs to was lost in a restore and is about to be sent again.
    if _lost_history(log, envelope, head):
        return _reset(HISTORY, Pushed({}), head) | _spoken_of(envelope, common, {})
    taken = take(log, rules, author, envelope.offers or (), common, now, tag, head)
    head = log.head() if taken else head
    pushed = push(log, rules, author, envelope.changes, now, tag, head)
    head = pushed.head
    reason = _must_start_over(author, envelope, head)
    answer = (
        _reset(reason, pushed, head)
        if reason
        else {"results": _results(pushed), **pull(log, author, envelope, head, pushed, marks)}
    )
    return answer | _spoken_of(envelope, common, taken)


def receive(
    log: Log, rules: Rules, author: Author, envelope: Envelope, now: int, tag: str
) -> dict[str, Any]:
    """Take what waits on a device that is too old to be told anything but its verdicts."""
    head = log.lock() if envelope.writes else log.head()
    if _lost_history(log, envelope, head):
        return _reset(HISTORY, Pushed({}), head)
    pushed = push(log, rules, author, envelope.changes, now, tag, head)
    head = pushed.head
    return {
        "results": _results(pushed),
        "rows": [],
        "gone": [],
        "cursor": str(envelope.cursor or NOWHERE),
        "at": str(Place(head.seq, head.tag)),
        "more": False,
    }


def append(
    log: Log, rules: Rules, author: Author, changes: Sequence[Change], now: int, tag: str
) -> dict[str, Verdict]:
    """Apply changes the service makes itself, under the same rules and as one commit."""
    incoming = [wrap(change, rules) for change in changes]
    return push(log, rules, author, incoming, now, tag, log.lock()).verdicts


def _common(log: Log, envelope: Envelope) -> int:
    """The newest commit that both the device and this history know of."""
    if not envelope.trail:
        return 0
    tags = log.tags(place.seq for place in envelope.trail)
    return max((p.seq for p in envelope.trail if tags.get(p.seq) == p.name), default=0)


def _lost_history(log: Log, envelope: Envelope, head: Head) -> bool:
    """Has the device heard of a commit that is not in our history?"""
    if envelope.cursor and envelope.cursor.seq > head.seq:
        return True
    known = envelope.known
    if known is None or known == Place(head.seq, head.tag):
        return False
    if known.seq == 0:
        return known.name != EMPTY_TAG
    return log.tags([known.seq]).get(known.seq) != known.name


def _must_start_over(author: Author, envelope: Envelope, head: Head) -> str | None:
    cursor = envelope.cursor
    if cursor is None:
        return None
    if cursor.name != author.view:
        return VIEW
    # A thin walk asks for everything there is, so old departures do not matter to it.
    return FLOOR if cursor.seq < head.floor and not envelope.thin else None


def _reset(reason: str, pushed: Pushed, head: Head) -> dict[str, Any]:
    at = str(Place(head.seq, head.tag))
    return {"reset": reason, "results": _results(pushed), "at": at}


def _results(pushed: Pushed) -> dict[str, Any]:
    return {cid: verdict.wire() for cid, verdict in pushed.verdicts.items()}


def _spoken_of(envelope: Envelope, common: int, taken: Answers) -> dict[str, Any]:
    """A device is answered about its trail and its offers when it spoke of them."""
    answer: dict[str, Any] = {}
    if envelope.trail is not None:
        answer["common"] = common
    if envelope.offers is not None:
        answer["offers"] = taken
    return answer
