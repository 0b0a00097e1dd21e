"""Who may see and change what: pure functions over grants. No I/O, no clock of its own."""

from .ability import Ability, Bond, ability_of
from .agreements import Agreement, agreement_of
from .authors import SYSTEM_PERSON, as_before, author, forgetter
from .authors import system as SYSTEM  # noqa: N812 - it reads as the name of a person
from .grants import Grant, in_force
from .roles import ROLES
from .scopes import scopes_of, view_of
from .screens import screens_for
from .teams import Team, team_of

__all__ = [
    "ROLES",
    "SYSTEM",
    "SYSTEM_PERSON",
    "Ability",
    "Agreement",
    "Bond",
    "Grant",
    "Team",
    "ability_of",
    "agreement_of",
    "as_before",
    "author",
    "forgetter",
    "in_force",
    "scopes_of",
    "screens_for",
    "team_of",
    "view_of",
]
