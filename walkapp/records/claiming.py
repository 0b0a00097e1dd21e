"""What follows from a claim: copies when it is confirmed or something is released, and none of it
any more when it is withdrawn. In the transaction of the change that led to it."""

from collections.abc import Iterator, Sequence
from uuid import NAMESPACE_OID, uuid5

from walkapp.sync.change import Body, Change
from walkapp.sync.record import Record

from ..access.scopes import POLICY, claimed_scope, linked_scope
from .claim import OVER, READABLE
from .claim_question import ANSWER, is_confirmed
from .released_copy import copy_of
from .reveal import MOST, Finder
from .steps import RELEASED

FORGOTTEN = frozenset({"claim_question", "released_copy"})  # a reply stays attached


def follow_claims(log: Finder, changed: Sequence[Record], since: int, now: int) -> list[Change]:
    """What the service does because of these records, made or changed since that seq."""
    changes: list[Change] = []
    for record in changed:
        if record.removed:
            continue
        if record.kind == "claim" and _is_new(record, OVER, since):
            changes += _forgotten(log, record, now)
        elif record.kind == "claim_question" and _is_new(record, ANSWER, since):
            changes += _of_confirmed(log, record, now)
        elif record.kind == "observation" and _is_new(record, "state", since):
            changes += _of_released(log, record, now)
        elif record.kind == "reply" and _is_new(record, ANSWER, since):
            changes += _of_answered(log, record, now)
    return changes


def copies(
    question: Record, observations: Sequence[Record], policy: Body, now: int
) -> Iterator[Change]:
    """A copy of each that is released, under a name of its own for each time it was released."""
    for one in observations:
        is_of_it = one.body["visit"] == question.body["visit"]
        if one.removed or not is_of_it or one.body["state"] != RELEASED:
            continue
        body = copy_of(question.body["claim"], one, policy, now)
        if body is not None:
            id = copy_id(question.body["claim"], one)
            yield Change(_name("make", id), "released_copy", id, now, new=body)


def copy_id(claim: str, observation: Record) -> str:
    """The same however often it is worked out, until it is given and released again."""
    released = observation.ver.get("state", observation.ver[""])[0]
    return _name(claim, observation.id, str(released))


def said_readable(claim: Record, now: int) -> Change:
    """Tells its teacher that there is something to read."""
    cid = _name("readable", claim.id, str(claim.seq))
    return Change(cid, "claim", claim.id, now, set={READABLE: now}, base=claim.seq)


def _is_new(record: Record, path: str, since: int) -> bool:
    return path in record.body and record.ver.get(path, [0])[0] > since


def _of_confirmed(log: Finder, question: Record, now: int) -> Iterator[Change]:
    if not is_confirmed(question):
        return
    found = log.records(question.body.get("observations", {})).values()
    yield from _made(log, question, list(found), now)


def _of_released(log: Finder, observation: Record, now: int) -> Iterator[Change]:
    if observation.body["state"] != RELEASED:
        return
    for question in _within(log, linked_scope(observation.body["visit"])):
        if is_confirmed(question):
            yield from _made(log, question, [observation], now)


def _of_answered(log: Finder, reply: Record, now: int) -> Iterator[Change]:
    claim = log.records([reply.body["claim"]]).get(reply.body["claim"])
    if claim is not None and not claim.removed and OVER not in claim.body:
        yield said_readable(claim, now)


def _made(
    log: Finder, question: Record, observations: Sequence[Record], now: int
) -> Iterator[Change]:
    """The copies that are not there yet, and word to the teacher where there is one."""
    claim = log.records([question.body["claim"]]).get(question.body["claim"])
    if claim is None or claim.removed or OVER in claim.body:
        return
    made = list(copies(question, observations, policy_in(log), now))
    there = log.records(change.id for change in made)
    missing = [change for change in made if change.id not in there]
    yield from missing
    if missing:
        yield said_readable(claim, now)


def _forgotten(log: Finder, claim: Record, now: int) -> Iterator[Change]:
    for record in _within(log, claimed_scope(claim.id)):
        if record.kind in FORGOTTEN:
            cid = _name("forget", record.id, str(record.seq))
            yield Change(cid, record.kind, record.id, now, set={"": None}, base=record.seq)


def policy_in(log: Finder) -> Body:
    """What the district decided, as far as it decided anything."""
    return next((record.body for record in _within(log, POLICY)), {})


def _within(log: Finder, scope: str) -> list[Record]:
    ids = [id for _, id in log.thin(0, log.head().seq, frozenset({scope}), MOST)]
    return [record for record in log.records(ids).values() if not record.removed]


def _name(*parts: str) -> str:
    return str(uuid5(NAMESPACE_OID, "/".join(parts)))
