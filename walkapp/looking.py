"""Who has looked: what reached somebody of what somebody else wrote, or of what is about a teacher.

One row for a record, a person, a day and a way, however often it happened. What a tablet does with
a record once it has it, nobody here can know: that it was sent there is what is written down.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .membership import grants_of
from .models import Looked, RecordRow
from .said import iso_day

TABLET, REPORTS, PHOTO, KEPT, PAGE, FILE = "tablet", "reports", "photo", "kept", "page", "file"
# Kind of record -> the field that names whose own it is. To get one's own is not to look.
OWN = {
    "observation": "observer",
    "agreement": "teacher",
    "coaching_step": "teacher",
    "claim_question": "teacher",
    "reply": None,
}
DAY_MS = 24 * 3_600_000
KEPT_FOR_MS = 400 * DAY_MS


def reached(rows: Iterable[Sequence[Any]], person: str) -> list[str]:
    """The records among the rows of an answer that are somebody else's, or about somebody else."""
    whole = ((id, kind, body) for _seq, id, kind, body, *_ in _with_bodies(rows))
    return [id for id, kind, body in whole if kind in OWN and not _is_own(kind, body, person)]


def _with_bodies(rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
    # A thin row has none, and neither has one that says that something is gone.
    return (row for row in rows if len(row) > 3 and row[3] is not None)


def note_looks(
    session: Session, space: str, reader: str, records: Iterable[str], how: str, now: int
) -> None:
    """Write it down, in the order of the ids: two who do it at once never wait for each other."""
    same = {"space": space, "reader": reader, "day": iso_day(now), "how": how, "at": now}
    rows = [{**same, "record": id} for id in sorted(set(records))]
    if rows:
        upsert = postgresql.insert if _dialect(session) == "postgresql" else sqlite.insert
        session.execute(upsert(Looked).on_conflict_do_nothing(), rows)


def note_look(session: Session, space: str, account: str, record: str, how: str, now: int) -> None:
    """One record, opened by an account; its own person's look at it is none."""
    found, row = grants_of(session, space, account), session.get(RecordRow, (space, record))
    if found is None or row is None or row.kind not in OWN:
        return
    if not _is_own(row.kind, json.loads(row.body), found[0]):
        note_looks(session, space, found[0], [record], how, now)


def forget_looks(session: Session, now: int) -> None:
    """Who looked more than a school year ago is let go of: it says who worked with whom."""
    session.execute(delete(Looked).where(Looked.at < now - KEPT_FOR_MS))


def _is_own(kind: str, body: Any, person: str) -> bool:
    """Without reading the whole of a body that is only handed on as text."""
    field = OWN[kind]
    if field is None:
        return False
    if isinstance(body, Mapping):
        return bool(body.get(field) == person)
    return f'"{field}":{json.dumps(person)}' in body.text


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name
