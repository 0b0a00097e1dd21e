"""What a claim still lacks: somebody to ask about it, or a copy of what was released.

A claim may be made before the tablet that was in the room has reached the server. So whoever opens
their own page settles what concerns them. Said twice it is the same.
"""

from collections.abc import Iterator, Sequence
from uuid import NAMESPACE_OID, uuid4, uuid5

from sqlalchemy.orm import Session

from walkapp.sync.change import Change
from walkapp.sync.record import Record

from ..access.scopes import claimed_scope
from ..log import SqlLog
from ..queries import concerned
from ..queries.concerned import Line, Visited
from ..records.claim import OVER
from ..records.claim_question import is_confirmed
from ..records.claiming import FORGOTTEN, copies, policy_in, said_readable

DAY_MS = 24 * 3_600_000
# A tablet may be away for a month and more; after that nobody is asked any more.
ASKED_FOR_MS = 90 * DAY_MS


def lacking(session: Session, space: str, claims: Sequence[Line], now: int) -> list[Change]:
    """What the service has to write so that these claims are whole."""
    log = SqlLog(session, space)
    return [change for claim in claims for change in _lacking(session, space, log, claim, now)]


def _lacking(session: Session, space: str, log: SqlLog, claim: Line, now: int) -> Iterator[Change]:
    made = concerned.in_scope(session, space, claimed_scope(claim.id), FORGOTTEN)
    if OVER in claim.body:
        yield from (_away(one, now) for one in made)
        return
    if claim.body["agreed_at"] > now - ASKED_FOR_MS:
        yield from _questions(session, space, log, claim, now)
    yield from _copies(session, space, log, claim, made, now)


def _away(one: Line, now: int) -> Change:
    # A server that was restored may have brought back what a withdrawal had taken away.
    return Change(str(uuid4()), one.kind, one.id, now, set={"": None}, base=one.seq)


def _questions(
    session: Session, space: str, log: SqlLog, claim: Line, now: int
) -> Iterator[Change]:
    said = claim.body
    where = said["school"], said["date"], said.get("room"), said.get("number")
    for visit in concerned.visits_on(session, space, *where):
        id = str(uuid5(NAMESPACE_OID, f"{claim.id}/{visit.visit}"))
        asked = _whom(log, claim, visit)
        if asked and id not in log.records([id]):
            body = _question(claim, visit, asked, now)
            yield Change(str(uuid4()), "claim_question", id, now, new=body)


def _whom(log: SqlLog, claim: Line, visit: Visited) -> set[str]:
    """Those who were there, and the walk's lead; never the teacher herself."""
    found = log.records([visit.walk, *visit.observations]).values()
    there = {one.body["observer"] for one in found if one.kind == "observation"}
    leads = {one.body["lead"] for one in found if one.kind == "walk"}
    return (there | leads) - {claim.body["teacher"]}


def _question(claim: Line, visit: Visited, asked: set[str], now: int) -> dict[str, object]:
    return {
        "claim": claim.id,
        **{name: claim.body[name] for name in ("teacher", "school", "date")},
        "walk": visit.walk,
        "visit": visit.visit,
        "number": visit.number,
        **({"room": visit.room} if visit.room else {}),
        "asked": dict.fromkeys(sorted(asked), True),
        "observations": dict.fromkeys(visit.observations, True),
        "asked_at": now,
    }


def _copies(
    session: Session, space: str, log: SqlLog, claim: Line, made: Sequence[Line], now: int
) -> Iterator[Change]:
    """Of what was released in a visit by somebody who gave theirs after the question."""
    questions = log.records(one.id for one in made if one.kind == "claim_question").values()
    confirmed = [one for one in questions if is_confirmed(one)]
    lacking = [each for one in confirmed for each in _of_visit(session, space, log, one, now)]
    there = log.records(one.id for one in lacking)
    missing = [one for one in lacking if one.id not in there]
    yield from missing
    if missing:
        yield said_readable(log.records([claim.id])[claim.id], now)


def _of_visit(
    session: Session, space: str, log: SqlLog, question: Record, now: int
) -> Iterator[Change]:
    said = question.body
    where = said["school"], said["date"], None, said["number"]
    ids = {
        id
        for visit in concerned.visits_on(session, space, *where)
        if visit.visit == said["visit"]
        for id in visit.observations
    }
    observations = list(log.records(ids | set(said.get("observations", {}))).values())
    yield from copies(question, observations, policy_in(log), now)
