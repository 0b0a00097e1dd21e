"""Who is signed in: rows on the server, found by the SHA-256 of a token only the browser holds."""

import secrets
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session as Database

from . import session_statements as sql
from .models import Device, Session

DAY_MS = 24 * 3_600_000
IDLE_MS = 90 * DAY_MS
ABSOLUTE_MS = 365 * DAY_MS
TOUCH_MS = 60_000


@dataclass(frozen=True, slots=True)
class Report:
    """What a tablet says of itself; None where it did not say.

    `highest` is the highest number it ever gave to a change in this `database` of its own; `nonce`
    is what it calls this contact, `was` what it called the last one it heard back from.
    """

    unsent: int | None = None
    files: int | None = None
    database: str | None = None
    highest: int | None = None
    nonce: str | None = None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a tablet last said of its own storage, and when."""

    database: str | None
    highest: int | None
    unsent: int | None
    files: int | None
    at: int | None
    nonce: str | None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One account on one device, as long as the session lasts; `told` by that device."""

    account: str
    email: str
    device: str | None
    demo: bool
    session: str  # the hash of the token
    last_seen_at: int
    expires_at: int
    told: Told | None = None


def start(
    db: Database, account: str, device: str | None, now: int, old_token: str | None = None
) -> str:
    """A new token; the browser's earlier session and the device's are over."""
    if old_token:
        end(db, _hash(old_token), now)
    if device:
        end_device(db, account, device, now)
    token = secrets.token_urlsafe(32)
    db.add(
        Session(
            token_hash=_hash(token),
            account=account,
            device=device,
            created_at=now,
            last_seen_at=now,
            expires_at=now + ABSOLUTE_MS,
        )  # fmt: skip
    )
    return token


def find(db: Database, token: str | None, now: int) -> SignedIn | None:
    """Who this token speaks for now, or nobody."""
    if not token:
        return None
    row = sql.FIND.run(db, token_hash=_hash(token)).first()
    if row is None or not _is_open(row, now):
        return None
    return SignedIn(
        row.account, row.email, row.device, bool(row.demo),
        row.token_hash, row.last_seen_at, _ends_at(row), _told(row),
    )  # fmt: skip


def touch(db: Database, who: SignedIn, device: str | None, report: Report, now: int) -> None:
    """Note that session and device are in use. The session is that of the device it was last used
    on: a copy of a tablet, with the same cookie, has an id of its own from its first contact on.
    """
    device = device or who.device
    sql.TOUCH.run(db, token_hash=who.session, last_seen_at=now, device=device)
    if device:
        _note_device(db, who.account, device, None, report, now, like=who.device)


def told(db: Database, account: str, device: str) -> Told | None:
    """What the device last said of its own storage; nothing where it never did."""
    row = sql.TOLD.run(db, account=account, id=device).first()
    return _told(row) if row else None


def is_due(who: SignedIn, now: int) -> bool:
    """A minute has passed since the last touch (or the clock was set back)."""
    return abs(now - who.last_seen_at) >= TOUCH_MS


def name_device(db: Database, account: str, device: str, name: str, now: int) -> None:
    """Remember the device an account signs in on."""
    _note_device(db, account, device, name, Report(), now)


def end(db: Database, session: str, now: int) -> None:
    """Nobody is signed in by this session any more."""
    _end_where(db, now, Session.token_hash == session)


def end_device(db: Database, account: str, device: str, now: int) -> None:
    """End what this account has open on this device; its unsent work stays on the device."""
    _end_where(db, now, Session.account == account, Session.device == device)


def end_all(db: Database, account: str, now: int) -> None:
    """End every session of an account: its password changed, or it was closed."""
    _end_where(db, now, Session.account == account)


def _end_where(db: Database, now: int, *which: ColumnElement[bool]) -> None:
    db.execute(update(Session).where(*which, Session.ended_at.is_(None)).values(ended_at=now))


def _is_open(row: Any, now: int) -> bool:
    return row.ended_at is None and row.disabled_at is None and now < _ends_at(row)


def _ends_at(row: Any) -> int:
    return int(min(row.last_seen_at + IDLE_MS, row.expires_at))


def _told(row: Any) -> Told | None:
    if row.database is None and row.nonce is None:
        return None
    return Told(row.database, row.highest, row.unsent, row.files, row.reported_at, row.nonce)


def _note_device(
    db: Database, account: str, device: str, name: str | None, report: Report, now: int,
    like: str | None = None,
) -> None:  # fmt: skip
    said = asdict(report)
    is_said = any(value is not None for value in said.values())
    said |= {"name": name, "last_seen_at": now, "reported_at": now if is_said else None}
    if not sql.NOTE.run(db, account=account, id=device, **said).rowcount:
        del said["was"]
        name = name or _name_of(db, account, like) or ""
        row = {"account": account, "id": device, "first_seen_at": now, **said, "name": name}
        _add_device(db, row)


def _name_of(db: Database, account: str, device: str | None) -> str | None:
    return sql.NAME.run(db, account=account, id=device).scalar() if device else None


def _add_device(db: Database, row: dict[str, Any]) -> None:
    # A device may send twice at once the first time: the other row says the same.
    is_postgresql = db.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if is_postgresql else sqlite.insert
    db.execute(insert(Device).values(row).on_conflict_do_nothing())


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
