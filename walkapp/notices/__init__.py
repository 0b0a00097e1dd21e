"""What happened, who is told of it, and the mail that carries it."""

from .log import TellingLog
from .news import KINDS

__all__ = ["KINDS", "TellingLog"]
