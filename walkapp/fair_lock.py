"""A lock that serves those who wait in the order they came.

Python's own lock may be taken again and again by the thread that has just let go of it, while
another waits until it gives up.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class TookTooLong(Exception):
    """The lock was not to be had in time; whoever waited for it has left the queue."""


class FairLock:
    """Held by one thread at a time; a thread that would wait for itself is told so at once."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._owner: int | None = None
        self._queue: deque[_Ticket] = deque()

    @contextmanager
    def held(self, seconds: float) -> Iterator[None]:
        if self._owner == threading.get_ident():
            raise RuntimeError("writing() inside writing(): hand the session down instead.")
        self._take(seconds)
        try:
            yield
        finally:
            self._let_go()

    def _take(self, seconds: float) -> None:
        ticket = _Ticket()
        with self._guard:
            if self._owner is None:
                self._owner = ticket.thread
                return
            self._queue.append(ticket)
        if ticket.called.wait(seconds):
            return
        with self._guard:
            if not ticket.called.is_set():  # else it was called in this very moment
                self._queue.remove(ticket)
                raise TookTooLong

    def _let_go(self) -> None:
        with self._guard:
            if not self._queue:
                self._owner = None
                return
            ticket = self._queue.popleft()
            self._owner = ticket.thread
            ticket.called.set()


class _Ticket:
    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.called = threading.Event()
