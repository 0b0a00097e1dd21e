"""Where an administrator begins: what is there, and the one next step."""

from flask import Blueprint, g, render_template

from ...access import ability_of
from ...access.table import DECIDE
from ...clock import now_ms
from ...queries import people, places
from ...queries.kept import count_undecided
from ...queries.policy import feedback_due, room_reads
from .door import looking
from .policy import DUE_WORDS, READS_WORDS

blueprint = Blueprint("overview", __name__)


@blueprint.get("/")
def show() -> str:
    """How far the district is set up."""
    with looking() as session:
        schools = [one for one in places.schools(session, g.space) if not one.archived]
        kept = count_undecided(session, g.space)
        due = feedback_due(session, g.space)
        reads = room_reads(session, g.space)
        everybody = [one for one in people.people(session, g.space, now_ms()) if not one.archived]
    leads = [one for one in everybody if _decides(one)]
    return render_template(
        "admin/overview.html",
        schools=schools,
        rooms=sum(one.rooms for one in schools),
        people=everybody,
        kept=kept,
        leads=leads,
        feedback_due=due,
        due_words=DUE_WORDS,
        room_reads=reads,
        reads_words=READS_WORDS,
        not_ready=[one for one in everybody if one.standing != people.READY],
    )


def _decides(person: people.PersonLine) -> bool:
    return ability_of(person.grants, now_ms()).may_somewhere(DECIDE)
