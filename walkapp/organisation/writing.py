"""The one road from the administration into the log."""

import secrets
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from walkapp.sync import exchange
from walkapp.sync.change import Change

from ..access import SYSTEM
from ..languages import gettext as _
from ..log import SqlLog
from ..models import RecordRow
from ..projections import catch_up
from ..records import rules_for
from .refused import Refused

SERVICE = "walkapp"  # the actor when no account asked: the command line, an upgrade
TAG_BYTES = 6


def new_id() -> str:
    return str(uuid.uuid4())


def created(kind: str, body: Mapping[str, Any], at: int, id: str | None = None) -> Change:
    """A change that makes a record."""
    return Change(cid=new_id(), kind=kind, id=id or new_id(), at=at, new=dict(body))


def changed(
    session: Session, space: str, kind: str, id: str, at: int, values: Mapping[str, Any]
) -> Change:
    """A change to a record as it stands now, seen whole."""
    base = session.scalar(
        select(RecordRow.seq).where(
            RecordRow.space == space, RecordRow.id == id, RecordRow.kind == kind
        )
    )
    if base is None:
        raise Refused("unknown-record", kind, _("This is not there any more."))
    return Change(cid=new_id(), kind=kind, id=id, at=at, set=dict(values), base=base)


def append(
    session: Session,
    space: str,
    actor: str,
    changes: Sequence[Change],
    at: int,
    library: Mapping[str, Any] | None = None,
) -> None:
    """Append all changes as one commit and bring the projections up to it, or refuse them all."""
    if not changes:
        return
    verdicts = exchange.append(
        SqlLog(session, space),
        rules_for(dict(library or {})),
        SYSTEM(actor),
        list(changes),
        at,
        secrets.token_hex(TAG_BYTES),
    )
    for change in changes:
        problem = verdicts[change.cid].problem
        if problem is not None:
            # Checked before it came here: only a fault of ours ends like this.
            raise Refused(problem.code, problem.pointer, _("The log did not take this."))
    catch_up(session, space)
