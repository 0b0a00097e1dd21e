"""The deletion itself: through the log, so that tablets forget too; then the words, then the bytes.

Everything of one run stands in one transaction with its certificate. What is left of a record is a
stub. A photo's bytes go when its row has gone and no other record shows it.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from walkapp.sync.change import Change
from walkapp.sync.exchange import append

from ..access import forgetter
from ..clock import now_ms
from ..config import Config
from ..database import reading, writing
from ..files import Shelf
from ..log import SqlLog
from ..looking import forget_looks
from ..models import File, Space, Upload, db
from ..organisation import SERVICE
from ..projections import ORGANISATION, REPORTS, catch_up
from ..queries import concerned
from ..queries.concerned import Line
from ..records import rules_for
from ..records.forgetting import PHOTOS as PHOTO_PATHS
from ..records.forgetting import stub_of
from ..said import iso_day
from .announcing import announce, announced, forget_announced, ripe
from .certificate import certify
from .finding import Due, beside, due, rule_of
from .rule import Rule

TAG_BYTES = 6
SHOWING = ("observation", "review")  # kinds in which a photo can be seen

Say = Callable[[str], None]


def run(config: Config, say: Say, now: int | None = None) -> None:
    """Announce what has become due and delete what was announced long enough ago, everywhere."""
    at = now if now is not None else now_ms()
    with reading() as session:
        spaces = list(session.scalars(select(Space.id).order_by(Space.id)))
    for space in spaces:
        run_space(config, space, say, at)
    with writing() as session:
        forget_looks(session, at)


def run_space(config: Config, space: str, say: Say, now: int) -> None:
    with reading() as session:
        # What was announced under a rule that was taken back is no longer announced.
        if not rule_of(session, space) and not announced(session, space):
            return
    with writing() as session:
        _overwrite_what_is_freed(session)
        rule = rule_of(session, space)
        found = due(session, space, rule, iso_day(now))
        new = announce(session, space, found, now)
        kept = _delete(session, space, rule, ripe(session, space, found, now), say, now)
    if new:
        say(f"{new} are due and were announced; nothing of them is deleted for 30 days.")
    shelf = Shelf.of(config, space)
    for sha in kept:
        shelf.path(sha).unlink(missing_ok=True)
    _end_of_freed()


def _delete(session: Session, space: str, rule: Rule, ripe: Due, say: Say, now: int) -> list[str]:
    """The kept names of the photos whose bytes are to go now."""
    with_them = beside(session, space, ripe.observations) if ripe.observations else []
    every = [*ripe.observations, *with_them, *ripe.claims]
    if not every and not ripe.photos:
        return []
    shas = _photos_of([*ripe.observations, *ripe.photos, *with_them])
    _through_the_log(session, space, every, ripe.photos, now)
    gone = [one.id for one in (*every, *ripe.photos)]
    kept, photos = _forget_files(session, space, shas, set(gone))
    forget_announced(session, space, gone)
    certify(session, space, _said(rule, ripe, every, photos), now)
    for what in (ORGANISATION, REPORTS):
        catch_up(session, space, what)
    say(f"{len(every)} records and {photos} photos were deleted, with a certificate.")
    return kept


def _through_the_log(
    session: Session, space: str, every: Sequence[Line], pictured: Sequence[Line], now: int
) -> None:
    log = SqlLog(session, space)
    removals = [_change(one, {"": None}, now) for one in every]
    darker = [_change(one, _without_photos(one), now) for one in pictured]
    verdicts = append(
        log, rules_for({}), forgetter(SERVICE), [*removals, *darker], now,
        secrets.token_hex(TAG_BYTES),
    )  # fmt: skip
    refused = [one.problem for one in verdicts.values() if one.problem]
    if refused:
        raise RuntimeError(f"the log did not forget: {refused[0]}")
    log.empty({one.id: stub_of(one.body, now) for one in every})
    log.empty_costs(change.cid for change in darker)


def _change(one: Line, values: Mapping[str, Any], now: int) -> Change:
    return Change(str(uuid4()), one.kind, one.id, now, set=dict(values), base=one.seq)


def _without_photos(one: Line) -> dict[str, None]:
    return {f"{PHOTO_PATHS}{sha}": None for sha in one.body["photos"]}


def _photos_of(lines: Iterable[Line]) -> set[str]:
    bodies = [one.body for one in lines]
    versions = [body["version"] for body in bodies if isinstance(body.get("version"), dict)]
    return {sha for body in (*bodies, *versions) for sha in body.get("photos", ())}


def _forget_files(
    session: Session, space: str, shas: set[str], about: set[str]
) -> tuple[list[str], int]:
    """Rows of photos that nothing else shows; the names of their bytes, and how many."""
    if not shas:
        return [], 0
    others = concerned.of_kinds(session, space, SHOWING)
    # A version that went back shows the same photos, and loses them together with its observation.
    shown = _photos_of(one for one in others if one.body.get("observation") not in about)
    free = sorted(shas - shown)
    mine = (File.space == space) & File.sha256.in_(free)
    kept = set(session.scalars(select(File.kept).where(mine)))
    session.execute(delete(Upload).where(Upload.space == space, Upload.sha256.in_(free)))
    gone = session.scalar(select(func.count()).select_from(File).where(mine)) or 0
    session.execute(delete(File).where(mine))
    # Two that were sent may have become the same when they were redrawn.
    still = set(session.scalars(select(File.kept).where(File.space == space, File.kept.in_(kept))))
    return sorted(kept - still), int(gone)


def _said(rule: Rule, ripe: Due, every: Sequence[Line], photos: int) -> dict[str, Any]:
    days = sorted(one.body["date"] for one in (*ripe.observations, *ripe.photos))
    return {
        "rule": {"observations": rule.observations, "photos": rule.photos},
        "deleted": dict(sorted(Counter(one.kind for one in every).items())),
        "photos": photos,
        "days": [days[0], days[-1]] if days else [],
        "held": dict(ripe.held),
    }


def _overwrite_what_is_freed(session: Session) -> None:
    # Else what was written stays readable in pages that the file has no use for at the moment.
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")


def _end_of_freed() -> None:
    """What SQLite wrote ahead of its file is carried over now, not with the next thousand pages."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
