"""What may be read: the scopes a person stands in, and the digest that moves when they do.

A record states its audience in the same words (`walkapp/records/`); a reader sees a record when
the two sets meet.
"""

import hashlib
import json

from .ability import Ability
from .table import DESK, DIRECTORY, ROOMS, STAFF

SPACE = "space"
DISTRICT = "district"
TEACHERS = "teachers"
POLICY = "policy"  # where the district's decisions are looked up; nobody reads by it

# A change of these words or of what they mean must reach every tablet: raise it then.
VIEW_VERSION = 1
VIEW_DIGITS = 16


def person_scope(person: str) -> str:
    return f"person:{person}"


def school_scope(school: str) -> str:
    return f"school:{school}"


def desk_scope(school: str) -> str:
    return f"desk:{school}"


def staff_scope(school: str) -> str:
    return f"lead:{school}"


def asking_scope(coach: str) -> str:
    """Where the agreements of a coach are looked up; nobody reads by it."""
    return f"coach:{coach}"


def member_scope(person: str) -> str:
    """Where the walks of a person's teams are looked up; nobody reads by it."""
    return f"member:{person}"


def team_scope(walk: str) -> str:
    """What those who walk together read: the plan, its stops, and what was revealed."""
    return f"team:{walk}"


def within_scope(walk: str) -> str:
    """Where the observations of a team are looked up, revealed or not; nobody reads by it."""
    return f"within:{walk}"


def coaching_scope(agreement: str) -> str:
    """What a coach reads for as long as the agreement is in force."""
    return f"coaching:{agreement}"


def claims_scope(school: str) -> str:
    """Where the claims of teachers of a school wait for their visit; nobody reads by it."""
    return f"claims:{school}"


def claimed_scope(claim: str) -> str:
    """What came of a claim: its questions, copies and replies. Nobody reads by it: the service's
    page opens it, to the teacher who claimed, for as long as the claim stands."""
    return f"claimed:{claim}"


def linked_scope(visit: str) -> str:
    """Where the claims that were confirmed for a visit are looked up; nobody reads by it."""
    return f"linked:{visit}"


def scopes_of(person: str, ability: Ability) -> frozenset[str]:
    """Everything the person may read now: always their own, and what verbs, agreements and teams
    open."""
    opened = (_opened_by(verb, school) for verb, school in ability.allowed)
    coached = (coaching_scope(one.id) for one in ability.coaching)
    walked = (team_scope(one.walk) for one in ability.teams)
    opened_now = (scope for scope in opened if scope)
    return frozenset([person_scope(person), *opened_now, *coached, *walked])


def view_of(space: str, person: str, scopes: frozenset[str]) -> str:
    """A digest that is the same for the same scopes and different for others."""
    entered = json.dumps([VIEW_VERSION, space, person, sorted(scopes)])
    return hashlib.sha256(entered.encode()).hexdigest()[:VIEW_DIGITS]


def _opened_by(verb: str, school: str | None) -> str | None:
    if verb == DIRECTORY:
        return SPACE
    if verb == ROOMS:
        return DISTRICT if school is None else school_scope(school)
    if verb == DESK and school is not None:
        return desk_scope(school)
    if verb == STAFF:
        return TEACHERS if school is None else staff_scope(school)
    return None
