"""Takes what is due, one mail after the other, until it is told to stop.

A mail is taken in one transaction, handed over outside of any, and settled in another. Whoever dies
in between leaves it to the next one, after its lease: if the mail server had taken it by then, that
one mail is sent a second time, under the same Message-ID.
"""

from collections.abc import Callable
from email.errors import MessageError
from threading import Event

from sqlalchemy.exc import DBAPIError

from ..clock import now_ms
from ..database import DatabaseBusy, reading, writing
from ..mail_settings import MailSettings
from .letter import Contents, contents, write
from .outbox import DROPPED, GIVEN_UP, SENT, Taken, put_off, settle, take
from .post import Limits, NotSent, send

LOOK_EVERY_SECONDS = 5
DAY_MS = 24 * 3_600_000
# After the mail server as a whole had trouble, or the database.
REST_SECONDS = 60

Say = Callable[[str], None]
Clock = Callable[[], int]


def work(
    settings: MailSettings, stop: Event, say: Say, daily: Callable[[], None] = lambda: None
) -> None:
    """Send what becomes due until `stop` is set, and do `daily` once a day; the mail in hand is
    finished first."""
    done_at = 0
    while not stop.is_set():
        try:
            went_well = send_due(settings, say, stop)
            if now_ms() - done_at >= DAY_MS:
                daily()
                done_at = now_ms()
        except (DatabaseBusy, DBAPIError) as trouble:
            say(f"The database does not answer ({type(trouble).__name__}): tried again.")
            went_well = False
        stop.wait(LOOK_EVERY_SECONDS if went_well else REST_SECONDS)


def send_due(
    settings: MailSettings,
    say: Say,
    stop: Event | None = None,
    *,
    limits: Limits = Limits(),  # noqa: B008 - a frozen value
    clock: Clock = now_ms,
) -> bool:
    """Send all that is due now; False when the mail server as a whole had trouble."""
    while stop is None or not stop.is_set():
        with writing() as session:
            taken = take(session, clock())
        if taken is None:
            return True
        trouble = _deliver(settings, taken, limits, clock)
        say(f"mail {taken.id}, try {taken.tries}: {trouble.problem if trouble else 'done'}")
        if trouble is not None and trouble.server:
            return False
    return True


def _deliver(settings: MailSettings, taken: Taken, limits: Limits, clock: Clock) -> NotSent | None:
    with reading() as session:
        told = contents(session, taken, clock())
    trouble = _handed_over(settings, told, limits, clock) if told else None
    with writing() as session:
        if trouble is not None and not trouble.lasting:
            put_off(session, taken, trouble.problem, clock())
        elif trouble is not None:
            settle(session, taken, GIVEN_UP, clock(), trouble.problem)
        else:
            settle(session, taken, SENT if told else DROPPED, clock())
    return trouble


def _handed_over(
    settings: MailSettings, told: Contents, limits: Limits, clock: Clock
) -> NotSent | None:
    try:
        mail = write(told, settings, clock())
    except (MessageError, ValueError):  # an address no mail can be written to
        return NotSent("address", lasting=True)
    try:
        send(mail, told.email, settings, limits)
    except NotSent as trouble:
        return trouble
    return None
