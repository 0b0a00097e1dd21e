"""Records only the service itself writes: its pages and upgrades append them through the log."""

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from .library import Library


def by_service(author: Author, change: Change) -> Refusal | None:
    """No person writes these, whatever their role: an administrator uses the pages."""
    return None if author.ability.system else Refusal("not-yours")


def by_service_later(
    author: Author, before: Record, change: Change, library: Library
) -> Refusal | None:
    return by_service(author, change)
