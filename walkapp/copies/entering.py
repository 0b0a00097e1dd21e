"""Who may enter a part of a copy, what it would bring, and entering it like any other change.

One's own work anybody enters; another's an administrator of its space, and then as its author's,
with the author's rights of this moment: a right that is over holds the change for the lead. Whose
it is the file has to prove by a voucher of this server: a name alone anybody can write. The commit
keeps the account that brought it, the change the person who wrote it.
"""

import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from walkapp.sync.exchange import exchange
from walkapp.sync.rules import Rules

from .. import access
from ..config import Config
from ..database import reading, writing
from ..log import SqlLog
from ..membership import bonds_of, grants_of
from ..notices import TellingLog
from ..organisation.audit import note
from ..problems import with_sentence
from ..queries import people
from .envelope import LATEST_MS
from .opening import Opened
from .photos import enter_photos

CHANGES_AT_ONCE = 256
TAG_BYTES = 6
ACCEPTED = ("ok", "merged")
TAKEN, THERE, KEPT, REFUSED = "taken", "there", "kept", "refused"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a part holds and what of it is here already; with a `problem` it cannot be entered."""

    whose: str = ""
    is_mine: bool = False
    changes: int = 0
    there: int = 0
    photos: int = 0
    needs_you: int = 0
    problem: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of every change of a part, and of its photos."""

    seen: Seen
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[dict[str, Any]] = field(default_factory=list)
    photos: Counter[str] = field(default_factory=Counter)


def look(opened: Opened, account: str, now: int) -> Seen:
    """What entering the part would bring, as far as can be told before it is tried."""
    with reading() as session:
        code = _refusal(session, opened, account, now)
        if code:
            return Seen(problem=with_sentence({"code": code}))
        return _seen(session, opened, account)


def enter(config: Config, opened: Opened, rules: Rules, account: str, now: int) -> Entered:
    """Enter the part; what was refused is told with its reason and stays in the file."""
    entered = Entered(look(opened, account, now))
    if entered.seen.problem:
        return entered
    for changes in _batches(opened.content.changes):
        # Each in a transaction of its own: going on after a fault is only entering once more.
        with writing() as session:
            code = _refusal(session, opened, account, now)
            if code:
                return replace(entered, seen=Seen(problem=with_sentence({"code": code})))
            _enter_batch(session, opened, rules, account, changes, entered, now)
    # After the words, as a tablet sends them: a photo without its record shows itself to nobody.
    return replace(entered, photos=enter_photos(config, opened, now))


def _refusal(session: Session, opened: Opened, account: str, now: int) -> str | None:
    """Why this account may not enter the part, read in the transaction that would enter it."""
    mine = grants_of(session, opened.space, account)
    if mine is None:
        return "copy-elsewhere"
    if opened.content.account == account:
        return None
    if not access.ability_of(mine[1], now).is_admin():
        return "copy-not-yours"
    if not opened.is_vouched:
        return "copy-unproven"
    return None if grants_of(session, opened.space, opened.content.account) else "copy-of-nobody"


def _seen(session: Session, opened: Opened, account: str) -> Seen:
    content = opened.content
    cids = [change["cid"] for change in content.changes]
    judged = SqlLog(session, opened.space).judged(cids).values()
    names = people.names_by_account(session, opened.space)
    return Seen(
        whose=names.get(content.account, ""),
        is_mine=content.account == account,
        changes=len(cids),
        there=sum(one.verdict in ACCEPTED for one in judged),
        photos=len(content.photos),
        needs_you=content.needs_you,
    )


def _batches(changes: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(changes), CHANGES_AT_ONCE):
        yield changes[start : start + CHANGES_AT_ONCE]


def _enter_batch(
    session: Session, opened: Opened, rules: Rules, account: str,
    changes: list[dict[str, Any]], entered: Entered, now: int,
) -> None:  # fmt: skip
    found = grants_of(session, opened.space, opened.content.account)
    if found is None:  # looked up a moment ago in this very transaction
        return
    person, grants = found
    # The account is whoever brought it: the log tells both apart.
    bonds = bonds_of(session, opened.space, person)
    author = access.author(opened.space, person, account, opened.device, grants, now, bonds)
    log, tag = TellingLog(session, opened.space), secrets.token_hex(TAG_BYTES)
    before = log.judged([change["cid"] for change in changes])
    asked = {"changes": changes, "thin": True, "limit": 1}
    results = exchange(log, rules, author, asked, now, tag)["results"]
    counts: Counter[str] = Counter()
    for change in changes:
        outcome = _outcome(results[change["cid"]]["verdict"], change["cid"] in before)
        counts[outcome] += 1
        if outcome == REFUSED:
            entered.refused.append(_told(change, results[change["cid"]]["problem"]))
    entered.counts.update(counts)
    note(session, opened.space, account, "enter-copy", person, now, **counts)


def _outcome(verdict: str, was_known: bool) -> str:
    if verdict in ACCEPTED:
        return THERE if was_known else TAKEN
    return KEPT if verdict == "held" else REFUSED


def _told(change: Mapping[str, Any], problem: Mapping[str, Any]) -> dict[str, Any]:
    at = change.get("at")
    return {
        "kind": str(change.get("kind", ""))[:32],
        "at": at if type(at) is int and 0 < at < LATEST_MS else None,
        "problem": with_sentence(problem),
    }
