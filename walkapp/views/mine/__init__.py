"""`/mine/`: what a person has of their own. It works without script, on a phone or a shared
computer, and nothing of it stays there."""

from . import claims, index, notes, own  # noqa: F401 - each hangs its pages on the door
from .door import blueprint

__all__ = ["blueprint"]
