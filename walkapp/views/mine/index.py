"""`/mine/`: what waits for a person, and what can be read of their rooms."""

from typing import Any

from flask import g, render_template
from sqlalchemy.orm import Session

from ...access import ability_of
from ...access.table import AGREE
from ...clock import now_ms
from ...database import reading, writing
from ...mine import claiming
from ...mine import reading as reads
from ...queries import people, places
from ...reports import saying
from .door import Answer, blueprint, catch_up_with, done_words, home_of, rules


@blueprint.get("/")
def index() -> Answer:
    """Questions that wait for this person, and their own claims."""
    parts = [_part(one) for one in g.visitor.memberships]
    return render_template(
        "mine/index.html", parts=parts, done=done_words(), saying=saying, is_alone=len(parts) == 1
    )


def _part(membership: Any) -> dict[str, Any]:
    here, now = home_of(membership), now_ms()
    catch_up_with(here.space)
    with reading() as session:
        is_whole = not claiming.what_lacks(session, here, now)
    if not is_whole:
        with writing() as session:
            claiming.settle(session, rules(), here, now)
    with reading() as session:
        return {
            "space": here.space,
            "name": membership.space_name,
            "teaches": bool(schools_taught(membership)),
            "questions": claiming.questions_for(session, here),
            "claims": reads.my_room(session, here),
            "names": people.names(session, here.space),
            "schools": places.school_names(session, here.space),
            "rooms": _room_names(session, here.space),
        }


def schools_taught(membership: Any) -> list[str]:
    able = ability_of(membership.grants, now_ms())
    return sorted(school for verb, school in able.allowed if verb == AGREE and school)


def _room_names(session: Session, space: str) -> dict[str, str]:
    return {
        one.id: one.code if not one.name else f"{one.code} ({one.name})"
        for school in places.school_names(session, space)
        for one in places.rooms_of(session, space, school)
    }
