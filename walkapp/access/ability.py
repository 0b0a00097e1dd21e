"""What a person may do now: a value made from the grants in force, asked by the record rules."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .agreements import Agreement
from .grants import Grant, in_force, lapsed
from .table import ADMINISTER, COACH, DESK, OBSERVE, verbs_of
from .teams import Team

Rights = frozenset[tuple[str, str | None]]
Agreements = frozenset[Agreement]
Teams = frozenset[Team]
Bond = Agreement | Team


@dataclass(frozen=True, slots=True)
class Ability:
    """`allowed` holds (verb, school); school None covers every school of the space.

    `lapsed` is what grants that are over allowed: it opens nothing, but work done under it is
    kept for the lead (rulings 13). `coaching` are the agreements under which the person coaches
    now, `coached` those under which they did; `teams` are those the person walks in, at schools
    where they may observe now, `walked` the others. `system` is the service itself, writing what
    its pages and upgrades decided; `forgets` is the same while it deletes what a district's rule
    for keeping says.
    """

    allowed: Rights = frozenset()
    lapsed: Rights = frozenset()
    coaching: Agreements = frozenset()
    coached: Agreements = frozenset()
    teams: Teams = frozenset()
    walked: Teams = frozenset()
    system: bool = False
    forgets: bool = False

    def may(self, verb: str, school: str) -> bool:
        """May the person do this at this school?"""
        return _covers(self.allowed, verb, school)

    def had(self, verb: str, school: str) -> bool:
        """Was it the person's to do this at this school, until a grant was over?"""
        return _covers(self.lapsed, verb, school)

    def may_somewhere(self, verb: str) -> bool:
        """May the person do this at one school at least?"""
        return any(one == verb for one, _ in self.allowed)

    def may_observe(self, school: str) -> bool:
        return self.may(OBSERVE, school)

    def leads(self, person: str, walk: str) -> bool:
        """Is this person the lead of a team that walks in this walk?"""
        return any(one.walk == walk and one.lead == person for one in self.teams)

    def is_principal(self, school: str) -> bool:
        """Is the school's desk this person's?"""
        return self.may(DESK, school)

    def is_admin(self) -> bool:
        return (ADMINISTER, None) in self.allowed


def ability_of(grants: Iterable[Grant], now: int, bonds: Iterable[Bond] = ()) -> Ability:
    """All that the grants allow together at `now`, and what they allowed before.

    `bonds` are the agreements the person asked for as a coach and the teams the person walks in.
    An agreement counts while the teacher agrees and the person may coach at her school, a team
    while the person may observe at the walk's; neither is enough without the other.
    """
    every = list(grants)
    able = Ability(_rights(in_force(every, now)), _rights(lapsed(every, now)))
    every_bond = frozenset(bonds)
    every_team = frozenset(one for one in every_bond if isinstance(one, Team))
    teams = frozenset(one for one in every_team if able.may_observe(one.school))
    agreements = (one for one in every_bond if isinstance(one, Agreement))
    agreed = frozenset(one for one in agreements if one.agreed)
    now_on = frozenset(one for one in agreed if not one.over and able.may(COACH, one.school))
    return replace(
        able, coaching=now_on, coached=agreed - now_on, teams=teams, walked=every_team - teams
    )


def _rights(grants: Iterable[Grant]) -> Rights:
    return frozenset(
        (verb, grant.school) for grant in grants for verb in verbs_of(grant.role, grant.school)
    )


def _covers(rights: Rights, verb: str, school: str) -> bool:
    return (verb, school) in rights or (verb, None) in rights
