"""What one of a team says that the team agrees on, for one visit that was revealed.

Each says it for themselves, in a record of their own: the last value that anybody said is what the
team has before it, and those agree who said the very same (`static/js/core/consensus.js`). So two
tablets that begin at once have nothing to bring together, and nobody says yes for another. It
stands beside the observations and changes none.
"""

from collections.abc import Iterable
from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.record import Record

from ..access.scopes import desk_scope, person_scope, team_scope, within_scope
from ..rubric import PAIRED, Indicator, Rubric
from .fault import Fault, fault, pointer
from .kind import Kind
from .library import Library
from .reveal import REVEALED, is_reveal
from .values import Body, Check, MapOf, Value, anything, key, line, moment, record_id, shape, whole
from .visit import MAX_NUMBER
from .walking import refuse_other_name, refuse_outsider

SAYS = "says"


class ConsensusBody(Body):
    walk = Value(record_id, needed=True)
    visit = Value(record_id, needed=True)
    number = Value(whole(0, MAX_NUMBER), needed=True)
    school = Value(record_id, needed=True)
    rubric = Value(record_id, needed=True)
    by = Value(record_id, needed=True)
    revealed = Value(is_reveal)  # the service says so, when the visit was
    says = MapOf(anything, key)  # indicator -> {value, at, why}


def check_new(change: Change, library: Library) -> Refusal | None:
    body = change.new or {}
    if REVEALED in body:
        return Refusal("wrong-state", "/new/revealed")
    return (
        library.refuse_unusable(body, "new")
        or library.refuse_wrong_stop(body, "new")
        or _refuse_said(library.get(body["rubric"]), body.get(SAYS, {}).items(), "new", SAYS)
    )


def allow_new(author: Author, change: Change) -> Refusal | None:
    body = change.new or {}
    return refuse_other_name(author, body) or refuse_outsider(author, body, "/new")


def allow_set(author: Author, before: Record, change: Change, library: Library) -> Refusal | None:
    values = change.set or {}
    if author.ability.system:
        return None if values.keys() <= {REVEALED} else Refusal("not-yours")
    if REVEALED in values:
        return Refusal("not-yours", "/set/revealed")
    if before.body["by"] != author.person:
        return Refusal("not-yours")
    said = ((path.partition("/")[2], one) for path, one in values.items() if one is not None)
    rubric = library.get(before.body["rubric"])
    return refuse_outsider(author, before.body) or _refuse_said(
        rubric, [] if change.removes() else said, "set"
    )


def _refuse_said(
    rubric: Rubric | None, entries: Iterable[tuple[str, Any]], *above: str
) -> Refusal | None:
    for indicator, value in entries:
        found = _check(rubric.indicators.get(indicator) if rubric else None, value)
        if found is not None:
            code, keys, detail = found
            path = [f"{SAYS}/{indicator}"] if above == ("set",) else [indicator]
            return Refusal(code, pointer(*above, *path, *keys), detail)
    return None


def _check(indicator: Indicator | None, value: Any) -> Fault | None:
    if indicator is None:
        return fault("no-such-indicator")
    return shape(value, {"value": _level_of(indicator), "at": moment}, {"why": line})


def _level_of(indicator: Indicator) -> Check:
    """A level, or a word of the scale; of a pair what it comes to. Counts are not agreed on."""
    pair = (indicator.derive or {}).values() if indicator.type == PAIRED else ()
    yes_no = ("yes", "no") if indicator.type == "yes_no" else ()
    allowed = {*indicator.values, *indicator.unscored, *pair, *yes_no}

    def check(value: Any) -> Fault | None:
        if type(value) in (int, str) and value in allowed:
            return None
        return fault("no-such-level")

    return check


def audience(record: Record) -> frozenset[str]:
    """Its writer, and from the reveal on those who walk together and the school's desk."""
    body = record.body
    readers = {person_scope(body["by"]), within_scope(body["walk"])}
    if REVEALED in body:
        readers |= {team_scope(body["walk"]), desk_scope(body["school"])}
    return frozenset(readers)


CONSENSUS = Kind(
    "consensus",
    ConsensusBody(),
    audience,
    allow_new,
    allow_set,
    check_new,
    fixed=frozenset({"walk", "visit", "number", "school", "rubric", "by"}),
    once=frozenset({REVEALED}),
)
