"""Whose page it is, and the one road from it into the log."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.errors import Refusal
from walkapp.sync.exchange import append
from walkapp.sync.rules import Rules

from .. import access
from ..membership import bonds_of, grants_of
from ..notices import TellingLog
from ..problems import Problem

TAG_BYTES = 6


@dataclass(frozen=True, slots=True)
class Here:
    """One person in one space, and the account that is asking."""

    space: str
    person: str
    account: str


def author_of(session: Session, here: Here, now: int) -> Author:
    """As they may write now: read in the same transaction, like for a tablet."""
    found = grants_of(session, here.space, here.account)
    if found is None or found[0] != here.person:
        raise Problem("not-found")
    bonds = bonds_of(session, here.space, here.person)
    return access.author(here.space, here.person, here.account, None, found[1], now, bonds)


def write(
    session: Session, rules: Rules, here: Here, author: Author, changes: Sequence[Change], now: int
) -> None:
    """All changes as one commit, under the rules a tablet's are under; or a problem, and none."""
    if not changes:
        return
    log = TellingLog(session, here.space)
    verdicts = append(log, rules, author, changes, now, secrets.token_hex(TAG_BYTES))
    refusal = next((one.problem for one in verdicts.values() if one.problem), None)
    if refusal is not None:
        raise problem_of(refusal)


def problem_of(refusal: Refusal) -> Problem:
    return Problem(refusal.code)
