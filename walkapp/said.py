"""Times, roles and verbs as a page says them. Days begin at midnight of this server's own clock."""

from datetime import UTC, date, datetime, time, timedelta

from flask import Flask

from .clock import now_ms

ROLES = {
    "observer": ("Observer", "visits rooms and writes observations"),
    "walk_lead": ("Walk lead", "plans walks, visits rooms and writes observations"),
    "coach": ("Coach", "visits rooms and writes observations"),
    "partner_coach": ("Partner coach", "a coach from outside, in one or more districts"),
    "principal": ("Principal", "reads, comments on and releases what is given to the school"),
    "teacher": ("Teacher", "is known to the principal of the school; has no screens yet"),
    "district_lead": ("District lead", "visits every school; decides about work that was kept"),
    "facilitator": ("Facilitator", "leads a cadre; has no screens yet"),
    "guest": ("Guest", "joins a single walk; has no screens yet"),
    "certification_reviewer": ("Certification reviewer", "has no screens yet"),
    "admin": ("Administrator", "keeps schools, rooms, people and sign-ins; opens no observation"),
    "auditor": ("Auditor", "has no screens yet"),
}


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        said_time=said_time, said_day=said_day, iso_time=iso_time, role_name=role_name
    )


def said_time(ms: int, now: int | None = None) -> str:
    """A moment as people say it: "today 9:14", "yesterday 14:02", "November 3, 2026, 9:14"."""
    moment = _local(ms)
    today = _local(now if now is not None else now_ms()).date()
    clock = f"{moment.hour}:{moment.minute:02}"
    if moment.date() == today:
        return f"today {clock}"
    if moment.date() == today - timedelta(days=1):
        return f"yesterday {clock}"
    return f"{said_day(ms)}, {clock}"


def said_day(ms: int) -> str:
    """The day of a moment: "November 3, 2026"."""
    moment = _local(ms)
    return f"{moment:%B} {moment.day}, {moment.year}"


def iso_time(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")


def role_name(role: str) -> str:
    return ROLES[role][0] if role in ROLES else role.replace("_", " ").capitalize()


def day_begins(day: str) -> int:
    """The first moment of a day written 2026-11-22; ValueError when it is none."""
    return _ms(date.fromisoformat(day))


def day_ends(day: str) -> int:
    """The first moment after a day written 2026-11-22; ValueError when it is none."""
    return _ms(date.fromisoformat(day) + timedelta(days=1))


def _ms(day: date) -> int:
    return int(datetime.combine(day, time.min).astimezone().timestamp() * 1000)


def _local(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone()
