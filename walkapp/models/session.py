"""Sign-ins, the devices they happen on, and what slows a guesser down."""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model


class Device(Model):
    """One installation on one tablet, as one account uses it."""

    __tablename__ = "device"

    account: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    first_seen_at: Mapped[int] = mapped_column(BigInteger)
    last_seen_at: Mapped[int] = mapped_column(BigInteger)
    unsent: Mapped[int | None] = mapped_column(Integer)
    # What the tablet said of its own storage, to tell it should that ever come back emptied.
    database: Mapped[str | None] = mapped_column(String(36))
    highest: Mapped[int | None] = mapped_column(BigInteger)
    files: Mapped[int | None] = mapped_column(Integer)
    reported_at: Mapped[int | None] = mapped_column(BigInteger)
    # What the tablet last called its contact with us; a copy of the tablet calls it otherwise.
    nonce: Mapped[str | None] = mapped_column(String(16))


class Session(Model):
    """Kept as the SHA-256 of its token, so a stolen database signs nobody in."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_account", "account"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("account.id"))
    device: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[int] = mapped_column(BigInteger)
    last_seen_at: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[int] = mapped_column(BigInteger)
    ended_at: Mapped[int | None] = mapped_column(BigInteger)


class Throttle(Model):
    """Failures of one (address, e-mail) pair or one address; never of an e-mail alone."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[int] = mapped_column(BigInteger)
