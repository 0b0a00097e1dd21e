"""What reports read: given observations, and the walks, visits and rooms they are of.

Projections of the log by a cursor of their own, rebuildable. No names of persons stand in here.
"""

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Model


class ReportWalk(Model):
    __tablename__ = "report_walk"

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    school: Mapped[str] = mapped_column(String(36))
    title: Mapped[str] = mapped_column(Text)
    date: Mapped[str] = mapped_column(String(10))


class ReportVisit(Model):
    """`same_as` is the visit this one was brought together with; it may not be here yet."""

    __tablename__ = "report_visit"

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    walk: Mapped[str] = mapped_column(String(36))
    school: Mapped[str] = mapped_column(String(36))
    number: Mapped[int] = mapped_column(Integer)
    same_as: Mapped[str | None] = mapped_column(String(36))


class ReportRoom(Model):
    """Which room a visit went to. For counting rooms only: no page says it (rulings 8)."""

    __tablename__ = "report_room"

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    visit: Mapped[str] = mapped_column(String(36))
    room: Mapped[str] = mapped_column(String(36))
    school: Mapped[str] = mapped_column(String(36))


class ReportObservation(Model):
    """Given or released; a draft has no row. `answers` are its ratings and gates as in its body."""

    __tablename__ = "report_observation"
    __table_args__ = (Index("ix_report_observation_space_school", "space", "school"),)

    space: Mapped[str] = mapped_column(ForeignKey("space.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    walk: Mapped[str] = mapped_column(String(36))
    visit: Mapped[str] = mapped_column(String(36))
    school: Mapped[str] = mapped_column(String(36))
    number: Mapped[int] = mapped_column(Integer)
    rubric: Mapped[str] = mapped_column(String(36))
    state: Mapped[str] = mapped_column(String(16))
    date: Mapped[str] = mapped_column(String(10))
    answers: Mapped[str] = mapped_column(Text)
