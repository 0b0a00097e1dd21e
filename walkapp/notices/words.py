"""The sentences of the kinds of news, of the states of a mail, and of what went wrong with one."""

from collections.abc import Callable

from ..languages import N_, ngettext
from ..languages import gettext as _
from . import news, outbox
from .choices import AT_ONCE, DAILY, HOURLY, NEVER

# What the page says; the record itself is a tap away.
HAPPENED = {
    news.GIVEN: N_("Notes of a visit were given to you."),
    news.SENT_BACK: N_("Your notes were sent back, with a reason."),
    news.REOPENED: N_("Your notes were reopened, with a reason."),
    news.RELEASED: N_("Your notes were released."),
    news.COMMENTED: N_("There is a comment on your notes."),
    news.THANKED: N_("You were thanked for something that was noticed."),
    news.ASKED: N_("A coach asks whether you would like to be coached."),
    news.AGREED: N_("A teacher agreed to be coached by you."),
    news.OVER: N_("An agreement on coaching was declined, or is over."),
    news.STEP: N_("Your coach wrote a step for you."),
    news.ASKED_ALONG: N_("You were asked along on a walk."),
    news.ALL_GAVE: N_("Everybody has given their notes of a visit."),
    news.ROOM_ASKED: N_("A teacher says that a visit of yours was to her room."),
    news.READABLE: N_("There is something to read about your room."),
    news.REPLIED: N_("A room replied to your notes."),
    news.CORRECTION: N_("A room asks for a correction, or sees it differently."),
    news.DELETION: N_("Observations will be deleted, as your district decided."),
}

HOW_OFTEN = {
    AT_ONCE: N_("soon after it happened"),
    HOURLY: N_("at most once an hour, all in one"),
    DAILY: N_("once a day, in the morning"),
    NEVER: N_("never"),
}

STATES = {
    outbox.WAITING: N_("waits, and gathers what else is new"),
    outbox.TRYING: N_("could not be delivered yet, is tried again"),
    outbox.SENT: N_("sent"),
    outbox.GIVEN_UP: N_("could not be delivered"),
    outbox.DROPPED: N_("not sent: there was nothing left to tell, or no mail was wanted"),
}

PROBLEMS = {
    "unreachable": N_("The mail server could not be reached."),
    "silent": N_("The mail server stopped answering."),
    "no-tls": N_("The connection to the mail server could not be encrypted."),
    "sign-in": N_("The mail server did not accept the sign-in of this server."),
    "sender": N_("The mail server takes no mail from the address of this server."),
    "address": N_("The mail server takes no mail for this address."),
    "refused": N_("The mail server refused the mail."),
    "later": N_("The mail server asked to try again later."),
    outbox.TOO_OLD: N_("It had become too old to be of use."),
}


def problem_words(problem: str | None) -> str:
    """What went wrong, as a sentence; nothing where nothing did."""
    if not problem:
        return ""
    return _(PROBLEMS[problem]) if problem in PROBLEMS else _("Something went wrong on the way.")


def counted(kind: str, num: int) -> str:
    """So many of one kind, for a mail. What happened in coaching, a mail does not say."""
    return _COUNTED.get(kind, _coaching)(num)


def _given(num: int) -> str:
    return ngettext(
        "Notes of one visit were given to you.", "Notes of %(num)s visits were given to you.", num
    )


def _sent_back(num: int) -> str:
    return ngettext(
        "Your notes of one visit were sent back.",
        "Your notes of %(num)s visits were sent back.",
        num,
    )


def _reopened(num: int) -> str:
    return ngettext(
        "Your notes of one visit were reopened.", "Your notes of %(num)s visits were reopened.", num
    )


def _released(num: int) -> str:
    return ngettext(
        "Your notes of one visit were released.", "Your notes of %(num)s visits were released.", num
    )


def _commented(num: int) -> str:
    return ngettext(
        "There is one comment on your notes.", "There are %(num)s comments on your notes.", num
    )


def _thanked(num: int) -> str:
    return ngettext("You were thanked once.", "You were thanked %(num)s times.", num)


def _asked_along(num: int) -> str:
    return ngettext(
        "You were asked along on one walk.", "You were asked along on %(num)s walks.", num
    )


def _all_gave(num: int) -> str:
    return ngettext(
        "Of one visit everybody has given their notes.",
        "Of %(num)s visits everybody has given their notes.",
        num,
    )


def _room_asked(num: int) -> str:
    return ngettext(
        "You were asked whose room one visit was to.",
        "You were asked whose rooms %(num)s visits were to.",
        num,
    )


def _readable(_num: int) -> str:
    return _("There is something to read about your room.")


def _replied(num: int) -> str:
    return ngettext(
        "There is one reply to your notes.", "There are %(num)s replies to your notes.", num
    )


def _correction(num: int) -> str:
    return ngettext(
        "One correction was asked for, or something is seen differently.",
        "%(num)s corrections were asked for, or things are seen differently.",
        num,
    )


def _deletion(_num: int) -> str:
    return _("Observations will be deleted, as your district decided.")


def _coaching(_num: int) -> str:
    return _("Something is new in Coaching.")


_COUNTED: dict[str, Callable[[int], str]] = {
    news.GIVEN: _given,
    news.SENT_BACK: _sent_back,
    news.REOPENED: _reopened,
    news.RELEASED: _released,
    news.COMMENTED: _commented,
    news.THANKED: _thanked,
    news.ASKED_ALONG: _asked_along,
    news.ALL_GAVE: _all_gave,
    news.ROOM_ASKED: _room_asked,
    news.READABLE: _readable,
    news.REPLIED: _replied,
    news.CORRECTION: _correction,
    news.DELETION: _deletion,
}
