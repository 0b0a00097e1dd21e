"""Accounts sign in; persons belong to a space. Grants say what a person may do there, and when."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from ..access.roles import ROLES
from .base import Model

ROLE_LIST = ", ".join(f"'{role}'" for role in ROLES)


class Account(Model):
    __tablename__ = "account"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # lower case
    password_hash: Mapped[str | None] = mapped_column(String(200))
    demo: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[int] = mapped_column(BigInteger)
    disabled_at: Mapped[int | None] = mapped_column(BigInteger)


class Person(Model):
    """A person of a space. The name and role card travels to tablets as a record of the same id."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_account", "account"),)

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account: Mapped[str | None] = mapped_column(ForeignKey("account.id"))


class Grant(Model):
    """`school` None means the whole space. Times are milliseconds UTC, None means unbounded."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint(f"role IN ({ROLE_LIST})", name="role"),
        Index("ix_role_grant_space_person", "space", "person"),
    )

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person: Mapped[str] = mapped_column(String(36))
    role: Mapped[str] = mapped_column(String(32))
    school: Mapped[str | None] = mapped_column(String(36))
    starts_at: Mapped[int | None] = mapped_column(BigInteger)
    ends_at: Mapped[int | None] = mapped_column(BigInteger)


class Invite(Model):
    """A one-time link, kept as the SHA-256 of its token."""

    __tablename__ = "invite"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    space: Mapped[str] = mapped_column(ForeignKey("space.id"))
    person: Mapped[str] = mapped_column(String(36))
    email: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[int] = mapped_column(BigInteger)
    used_at: Mapped[int | None] = mapped_column(BigInteger)
