"""Who has looked at what concerns a person: what was written about their room, their replies and
claims, and what a coach wrote for them."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ..access.scopes import claimed_scope, person_scope
from ..languages import gettext as _
from ..looking_words import HOW, WHAT
from ..membership import grants_of_person
from ..queries import concerned, looked, people
from ..records.claim import OVER
from ..records.claim_question import ANSWER
from ..said import role_name
from .claiming import claims_of
from .here import Here


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody on one day: their name, what they are here, and what reached them how."""

    name: str
    roles: tuple[str, ...]
    looks: tuple[tuple[str, str], ...]  # (what, how), in words


@dataclass(frozen=True, slots=True)
class Day:
    day: str
    readers: tuple[Reader, ...]


def looks_at(session: Session, here: Here) -> list[Day]:
    """By day, the latest first, and by person."""
    kinds = concerning(session, here)
    names = people.names(session, here.space)
    days: dict[str, dict[str, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
    for one in looked.looks(session, here.space, kinds):
        if one.reader != here.person:
            days[one.day][one.reader].add((_(WHAT[kinds[one.record]]), _(HOW[one.how])))
    return [_day(session, here, day, days[day], names) for day in sorted(days, reverse=True)]


def _day(
    session: Session,
    here: Here,
    day: str,
    readers: dict[str, set[tuple[str, str]]],
    names: dict[str, str],
) -> Day:
    told = (_reader(session, here, id, names, readers[id]) for id in readers)
    return Day(day, tuple(sorted(told, key=lambda one: one.name)))


def concerning(session: Session, here: Here) -> dict[str, str]:
    """Each record that concerns the person, and its kind. Of a claim that was withdrawn none."""
    mine = person_scope(here.person)
    coaching = concerned.in_scope(session, here.space, mine, ("agreement", "coaching_step"))
    found = {one.id: one.kind for one in coaching if one.body["teacher"] == here.person}
    for claim in claims_of(session, here):
        if OVER not in claim.body:
            found |= _under(session, here, claim.id)
    return found


def _under(session: Session, here: Here, claim: str) -> dict[str, str]:
    kinds = ("claim_question", "reply", "released_copy")
    found = {}
    for one in concerned.in_scope(session, here.space, claimed_scope(claim), kinds):
        if one.kind == "released_copy":
            found[one.body["observation"]] = "observation"
        else:
            found[one.id] = one.kind
        if one.body.get(ANSWER, {}).get("yes"):
            found |= dict.fromkeys(one.body.get("observations", {}), "observation")
    return found


def _reader(
    session: Session, here: Here, id: str, names: dict[str, str], looks: set[tuple[str, str]]
) -> Reader:
    grants = grants_of_person(session, here.space, id)
    roles = dict.fromkeys(role_name(one.role) for one in grants)
    name = names.get(id) or _("Somebody who is no longer here")
    return Reader(name, tuple(roles), tuple(sorted(looks)))
