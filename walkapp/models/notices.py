"""What somebody is told, the mails that wait to be sent, and who wants which of them."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model


class Notice(Model):
    """One thing that happened, for one person. It names a record and says nothing of what is in it.

    The id is made from the change and the person, so that nobody is told the same twice.
    """

    __tablename__ = "notice"
    __table_args__ = (
        ForeignKeyConstraint(("space", "person"), ("person.space", "person.id")),
        Index("ix_notice_space_person", "space", "person", "at"),
        Index("ix_notice_mail", "mail"),
    )

    space: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person: Mapped[str] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(32))
    record: Mapped[str] = mapped_column(String(36))
    at: Mapped[int] = mapped_column(BigInteger)
    read_at: Mapped[int | None] = mapped_column(BigInteger)
    # The mail that tells of it; None where none does.
    mail: Mapped[str | None] = mapped_column(ForeignKey("mail.id"))


class Mail(Model):
    """A mail to one account about one space. While it is "waiting", further news join it."""

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'trying', 'sent', 'given-up', 'dropped')", name="state"
        ),
        Index("ix_mail_state_due_at", "state", "due_at"),
        Index("ix_mail_account", "account", "space"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    space: Mapped[str] = mapped_column(ForeignKey("space.id"))
    account: Mapped[str] = mapped_column(ForeignKey("account.id"))
    state: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[int] = mapped_column(BigInteger)
    due_at: Mapped[int] = mapped_column(BigInteger)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    problem: Mapped[str | None] = mapped_column(String(32))  # a word of ours, never the server's
    settled_at: Mapped[int | None] = mapped_column(BigInteger)
    # Whose hand it is in, and until when: a worker that died lets go of it by that.
    lease: Mapped[str | None] = mapped_column(String(36))
    lease_until: Mapped[int | None] = mapped_column(BigInteger)


class MailChoice(Model):
    """How often an account wants mail, and in which language."""

    __tablename__ = "mail_choice"

    account: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    how_often: Mapped[str] = mapped_column(String(16))
    language: Mapped[str | None] = mapped_column(String(8))


class MailOptOut(Model):
    """A kind of news the account wants no mail about."""

    __tablename__ = "mail_opt_out"

    account: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
