"""The published rubrics that districts hold as records: what their observations stand on."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import database
from .models import RecordRow
from .rubric import PUBLISHED, Rubric


def published_records(session: Session) -> dict[str, Rubric]:
    """Every rubric version that any space holds, by the id of its record. A file it was once made
    from may be gone: the record has all of it."""
    wanted = select(RecordRow.id, RecordRow.body).where(RecordRow.kind == "rubric")
    return {id: _rubric(json.loads(body)["content"]) for id, body in session.execute(wanted)}


def published_since() -> dict[str, Rubric]:
    """The same for a server that runs: asked when somebody names a rubric it does not know."""
    with database.reading() as session:
        return published_records(session)


def _rubric(content: dict[str, object]) -> Rubric:
    return Rubric(
        id=str(content["id"]),
        version=int(str(content["version"])),
        title=str(content["title"]),
        status=PUBLISHED,
        unit=str(content["unit"]),
        content=content,
    )
