"""Times, roles and verbs as a page says them. Days begin at midnight of this server's own clock."""

from datetime import UTC, date, datetime, time, timedelta

from flask import Flask

from .clock import now_ms
from .languages import N_, say_clock, say_date, say_moment, say_number
from .languages import gettext as _

ROLES = {
    "observer": (N_("Observer"), N_("visits rooms and writes observations")),
    "walk_lead": (N_("Walk lead"), N_("plans walks, visits rooms and writes observations")),
    "coach": (
        N_("Coach"),
        N_("visits rooms, writes observations, coaches teachers who agree"),
    ),
    "partner_coach": (N_("Partner coach"), N_("a coach from outside, in one or more districts")),
    "principal": (
        N_("Principal"),
        N_("reads, comments on and releases what is given to the school"),
    ),
    "teacher": (
        N_("Teacher"),
        N_("reads what was released about her room, replies, agrees to be coached or not"),
    ),
    "district_lead": (
        N_("District lead"),
        N_("visits every school; decides about work that was kept"),
    ),
    "facilitator": (N_("Facilitator"), N_("leads a cadre; has no screens yet")),
    "guest": (N_("Guest"), N_("joins a single walk; has no screens yet")),
    "certification_reviewer": (N_("Certification reviewer"), N_("has no screens yet")),
    "admin": (
        N_("Administrator"),
        N_("keeps schools, rooms, people and sign-ins; opens no observation"),
    ),
    "auditor": (N_("Auditor"), N_("has no screens yet")),
}
# Kinds of record that a tablet writes.
KINDS = {
    "walk": N_("Walk"),
    "visit": N_("Visit"),
    "visit_room": N_("Visit room"),
    "observation": N_("Observation"),
    "review": N_("Review"),
    "agreement": N_("Agreement"),
    "coaching_step": N_("Step"),
    "thank_you": N_("Thank-you"),
    "claim": N_("Claim of a room"),
    "claim_question": N_("Question whose room it was"),
    "released_copy": N_("Copy for a teacher"),
    "reply": N_("Reply of a room"),
    "consensus": N_("Consensus"),
    "card": N_("Card"),
    "next_step": N_("Next step"),
}


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        said_time=said_time, said_day=said_day, said_number=say_number, iso_time=iso_time,
        role_name=role_name, kind_name=kind_name,
    )  # fmt: skip


def said_time(ms: int, now: int | None = None) -> str:
    """A moment as people say it: "today 9:14", "yesterday 14:02", "November 3, 2026, 9:14"."""
    moment = _local(ms)
    today = _local(now if now is not None else now_ms()).date()
    if moment.date() == today:
        return _("today %(time)s", time=say_clock(moment))
    if moment.date() == today - timedelta(days=1):
        return _("yesterday %(time)s", time=say_clock(moment))
    return say_moment(moment)


def said_day(ms: int) -> str:
    """The day of a moment: "November 3, 2026"."""
    return say_date(_local(ms))


def said_moment(ms: int) -> str:
    """Day and time of day, as it stays true tomorrow: "November 3, 2026, 9:14"."""
    return say_moment(_local(ms))


def iso_day(ms: int) -> str:
    """The day of a moment as dates are written in records: "2026-11-03"."""
    return _local(ms).date().isoformat()


def iso_time(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")


def role_name(role: str) -> str:
    return _(ROLES[role][0]) if role in ROLES else role.replace("_", " ").capitalize()


def kind_name(kind: str) -> str:
    return _(KINDS[kind]) if kind in KINDS else kind.replace("_", " ").capitalize()


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
