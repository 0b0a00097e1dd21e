"""What a teacher says on her page: this was my room, not any more, and what she answers."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from walkapp.sync.change import Change
from walkapp.sync.rules import Rules

from ..access import SYSTEM
from ..access.scopes import claimed_scope, claims_scope, person_scope
from ..access.table import OBSERVE
from ..problems import Problem
from ..queries import concerned, places
from ..queries.concerned import Line
from ..records.claim import OVER, READING
from ..records.reply import ANSWER
from .here import Here, author_of, write
from .settling import ASKED_FOR_MS, lacking


def claims_of(session: Session, here: Here) -> list[Line]:
    """Every claim the person made, withdrawn ones too."""
    return concerned.in_scope(session, here.space, person_scope(here.person), ("claim",))


def claim(
    session: Session, rules: Rules, here: Here, id: str, said: Mapping[str, Any], now: int
) -> None:
    """Say it in her own name, and ask those who were there. Sent twice it is one claim."""
    if any(one.id == id for one in claims_of(session, here)):
        return
    body = {"purpose": READING, "teacher": here.person, "agreed_at": now, **said}
    change = Change(str(uuid4()), "claim", id, now, new=body)
    write(session, rules, here, author_of(session, here, now), [change], now)
    made = [one for one in claims_of(session, here) if one.id == id]
    asked = lacking(session, here.space, made, now)
    write(session, rules, here, SYSTEM(here.account), asked, now)


def withdraw(session: Session, rules: Rules, here: Here, id: str, now: int) -> None:
    """From this moment nothing of it can be read; what she replied stays where it is."""
    mine = _found([one for one in claims_of(session, here) if one.id == id])
    if OVER in mine.body:
        return
    over = {OVER: {"at": now, "by": here.person}}
    change = Change(str(uuid4()), "claim", id, now, set=over, base=mine.seq)
    write(session, rules, here, author_of(session, here, now), [change], now)


def questions_for(session: Session, here: Here) -> list[Line]:
    """What the person was asked and nobody has answered yet."""
    found = concerned.in_scope(session, here.space, person_scope(here.person), ("claim_question",))
    return [one for one in found if ANSWER not in one.body]


def answer(session: Session, rules: Rules, here: Here, id: str, is_hers: bool, now: int) -> None:
    """One tap of somebody who was there; the first answer stands."""
    mine = {person_scope(here.person)}
    found = concerned.one_in_scope(session, here.space, mine, "claim_question", id)
    if found is None:
        raise Problem("not-found")
    said = {ANSWER: {"yes": is_hers, "at": now, "by": here.person}}
    change = Change(str(uuid4()), "claim_question", id, now, set=said, base=found.seq)
    write(session, rules, here, author_of(session, here, now), [change], now)


def copy_for(session: Session, here: Here, id: str) -> Line:
    """A copy that stands under a claim of hers; else nothing is there."""
    return _under_my_claims(session, here, "released_copy", id)


def reply(
    session: Session, rules: Rules, here: Here, copy: str, id: str, says: str, words: str, now: int
) -> None:
    """Attach it to the note for good. Sent twice it is one reply."""
    of = copy_for(session, here, copy).body
    if any(one.id == id for one in replies_to(session, here, of)):
        return
    same = ("claim", "observation", "observer", "school", "number")
    said = {"copy": copy, "says": says, "text": words, "at": now}
    body = {**{name: of[name] for name in same}, **said}
    change = Change(str(uuid4()), "reply", id, now, new=body)
    write(session, rules, here, SYSTEM(here.account), [change], now)


def change_reply(
    session: Session, rules: Rules, here: Here, id: str, says: str, words: str, now: int
) -> str:
    """Other words, as long as nobody has answered; the id of the copy it belongs to."""
    mine = _under_my_claims(session, here, "reply", id)
    values = {"says": says, "text": words, "changed_at": now}
    change = Change(str(uuid4()), "reply", id, now, set=values, base=mine.seq)
    write(session, rules, here, SYSTEM(here.account), [change], now)
    return str(mine.body["copy"])


def replies_to(session: Session, here: Here, copy: Mapping[str, Any]) -> list[Line]:
    """What she said to this observation, in its order."""
    found = concerned.in_scope(session, here.space, claimed_scope(copy["claim"]), ("reply",))
    own = [one for one in found if one.body["observation"] == copy["observation"]]
    return sorted(own, key=lambda one: (one.body["at"], one.id))


def settle(session: Session, rules: Rules, here: Here, now: int) -> None:
    """Write what is lacking of everything that concerns this person."""
    write(session, rules, here, SYSTEM(here.account), what_lacks(session, here, now), now)


def what_lacks(session: Session, here: Here, now: int) -> list[Change]:
    """Of her own claims; and, for who observes, of those that wait at their schools."""
    mine = claims_of(session, here)
    able = author_of(session, here, now).ability
    schools = {school for verb, school in able.allowed if verb == OBSERVE}
    known = {one.id for one in mine}
    recent = [
        one
        for one in (_waiting(session, here, schools) if schools else [])
        if one.id not in known and one.body["agreed_at"] > now - ASKED_FOR_MS
    ]
    return lacking(session, here.space, [*mine, *recent], now)


def _waiting(session: Session, here: Here, schools: set[str | None]) -> list[Line]:
    every = places.school_names(session, here.space) if None in schools else schools
    return [
        one
        for school in sorted(str(school) for school in every if school)
        for one in concerned.in_scope(session, here.space, claims_scope(school), ("claim",))
    ]


def _under_my_claims(session: Session, here: Here, kind: str, id: str) -> Line:
    open_ones = [one for one in claims_of(session, here) if OVER not in one.body]
    scopes = [claimed_scope(one.id) for one in open_ones]
    return _found([concerned.one_in_scope(session, here.space, scopes, kind, id)])


def _found(found: list[Any]) -> Line:
    if not found or found[0] is None:
        raise Problem("not-found")
    line: Line = found[0]
    return line
