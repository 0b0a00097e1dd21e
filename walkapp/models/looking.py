"""Who has looked at what concerns somebody else. Rows are added and let go of, never changed."""

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model


class Looked(Model):
    """One record reached one person in one way on one day, by this server's own calendar.

    Whom a record concerns is not written here: that is asked when somebody wants to know.
    """

    __tablename__ = "looked"
    __table_args__ = (Index("ix_looked_space_day", "space", "day"),)

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    record: Mapped[str] = mapped_column(String(36), primary_key=True)
    reader: Mapped[str] = mapped_column(String(36), primary_key=True)  # a person
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    how: Mapped[str] = mapped_column(String(16), primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger)
