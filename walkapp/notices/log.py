"""The log that tells: what is news is written down in the transaction of the change itself."""

from collections.abc import Iterator, Mapping
from uuid import NAMESPACE_OID, uuid5

from flask import current_app
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from walkapp.sync.change import RECORD
from walkapp.sync.log import Batch, Judged
from walkapp.sync.record import Record
from walkapp.sync.verdicts import MERGED, OK

from ..log import SqlLog
from ..models import Notice, Person
from .news import WATCHED, Body, News, news_of
from .outbox import queue
from .readers import at_desk, scopes_now


class TellingLog(SqlLog):
    """The log for what people send, and for what follows from it; not for what is administered.

    What is news is worked out when the transaction ends, from how the records stand then: the
    service may still hide in it what a team is not to see yet.
    """

    def __init__(self, session: Session, space: str, *, unread: bool = False) -> None:
        super().__init__(session, space, unread=unread)
        self._news = _Gathered(session, space)

    def write(self, batch: Batch) -> None:
        """Write the batch; a change that is sent again brings nothing, and tells nothing."""
        done = {one.cid: one for one in batch.judged if one.verdict in (OK, MERGED)}
        made = [one for one in batch.created if news_of(one.kind, None, one.body)]
        moved = [one for one in batch.updated if _is_moved(one, done)]
        if batch.commit and (made or moved):
            before = self.records(one.id for one in moved)
            self._news.gather([*made, *moved], before, done, batch.commit.at)
        super().write(batch)


class _Gathered:
    """What one transaction touched: the records as it found them, and its changes."""

    def __init__(self, session: Session, space: str) -> None:
        self.session, self.space, self.now = session, space, 0
        self.before: dict[str, Body | None] = {}
        self.done: dict[str, Judged] = {}

    def gather(
        self,
        touched: list[Record],
        before: Mapping[str, Record],
        done: Mapping[str, Judged],
        now: int,
    ) -> None:
        if not self.before:
            event.listen(self.session, "before_commit", self._tell, once=True)
        for record in touched:
            found = before.get(record.id)
            self.before.setdefault(record.id, found.body if found else None)
        self.done |= done
        self.now = now

    def _tell(self, _session: Session) -> None:
        for record in SqlLog(self.session, self.space).records(self.before).values():
            if record.removed:
                continue
            for news in news_of(record.kind, self.before[record.id], record.body):
                change = _by(record, news.path, self.done)
                if change is not None:
                    _write(self, record, news, change)


def _is_moved(record: Record, done: Mapping[str, Judged]) -> bool:
    """Did one of these changes write what can be news of a record that was there?"""
    return any(_by(record, path, done) for path in _watched(record))


def _watched(record: Record) -> Iterator[str]:
    """The paths by which this record can be news, of a map those of its keys that were written."""
    for path in WATCHED.get(record.kind, ()):
        if path.endswith("/"):
            yield from (one for one in record.ver if one.startswith(path))
        else:
            yield path


def _by(record: Record, path: str, done: Mapping[str, Judged]) -> Judged | None:
    """The change among these that wrote the path last, or made the record with it."""
    _, _, cid, *_ = record.ver.get(path) or record.ver[RECORD]
    return done.get(cid)


def _write(here: _Gathered, record: Record, news: News, change: Judged) -> None:
    for person in _whom(here, news):
        if person.id != change.person and _may_read(here, record, person.id):
            notice = _unread_like(here, record, news, person.id) or Notice(
                id=str(uuid5(NAMESPACE_OID, f"{change.cid} {person.id} {news.kind}")),
                space=here.space, person=person.id, kind=news.kind, record=record.id,
            )  # fmt: skip
            notice.at, notice.mail = here.now, _mail(here, person, news.kind)
            here.session.merge(notice)
            here.session.flush()


def _unread_like(here: _Gathered, record: Record, news: News, person: str) -> Notice | None:
    """What is not read yet is told again as new, and not twice: given, taken back, given again."""
    return here.session.scalar(
        select(Notice)
        .where(
            Notice.space == here.space, Notice.person == person, Notice.kind == news.kind,
            Notice.record == record.id, Notice.read_at.is_(None),
        )
        .limit(1)
    )  # fmt: skip


def _whom(here: _Gathered, news: News) -> Iterator[Person]:
    """The people who are told, as far as they are here: a record may name somebody unknown."""
    session, space = here.session, here.space
    told = at_desk(session, space, news.desk, here.now) if news.desk else [news.person or ""]
    yield from session.scalars(
        select(Person).where(Person.space == space, Person.id.in_(told)).order_by(Person.id)
    ).all()


def _may_read(here: _Gathered, record: Record, person: str) -> bool:
    scopes = scopes_now(here.session, here.space, person, here.now)
    return not record.scopes.isdisjoint(scopes)


def _mail(here: _Gathered, person: Person, kind: str) -> str | None:
    """The mail that will tell of it, if mail is set up and wanted."""
    if current_app.config["WALK"].mail is None or person.account is None:
        return None
    return queue(here.session, here.space, person.account, kind, here.now)
