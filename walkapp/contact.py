"""What a tablet says of itself in a request, and when that is written down."""

from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from . import sessions
from .clock import now_ms
from .sessions import Report, SignedIn
from .signing_in import note_contact


class Contact:
    """One request of one tablet: noted in the transaction that takes the last of its changes.

    With nothing to take it is noted once a minute, or when there is news of the tablet's storage.
    """

    def __init__(
        self, who: SignedIn, envelope: dict[str, Any], before: dict[str, Any] | None
    ) -> None:
        self.who = who
        self.envelope = envelope
        self.last: str | None = None  # the space whose changes are taken last
        self.device: str = who.device or envelope["device"]
        self._before = before or {}
        self._answered = 0
        self._is_noted = False

    def hear(self, answer: dict[str, Any]) -> None:
        """These changes wait on the tablet no more."""
        self._answered += len(answer.get("results", ()))

    def note(self, session: Session) -> None:
        """Write it down, if it is to be, in a transaction that writes anyway."""
        if self._is_due():
            sessions.touch(session, self.who, self.device, self._report(), now_ms())
        self._is_noted = True

    def note_if_due(self) -> None:
        """The same in a transaction of its own, unless it has been noted."""
        if not self._is_noted and self._is_due():
            note_contact(self.who, self.device, self._report())

    def _is_due(self) -> bool:
        return bool(self._answered) or sessions.is_due(self.who, now_ms()) or self._is_news()

    def _report(self) -> Report:
        unsent = self.envelope["unsent"]
        left = None if unsent is None else max(0, unsent - self._answered)
        return Report(left, self.envelope.get("files"), **(self.envelope.get("canary") or {}))

    def _is_news(self) -> bool:
        """Would a tablet that came back empty now be measured by something outdated?"""
        report = self._report()
        said = {name: value for name, value in asdict(report).items() if value is not None}
        return report.database is not None and any(self._before.get(n) != said[n] for n in said)
