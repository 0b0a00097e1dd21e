"""Work that belongs to those who walk together (`docs/decisions/0040`).

A walk of one person has no team: what she writes there says `alone`, and never reaches a team that
she is not in.
"""

from collections.abc import Mapping
from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.errors import Refusal

from ..access.scopes import desk_scope, person_scope, team_scope
from ..access.table import OBSERVE
from ..access.teams import Team
from .fault import Fault, fault
from .own import refuse_elsewhere
from .values import key

ALONE = "alone"


def only_true(value: Any) -> Fault | None:
    """A mark is there or it is not."""
    return None if value is True else fault("wrong-type", detail="true, or nothing")


def place(value: Any) -> Fault | None:
    """A cluster of the board: an indicator, or what somebody named, by its id."""
    return key(value) if isinstance(value, str) else fault("wrong-type", detail="a name")


def team_and_desk(body: Mapping[str, Any]) -> frozenset[str]:
    """Those who walk together, or the one who walks alone; and the school's desk."""
    own = person_scope(body["by"]) if ALONE in body else team_scope(body["walk"])
    return frozenset({own, desk_scope(body["school"])})


def walks_in(author: Author, walk: str, school: str) -> bool:
    """Does the author walk in this walk's team now?"""
    return any(_is_in(one, walk, school) for one in author.ability.teams)


def refuse_outsider(author: Author, body: Mapping[str, Any], above: str = "") -> Refusal | None:
    """Nobody but the team; in a walk of one, nobody but the one. Where the right is only over by
    now, the work is kept for the lead."""
    if ALONE in body and body["by"] == author.person:
        return refuse_elsewhere(author, OBSERVE, body["school"], f"{above}/school" if above else "")
    if walks_in(author, body["walk"], body["school"]):
        return None
    held = any(_is_in(one, body["walk"], body["school"]) for one in author.ability.walked)
    return Refusal("not-yours", f"{above}/walk" if above else "", held=held)


def refuse_other_name(author: Author, body: Mapping[str, Any]) -> Refusal | None:
    """What is begun is begun in one's own name."""
    return None if body["by"] == author.person else Refusal("not-yours", "/new/by")


def _is_in(team: Team, walk: str, school: str) -> bool:
    return (team.walk, team.school) == (walk, school)
