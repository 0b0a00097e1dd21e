"""Why the engine did not do what a change asked for.

The engine speaks in stable codes; the sentences a person reads are the service's.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """One change was not applied: a stable code, and where in the change (RFC 6901 pointer).

    With `held` the change was right when it was written and the right is gone since: it is kept
    whole for the space's lead to decide, and its author may forget it.
    """

    code: str
    pointer: str = ""
    detail: str = ""
    held: bool = False


class BadEnvelope(Exception):
    """The request as a whole cannot be read; nothing of it was applied."""

    def __init__(self, code: str, pointer: str = "", detail: str = "") -> None:
        super().__init__(f"{code} at {pointer or '/'}: {detail}")
        self.code = code
        self.pointer = pointer
        self.detail = detail
