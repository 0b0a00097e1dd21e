"""What a tablet says of itself in a request, and when that is written down."""

from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from . import sessions
from .clock import now_ms
from .sessions import Report, SignedIn
from .signing_in import note_contact, told_before


class Contact:
    """One request of one tablet: noted in the transaction that takes the last of its changes.

    With nothing to take it is noted once a minute, or when there is news of the tablet's storage.
    """

    def __init__(self, who: SignedIn, envelope: dict[str, Any]) -> None:
        self.who = who
        self.envelope = envelope
        self.last: str | None = None  # the space whose changes are taken last
        # The tablet it was signed in on; one that names its contacts may have become another.
        is_named = envelope.get("contact") is not None
        self.device: str = (not is_named and who.device) or envelope["device"]
        self.before = told_before(who, self.device)
        self._answered = 0
        self._is_noted = False
        self._is_written = False

    def hear(self, answer: dict[str, Any]) -> None:
        """These changes wait on the tablet no more."""
        self._answered += len(answer.get("results", ()))

    def note(self, session: Session) -> None:
        """Write it down, if it is to be, in a transaction that writes anyway."""
        if self._is_due():
            sessions.touch(session, self.who, self.device, self._report(), now_ms())
            self._is_written = True
        self._is_noted = True

    def note_if_due(self) -> None:
        """The same in a transaction of its own, unless it has been noted."""
        if not self._is_noted and self._is_due():
            note_contact(self.who, self.device, self._report())
            self._is_written = True

    def told(self) -> dict[str, Any] | None:
        """What was remembered of the tablet before, and what its contact is called now: a tablet
        that never called it so is a copy of the one that did.
        """
        if self.before is None:
            return None
        known, said = self.before["nonce"], self.envelope.get("contact")
        is_own = said and known in (None, said["was"], said["now"])
        nonce = said["now"] if said and is_own and self._is_written else known
        # What the tablet has just said of its storage itself is no news to it, and bytes are dear.
        is_told = self.envelope.get("canary") and not self._is_news()
        return {"nonce": nonce} if is_told else self.before | {"nonce": nonce}

    def _is_due(self) -> bool:
        return bool(self._answered) or self._is_long_ago() or self._is_news()

    def _is_long_ago(self) -> bool:
        # The tablet's own last word counts: a copy of it may use the same sign-in all the time.
        heard = (self.before or {}).get("at")
        is_old = heard is not None and abs(now_ms() - heard) >= sessions.TOUCH_MS
        return is_old or sessions.is_due(self.who, now_ms())

    def _report(self) -> Report:
        unsent = self.envelope["unsent"]
        left = None if unsent is None else max(0, unsent - self._answered)
        contact = self.envelope.get("contact") or {"now": None, "was": None}
        return Report(
            left, self.envelope.get("files"), **(self.envelope.get("canary") or {}),
            nonce=contact["now"], was=contact["was"],
        )  # fmt: skip

    def _is_news(self) -> bool:
        """Would a tablet that came back empty now be measured by something outdated?"""
        report = self._report()
        said = {name: value for name, value in asdict(report).items() if value is not None}
        before = self.before or {}
        of_storage = said.keys() - {"nonce", "was"}
        return report.database is not None and any(before.get(n) != said[n] for n in of_storage)
