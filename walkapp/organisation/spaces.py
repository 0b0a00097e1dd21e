"""Spaces: a district, and what is its own from the first day."""

from sqlalchemy.orm import Session

from ..clock import now_ms
from ..models import Feed, Space
from ..rubric_files import load_library
from .audit import note
from .rubrics import publish_rubrics
from .words import clean_name
from .writing import SERVICE, new_id


def create_space(
    session: Session,
    name: str,
    now: int | None = None,
    *,
    kind: str = "district",
    id: str | None = None,
) -> str:
    """Found a space with an empty log, and give it the published rubrics.

    `id` is for a space that was lost with its database: tablets know it by that id.
    """
    at = now if now is not None else now_ms()
    space = id or new_id()
    session.add(Space(id=space, kind=kind, name=clean_name(name), created_at=at))
    session.flush()
    if session.get(Feed, space) is None:
        session.add(Feed(space=space, seq=0, floor=0))
    session.flush()
    note(session, space, SERVICE, "create-space", space, at, name=clean_name(name))
    publish_rubrics(session, space, load_library(), now=at)
    return space
