"""What is not deleted, what was announced, and what was: without a word of what it held.

The rule itself is a record (`policy`), so that every tablet knows it.
"""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model


class LegalHold(Model):
    """Nothing of a school, a walk or a person is deleted while this stands."""

    __tablename__ = "legal_hold"
    __table_args__ = (CheckConstraint("what IN ('school', 'walk', 'person')", name="what"),)

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    what: Mapped[str] = mapped_column(String(16))
    target: Mapped[str] = mapped_column(String(36))
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(36))  # an account
    at: Mapped[int] = mapped_column(BigInteger)
    ended_at: Mapped[int | None] = mapped_column(BigInteger)
    ended_by: Mapped[str | None] = mapped_column(String(36))


class DeletionNotice(Model):
    """Since when it is announced that this will be deleted, and from which day on it may be."""

    __tablename__ = "deletion_notice"

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    record: Mapped[str] = mapped_column(String(36), primary_key=True)
    what: Mapped[str] = mapped_column(String(16), primary_key=True)  # "observation" or "photos"
    told_at: Mapped[int] = mapped_column(BigInteger)
    not_before: Mapped[int] = mapped_column(BigInteger)


class DeletionCertificate(Model):
    """What kind, how many, when, by which rule. Each holds the digest of the one before."""

    __tablename__ = "deletion_certificate"

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(BigInteger)
    said: Mapped[str] = mapped_column(Text)  # JSON, the very text the digest is of
    before: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
