"""The team of a walk, as far as access has to know it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Team:
    """Who walks together. The lead belongs to it; who is taken out of it is out at once."""

    walk: str
    lead: str
    school: str
    members: frozenset[str]


def team_of(walk: str, body: Mapping[str, Any]) -> Team:
    """What a record of the kind "walk" says."""
    members = frozenset({body["lead"], *body.get("team", {})})
    return Team(walk, body["lead"], body["school"], members)
