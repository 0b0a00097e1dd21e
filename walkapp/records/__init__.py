"""Per kind of record: its paths, what each may hold, its merge rule, who reads and writes it."""

from .rules import KINDS, WalkRules, rules_for

__all__ = ["KINDS", "WalkRules", "rules_for"]
