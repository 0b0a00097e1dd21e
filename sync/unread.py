"""A body as its keeper holds it, for whoever only hands it on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unread:
    """JSON that was checked when it came in; it need not be taken apart to be sent out."""

    text: str
