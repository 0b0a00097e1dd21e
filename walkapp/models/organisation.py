"""Schools, rooms and person cards as pages query them: projections of the log, rebuildable."""

from sqlalchemy import BigInteger, Boolean, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model


class ProjectionCursor(Model):
    __tablename__ = "projection_cursor"

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)


class School(Model):
    __tablename__ = "school"

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    code: Mapped[str] = mapped_column(String(40))
    archived: Mapped[bool] = mapped_column(Boolean, default=False)


class Room(Model):
    __tablename__ = "room"
    __table_args__ = (Index("ix_room_space_school", "space", "school"),)

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    school: Mapped[str] = mapped_column(String(36))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200), default="")
    grade_band: Mapped[str] = mapped_column(String(40), default="")
    subject: Mapped[str] = mapped_column(String(80), default="")
    archived: Mapped[bool] = mapped_column(Boolean, default=False)


class PersonCard(Model):
    __tablename__ = "person_card"

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    roles: Mapped[str] = mapped_column(Text, default="[]")  # as in the record's body
    archived: Mapped[bool] = mapped_column(Boolean, default=False)
