"""Telling somebody of what no record shows yet: the service is about to do something."""

from flask import current_app
from sqlalchemy.orm import Session

from ..models import Notice, Person
from .outbox import queue


def tell(
    session: Session, space: str, person: str, kind: str, record: str, id: str, now: int
) -> None:
    """One notice, and the mail that tells of it where mail is set up and wanted."""
    row = session.get(Person, (space, person))
    if row is None:
        return
    has_mail = current_app.config["WALK"].mail is not None and row.account is not None
    mail = queue(session, space, str(row.account), kind, now) if has_mail else None
    session.merge(
        Notice(space=space, id=id, person=person, kind=kind, record=record, at=now, mail=mail)
    )
    session.flush()
