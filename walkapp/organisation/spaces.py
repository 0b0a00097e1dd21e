"""Spaces, and the rubric versions that every space holds as records."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..clock import now_ms
from ..models import Feed, RecordRow, Space
from ..rubric_files import load_library
from .audit import note
from .words import clean_name
from .writing import SERVICE, append, created, new_id


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


def publish_rubrics(
    session: Session,
    space: str,
    library: Mapping[str, Any],
    actor: str = SERVICE,
    *,
    now: int | None = None,
) -> list[str]:
    """Append the published rubric versions that the space lacks; says which. Drafts stay home."""
    at = now if now is not None else now_ms()
    held = set(
        session.scalars(
            select(RecordRow.id).where(RecordRow.space == space, RecordRow.kind == "rubric")
        )
    )
    missing = {
        id: rubric
        for id, rubric in sorted(library.items())
        if rubric.status == "published" and id not in held
    }
    changes = [created("rubric", rubric_body(rubric), at, id) for id, rubric in missing.items()]
    append(session, space, actor, changes, at, library)
    for id, rubric in missing.items():
        note(session, space, actor, "publish-rubric", id, at, title=rubric.title)
    return list(missing)


def rubric_body(rubric: Any) -> dict[str, Any]:
    """What travels to tablets: the whole instrument, in the form they read."""
    return {
        "rubric": rubric.id,
        "version": rubric.version,
        "title": rubric.title,
        "content": rubric.content,
    }
