"""Signing in, being signed in, signing out: the steps, each in a transaction of its own."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from flask import Request, current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from . import passwords, sessions, throttle
from .clock import now_ms
from .config import Config
from .cookies import token_of
from .database import reading, writing
from .membership import Membership, memberships
from .models import Account
from .problems import Problem
from .sessions import Report, SignedIn


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is asking, and what they are in each of their spaces."""

    who: SignedIn
    memberships: list[Membership]

    def opens(self, screen: str, now: int) -> bool:
        return any(membership.opens(screen, now) for membership in self.memberships)


def sign_in(
    request: Request, email: str, password: str, device: Mapping[str, str] | None = None
) -> str:
    """The token of a new session; unknown and wrong cannot be told apart by answer or time."""
    now, address = now_ms(), request.remote_addr or ""
    email = email.strip().lower()
    _slow_down(address, email, now)
    account = _account(email)
    is_right = passwords.is_right(account.password_hash if account else None, password)
    if account is None or not is_right or account.disabled_at is not None:
        raise Problem("sign-in-failed")
    if account.demo and not _is_private(_config()):
        raise Problem("demo-is-local")
    newer_hash = _newer_hash(account, password)
    with writing() as session:
        throttle.give_back(session, address, email)
        if newer_hash:
            session.get_one(Account, account.id).password_hash = newer_hash
        return _start(session, account.id, device, now, token_of(request))


def visitor(request: Request) -> Visitor | None:
    """Who sent this request, if anybody is signed in; notes once a minute that they were here."""
    found = visitor_of(token_of(request))
    if found and sessions.is_due(found.who, now_ms()):
        note_contact(found.who, None)
    return found


def visitor_of(token: str | None) -> Visitor | None:
    """Who this token speaks for, if anybody."""
    now = now_ms()
    with reading() as session:
        who = _find(session, token, now)
        return Visitor(who, memberships(session, who.account, now)) if who else None


def who_of(token: str | None) -> SignedIn | None:
    """The same without their memberships, for who asks for those of one space."""
    with reading() as session:
        return _find(session, token, now_ms())


def _find(session: Session, token: str | None, now: int) -> SignedIn | None:
    who = sessions.find(session, token, now)
    return None if who and who.demo and not _is_private(_config()) else who


def note_contact(who: SignedIn, device: str | None, report: Report | None = None) -> None:
    """Remember that this session, and the tablet it is on, were in touch, and what it said."""
    with writing() as session:
        sessions.touch(session, who, device, report or Report(), now_ms())


def told_before(who: SignedIn, device: str) -> dict[str, Any] | None:
    """What the tablet last said of its own storage, should that have been emptied since."""
    told = who.told
    if who.device != device:  # here for the first time, or a copy of a tablet with its cookie
        with reading() as session:
            told = sessions.told(session, who.account, device)
    return asdict(told) if told else None


def sign_out(request: Request) -> None:
    """End the session of this browser, if it has one."""
    token, now = token_of(request), now_ms()
    with reading() as session:
        who = sessions.find(session, token, now)
    if who:
        with writing() as session:
            sessions.end(session, who.session, now)


def _slow_down(address: str, email: str, now: int) -> None:
    with writing() as session:
        wait = throttle.take_a_try(session, address, email, now)
    if wait:
        raise Problem("too-many-tries", headers={"Retry-After": str(wait)})


def _account(email: str) -> Account | None:
    if "\0" in email:  # PostgreSQL cannot even be asked
        return None
    with reading() as session:
        return session.scalars(select(Account).where(Account.email == email)).first()


def _newer_hash(account: Account, password: str) -> str | None:
    """A hash at today's cost, made before any lock is held."""
    is_outdated = passwords.is_outdated(account.password_hash or "")
    return passwords.hash_of(password) if is_outdated else None


def _start(
    session: Session, account: str, device: Mapping[str, str] | None, now: int, old: str | None
) -> str:
    throttle.forget_old(session, now)
    name = device["id"] if device else None
    token = sessions.start(session, account, name, now, old)
    if device:
        sessions.name_device(session, account, device["id"], device["name"], now)
    return token


def _is_private(config: Config) -> bool:
    # Behind a proxy the whole world can stand, whatever address the server itself listens on.
    return config.is_loopback and not config.proxy


def _config() -> Config:
    return current_app.config["WALK"]
