"""Spaces: one district, or one cadre. The tenant of every other row."""

from sqlalchemy import BigInteger, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model


class Space(Model):
    __tablename__ = "space"
    __table_args__ = (CheckConstraint("kind IN ('district', 'cadre')", name="kind"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), default="district")
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[int] = mapped_column(BigInteger)
