"""What a district decided for all who work in it; tablets keep to it also without a network."""

from walkapp.sync.record import Record

from ..access.scopes import SPACE
from .kind import Kind
from .service import by_service, by_service_later
from .values import Body, Value, one_of, truth

# Until when an observer has an answer, counted from the day they gave their notes.
FEEDBACK_DUE = ("same-day", "two-work-days", "one-week")
LANGUAGES = ("en", "es", "ht")


class PolicyBody(Body):
    feedback_due = Value(one_of(FEEDBACK_DUE), needed=True)
    mail_hides_school = Value(truth)
    mail_language = Value(one_of(LANGUAGES))


def audience(record: Record) -> frozenset[str]:
    return frozenset({SPACE})


POLICY = Kind("policy", PolicyBody(), audience, by_service, by_service_later)
