"""Every tablet of a space: when it was last in touch, and what it last said of itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from ..models import Device, Person, PersonCard
from ..models import Session as SignIn

DAY_MS = 24 * 3_600_000
# Who signed out long ago and left nothing behind is of no interest to anybody.
KEPT_IN_SIGHT_MS = 90 * DAY_MS


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """`device` is None for browsers that gave none; counts are what the tablet last reported."""

    person: str
    name: str
    device: str | None
    device_name: str
    last_seen_at: int
    is_open: bool
    unsent: int | None
    files: int | None
    reported_at: int | None

    @property
    def waiting(self) -> int:
        """Changes and photos that were on that tablet only, as last reported."""
        return (self.unsent or 0) + (self.files or 0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """`words` of a person's or a tablet's name; silent for `days` at least; in which order."""

    words: str = ""
    days: int = 0
    order: str = "latest"


@dataclass(frozen=True, slots=True)
class Unsent:
    """What a tablet of somebody's last said to be on it only."""

    id: str
    name: str
    unsent: int
    files: int
    reported_at: int | None


def unsent_of(session: Session, account: str) -> list[Unsent]:
    """The tablets of an account on which something waited when they were last heard of."""
    unsent, files = func.coalesce(Device.unsent, 0), func.coalesce(Device.files, 0)
    query = (
        select(Device.id, Device.name, unsent, files, Device.reported_at)
        .where(Device.account == account, unsent + files > 0)
        .order_by(Device.reported_at.desc(), Device.id)
    )
    return [Unsent(*row) for row in session.execute(query)]


ORDERS: dict[str, Callable[[DeviceLine], Any]] = {
    "latest": lambda one: (-one.last_seen_at, one.name),
    "silent": lambda one: (one.last_seen_at, one.name),
    "waiting": lambda one: (-one.waiting, one.last_seen_at),
    "name": lambda one: (one.name.casefold(), -one.last_seen_at),
}


def devices(
    session: Session, space: str, at: int, idle_ms: int, wanted: Wanted
) -> list[DeviceLine]:
    """The tablets of the space's people, and browsers that are signed in without one."""
    is_open = and_(
        SignIn.ended_at.is_(None), SignIn.expires_at > at, SignIn.last_seen_at > at - idle_ms
    )
    found = [*_tablets(session, space, is_open), *_browsers(session, space, is_open)]
    chosen = [one for one in found if _is_of_interest(one, at) and _is_wanted(one, wanted, at)]
    return sorted(chosen, key=ORDERS.get(wanted.order, ORDERS["latest"]))


def _tablets(session: Session, space: str, is_open: ColumnElement[bool]) -> Iterable[DeviceLine]:
    opened = (
        select(SignIn.token_hash)
        .where(SignIn.account == Device.account, SignIn.device == Device.id, is_open)
        .exists()
    )
    query = (
        select(
            PersonCard.id, PersonCard.name, Device.id, Device.name, Device.last_seen_at, opened,
            Device.unsent, Device.files, Device.reported_at,
        )
        .join(Person, and_(Person.space == PersonCard.space, Person.id == PersonCard.id))
        .join(Device, Device.account == Person.account)
        .where(PersonCard.space == space)
    )  # fmt: skip
    return (DeviceLine(*row) for row in session.execute(query))


def _browsers(session: Session, space: str, is_open: ColumnElement[bool]) -> Iterable[DeviceLine]:
    query = (
        select(PersonCard.id, PersonCard.name, func.max(SignIn.last_seen_at))
        .join(Person, and_(Person.space == PersonCard.space, Person.id == PersonCard.id))
        .join(SignIn, SignIn.account == Person.account)
        .where(PersonCard.space == space, SignIn.device.is_(None), is_open)
        .group_by(PersonCard.id, PersonCard.name)
    )
    for person, name, seen in session.execute(query):
        yield DeviceLine(person, name, None, "", seen, True, None, None, None)


def _is_of_interest(one: DeviceLine, at: int) -> bool:
    return one.is_open or one.waiting > 0 or one.last_seen_at > at - KEPT_IN_SIGHT_MS


def _is_wanted(one: DeviceLine, wanted: Wanted, at: int) -> bool:
    said = f"{one.name} {one.device_name}".casefold()
    has_words = all(word in said for word in wanted.words.casefold().split())
    return has_words and one.last_seen_at <= at - wanted.days * DAY_MS
