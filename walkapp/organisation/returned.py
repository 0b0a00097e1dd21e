"""Schools, rooms and people that came back from a tablet, after the server had lost them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Person, PersonCard
from ..projections import catch_up


def settle_returned(session: Session, space: str) -> None:
    """Bring the rows that pages query up to the log, and seat everybody whose card is there.

    Nobody gets an account or a role back by this: those are given by people, not by tablets.
    """
    catch_up(session, space)
    seated = select(Person.id).where(Person.space == space)
    cards = select(PersonCard.id).where(PersonCard.space == space, PersonCard.id.not_in(seated))
    session.add_all(Person(space=space, id=id) for id in session.scalars(cards).all())
    session.flush()
