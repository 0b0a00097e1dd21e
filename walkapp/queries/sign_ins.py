"""What is open where: one line for each person and device."""

from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from ..models import Device, Person, PersonCard
from ..models import Session as SignIn


@dataclass(frozen=True, slots=True)
class SignInLine:
    """`device` is None for browsers that gave none; `unsent` is what the tablet last said."""

    person: str
    name: str
    device: str | None
    device_name: str
    since: int
    last_seen_at: int
    unsent: int | None


def sign_ins(
    session: Session, space: str, at: int, idle_ms: int, person: str | None = None
) -> list[SignInLine]:
    """Every open sign-in of the people of this space, last used first."""
    last = func.max(SignIn.last_seen_at)
    query = (
        select(
            PersonCard.id, PersonCard.name, SignIn.device,
            func.max(Device.name), func.min(SignIn.created_at), last, func.max(Device.unsent),
        )
        .join(Person, and_(Person.space == PersonCard.space, Person.id == PersonCard.id))
        .join(SignIn, SignIn.account == Person.account)
        .outerjoin(Device, and_(Device.account == SignIn.account, Device.id == SignIn.device))
        .where(
            PersonCard.space == space, SignIn.ended_at.is_(None),
            SignIn.expires_at > at, SignIn.last_seen_at > at - idle_ms,
        )
        .group_by(PersonCard.id, PersonCard.name, SignIn.device)
        .order_by(last.desc())
    )  # fmt: skip
    if person is not None:
        query = query.where(PersonCard.id == person)
    return [
        SignInLine(id, name, device, device_name or "", since, seen, unsent)
        for id, name, device, device_name, since, seen, unsent in session.execute(query)
    ]
