"""What was administered, by whom, when. Rows are added and never changed."""

from sqlalchemy import BigInteger, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model


class Audit(Model):
    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_space_at", "space", "at"),)

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    space: Mapped[str | None] = mapped_column(String(36))
    at: Mapped[int] = mapped_column(BigInteger)
    account: Mapped[str | None] = mapped_column(String(36))
    verb: Mapped[str] = mapped_column(String(40))
    what: Mapped[str] = mapped_column(String(80))
    detail: Mapped[str] = mapped_column(Text, default="{}")
