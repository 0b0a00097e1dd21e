"""The log of a space: one feed row as lock and counter, then commits, records and changes.

There are no foreign keys between records: an observation may arrive before its visit.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model


class Feed(Model):
    __tablename__ = "feed"

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)
    floor: Mapped[int] = mapped_column(BigInteger, default=0)


class Commit(Model):
    __tablename__ = "log_commit"

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    tag: Mapped[str] = mapped_column(String(16))
    at: Mapped[int] = mapped_column(BigInteger)
    account: Mapped[str] = mapped_column(String(36))
    device: Mapped[str | None] = mapped_column(String(36))


class RecordRow(Model):
    __tablename__ = "record"
    __table_args__ = (UniqueConstraint("space", "seq"),)

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    seq: Mapped[int] = mapped_column(BigInteger)
    owner: Mapped[str] = mapped_column(String(36))
    body: Mapped[str] = mapped_column(Text)
    ver: Mapped[str] = mapped_column(Text)
    removed: Mapped[bool] = mapped_column(Boolean, default=False)
    digest: Mapped[str | None] = mapped_column(String(64))  # SHA-256 of the body as RFC 8785


class ChangeRow(Model):
    """What became of a change. `said` identifies its content; `was` keeps every value it cost."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_space_record", "space", "record"),)

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    cid: Mapped[str] = mapped_column(String(36), primary_key=True)
    record: Mapped[str] = mapped_column(String(36))
    person: Mapped[str] = mapped_column(String(36))
    device: Mapped[str | None] = mapped_column(String(36))
    seq: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[int] = mapped_column(BigInteger)
    said: Mapped[str] = mapped_column(String(64))
    verdict: Mapped[str] = mapped_column(String(16))
    problem: Mapped[str | None] = mapped_column(Text)
    was: Mapped[str | None] = mapped_column(Text)
    kept: Mapped[str | None] = mapped_column(Text)  # a held change, whole, for the lead to decide


class KeptDecision(Model):
    """What the lead decided about a held change; the change itself stays where it is."""

    __tablename__ = "kept_decision"
    __table_args__ = (ForeignKeyConstraint(("space", "cid"), ("change.space", "change.cid")),)

    space: Mapped[str] = mapped_column(String(36), primary_key=True)
    cid: Mapped[str] = mapped_column(String(36), primary_key=True)
    decision: Mapped[str] = mapped_column(String(16))  # "taken" or "declined"
    note: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    at: Mapped[int] = mapped_column(BigInteger)


class Audience(Model):
    """Who may read a record now: one row a scope, kept in the record's own transaction."""

    __tablename__ = "audience"
    __table_args__ = (Index("ix_audience_space_scope", "space", "scope", "record"),)

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    record: Mapped[str] = mapped_column(String(36), primary_key=True)
    scope: Mapped[str] = mapped_column(String(80), primary_key=True)


class Gone(Model):
    """A record left a scope at this seq; readers of that scope are told to forget it."""

    __tablename__ = "gone"

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    record: Mapped[str] = mapped_column(String(36), primary_key=True)
    scope: Mapped[str] = mapped_column(String(80), primary_key=True)
