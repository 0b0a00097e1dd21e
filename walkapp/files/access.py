"""Who may send a file, and who may look at one. What is hidden is missing."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import access
from ..access.ability import ability_of
from ..access.table import OBSERVE
from ..log import SqlLog
from ..membership import bonds_of, grants_of
from ..models import File, Person
from .keeping import Sender, has_sent


def is_member(session: Session, sender: Sender) -> bool:
    """Is the account anybody in this space?"""
    return grants_of(session, sender.space, sender.account) is not None


def may_send(session: Session, sender: Sender, now: int) -> bool:
    """Whoever writes observations may send their photos.

    Also whose right is over: what they wrote is kept for the lead (rulings 13), and the photo
    belongs to it.
    """
    found = grants_of(session, sender.space, sender.account)
    able = ability_of(found[1] if found else (), now)
    return any(verb == OBSERVE for verb, _ in able.allowed | able.lapsed)


def file_for(session: Session, reader: Sender, record: str, sha: str, now: int) -> File | None:
    """The file, if this reader may see that record now and the file is one of its photos."""
    found = grants_of(session, reader.space, reader.account)
    if found is None:
        return None
    person, grants = found
    bonds = bonds_of(session, reader.space, person)
    author = access.author(reader.space, person, reader.account, None, grants, now, bonds)
    row = SqlLog(session, reader.space).records([record]).get(record)
    if row is None or row.removed or not author.may_see(row.scopes):
        return None
    file = session.get(File, (reader.space, sha)) if sha in _photos(row.body) else None
    # A hash that was once seen must not become a picture by writing it into a record of one's own.
    return file if file and _is_of_observer(session, file, row.body) else None


def _photos(body: Mapping[str, Any]) -> set[str]:
    """Of an observation, or of the version of one that a review carries."""
    version = body.get("version")
    # A rubric has a version too: a number.
    carried = version.get("photos", ()) if isinstance(version, dict) else ()
    return {*body.get("photos", ()), *carried}


def _is_of_observer(session: Session, file: File, body: Mapping[str, Any]) -> bool:
    observer = select(Person.account).where(
        Person.space == file.space, Person.id == body.get("observer")
    )
    account = session.scalar(observer)
    return account is not None and has_sent(session, file, account)
