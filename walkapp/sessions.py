"""Who is signed in: rows on the server, found by the SHA-256 of a token only the browser holds."""

import secrets
from dataclasses import asdict, dataclass
from hashlib import sha256

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session as Database

from .models import Account, Device, Session

DAY_MS = 24 * 3_600_000
IDLE_MS = 90 * DAY_MS
ABSOLUTE_MS = 365 * DAY_MS
TOUCH_MS = 60_000


@dataclass(frozen=True, slots=True)
class Report:
    """What a tablet says of itself; None where it did not say.

    `highest` is the highest number it ever gave to a change in this `database` of its own.
    """

    unsent: int | None = None
    files: int | None = None
    database: str | None = None
    highest: int | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One account on one device, as long as the session lasts."""

    account: str
    email: str
    device: str | None
    demo: bool
    session: str  # the hash of the token
    last_seen_at: int
    expires_at: int


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
    found = db.execute(
        select(Session, Account)
        .join(Account, Account.id == Session.account)
        .where(Session.token_hash == _hash(token))
    ).first()
    if found is None or not _is_open(*found, now):
        return None
    row, account = found
    return SignedIn(
        account.id, account.email, row.device, account.demo,
        row.token_hash, row.last_seen_at, _ends_at(row),
    )  # fmt: skip


def touch(db: Database, who: SignedIn, device: str | None, report: Report, now: int) -> None:
    """Note that session and device are in use; a session without a device takes this one."""
    device = who.device or device
    db.execute(
        update(Session)
        .where(Session.token_hash == who.session)
        .values(last_seen_at=now, device=device)
    )
    if device:
        _note_device(db, who.account, device, None, report, now)


def remembered(db: Database, account: str, device: str) -> Device | None:
    """What is known of a device, as it was last reported."""
    return db.get(Device, (account, device))


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


def _is_open(row: Session, account: Account, now: int) -> bool:
    return row.ended_at is None and account.disabled_at is None and now < _ends_at(row)


def _ends_at(row: Session) -> int:
    return min(row.last_seen_at + IDLE_MS, row.expires_at)


def _note_device(
    db: Database, account: str, device: str, name: str | None, report: Report, now: int
) -> None:
    row = db.get(Device, (account, device))
    if row is None:
        row = Device(account=account, id=device, name="", first_seen_at=now)
        db.add(row)
    row.last_seen_at = now
    row.name = row.name if name is None else name
    said = {field: value for field, value in asdict(report).items() if value is not None}
    for field, value in said.items():
        setattr(row, field, value)
    row.reported_at = now if said else row.reported_at


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
