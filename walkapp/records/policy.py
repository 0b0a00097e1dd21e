"""What a district decided for all who work in it; tablets keep to it also without a network."""

from walkapp.sync.record import Record

from ..access.scopes import POLICY as LOOKED_UP
from ..access.scopes import SPACE
from .kind import Kind
from .service import by_service, by_service_later
from .values import Body, Value, one_of, shape_of, truth, whole

# Until when an observer has an answer, counted from the day they gave their notes.
FEEDBACK_DUE = ("same-day", "two-work-days", "one-week")
LANGUAGES = ("en", "es", "ht")
# What a teacher reads of a released visit to her room, once her claim is confirmed.
NOTHING, NOTES, NOTES_AND_LEVELS = "nothing", "notes", "notes-and-levels"
ROOM_READS = (NOTHING, NOTES, NOTES_AND_LEVELS)
USUAL_READS = NOTES_AND_LEVELS
# How long something is kept: so many years from its day on, or from the end of its school year.
FROM_DAY, FROM_SCHOOL_YEAR = "day", "school-year"
KEPT_FROM = (FROM_DAY, FROM_SCHOOL_YEAR)
MOST_YEARS = 50
is_keeping = shape_of({"years": whole(0, MOST_YEARS), "from": one_of(KEPT_FROM)}, {})


class PolicyBody(Body):
    feedback_due = Value(one_of(FEEDBACK_DUE), needed=True)
    mail_hides_school = Value(truth)
    mail_language = Value(one_of(LANGUAGES))
    room_reads = Value(one_of(ROOM_READS))
    keep_observations = Value(is_keeping)  # without it everything is kept
    keep_photos = Value(is_keeping)


def audience(record: Record) -> frozenset[str]:
    return frozenset({SPACE, LOOKED_UP})


POLICY = Kind("policy", PolicyBody(), audience, by_service, by_service_later)
