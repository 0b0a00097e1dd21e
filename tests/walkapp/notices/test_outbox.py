"""A mail's way: when it is due, who takes it, when it is tried again and when given up."""

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.oak_hill import OakHill
from walkapp import database
from walkapp.clock import now_ms
from walkapp.models import Account, Mail, Notice
from walkapp.notices import KINDS
from walkapp.notices.choices import GATHERED_AT_ONCE_MS, GATHERED_MS, HOUR_MS, choose
from walkapp.notices.forgetting import READ_FOR_MS, UNREAD_FOR_MS, forget
from walkapp.notices.outbox import (
    GIVEN_UP,
    LEASE_MS,
    OLDEST_MS,
    RETRY_AFTER_MS,
    SENT,
    TRYING,
    WAITING,
    Taken,
    put_off,
    settle,
    take,
)

from .conftest import Give

pytestmark = pytest.mark.usefixtures("on_both")


def mails() -> list[Mail]:
    with database.reading() as session:
        return list(session.scalars(select(Mail).order_by(Mail.made_at)))


def taken(now: int) -> Taken | None:
    with database.writing() as session:
        return take(session, now)


def choosing(account: str, how_often: str, now: int) -> None:
    with database.writing() as session:
        choose(session, account, how_often, None, KINDS, now)


def test_many_news_are_one_mail(give: Give) -> None:
    now = now_ms()
    for later in (0, 1, 2):
        give(now=now + later)
    [mail] = mails()
    assert (mail.state, mail.due_at) == (WAITING, now + GATHERED_MS)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Notice)) == 3


def test_the_next_mail_goes_an_hour_after_the_last_at_the_earliest(give: Give) -> None:
    now = now_ms()
    give(now=now)
    went = now + GATHERED_MS
    mine = taken(went)
    assert mine is not None
    with database.writing() as session:
        settle(session, mine, SENT, went)
    give(now=went + 1000)
    assert mails()[1].due_at == went + HOUR_MS


def test_news_do_not_join_a_mail_that_is_on_its_way(give: Give) -> None:
    now = now_ms()
    give(now=now)
    taken(now + GATHERED_MS)
    give(now=now + GATHERED_MS)
    assert [mail.state for mail in mails()] == [TRYING, WAITING]


def test_at_once_gathers_for_a_minute_and_daily_goes_in_the_morning(
    give: Give, oak_hill: OakHill
) -> None:
    now = now_ms()
    choosing(oak_hill.ruiz.account, "at-once", now)
    give(now=now)
    assert mails()[0].due_at == now + GATHERED_AT_ONCE_MS
    choosing(oak_hill.ruiz.account, "daily", now)
    due = mails()[0].due_at
    assert datetime.fromtimestamp(due / 1000, UTC).astimezone().strftime("%H:%M") == "06:00"
    assert now < due <= now + 25 * HOUR_MS  # the night in which clocks change has 25 hours


def test_nothing_is_queued_for_who_wants_none_or_signs_in_no_more(
    give: Give, oak_hill: OakHill
) -> None:
    choosing(oak_hill.ruiz.account, "never", now_ms())
    give()
    choosing(oak_hill.ruiz.account, "hourly", now_ms())
    with database.writing() as session:
        session.get_one(Account, oak_hill.ruiz.account).disabled_at = now_ms()
    give()
    assert mails() == []


def test_nobody_takes_what_is_not_due(give: Give) -> None:
    now = now_ms()
    give(now=now)
    assert taken(now + GATHERED_MS - 1) is None


def test_what_one_has_taken_no_other_takes_before_the_lease_is_over(give: Give) -> None:
    now = now_ms()
    give(now=now)
    due = now + GATHERED_MS
    first = taken(due)
    assert first is not None and taken(due + LEASE_MS - 1) is None
    second = taken(due + LEASE_MS)
    assert second is not None and (second.id, second.tries) == (first.id, 2)
    with database.writing() as session:
        settle(session, first, GIVEN_UP, due, "later")  # too late: it is another's by now
    assert mails()[0].state == TRYING


def test_it_is_tried_again_later_and_later_and_given_up_in_the_end(give: Give) -> None:
    now = now_ms()
    give(now=now)
    now += GATHERED_MS
    for wait in RETRY_AFTER_MS:
        fail(now)
        [mail] = mails()
        assert (mail.state, mail.problem, mail.due_at) == (TRYING, "unreachable", now + wait)
        now += wait
    fail(now)
    [mail] = mails()
    assert (mail.state, mail.problem) == (GIVEN_UP, "unreachable")
    assert taken(now + OLDEST_MS) is None


def fail(now: int) -> None:
    mine = taken(now)
    assert mine is not None
    with database.writing() as session:
        put_off(session, mine, "unreachable", now)


def test_every_try_comes_before_a_mail_is_too_old() -> None:
    assert 25 * HOUR_MS + sum(RETRY_AFTER_MS) < OLDEST_MS


def test_nobody_is_told_of_last_week_by_mail(give: Give) -> None:
    now = now_ms()
    give(now=now)
    assert taken(now + OLDEST_MS + 1) is None
    [mail] = mails()
    assert (mail.state, mail.problem) == (GIVEN_UP, "too-old")


def test_news_that_come_while_a_worker_takes_the_mail_are_told_by_the_next(
    give: Give, oak_hill: OakHill
) -> None:
    """Whoever comes first: no notice is left with a mail that has left without it."""
    now = now_ms()
    for one in range(6):
        give(now=now)
        both = Barrier(2, timeout=10)
        app = database.current_app._get_current_object()  # type: ignore[attr-defined]
        worker = Thread(target=take_at, args=(app, both, now + 26 * HOUR_MS))
        worker.start()
        both.wait()
        give(now=now + one)
        worker.join()
        with database.reading() as session:
            assert lost(session) == 0
        with database.writing() as session:
            session.execute(update(Mail).values(state=SENT, lease=None, lease_until=None))
            session.execute(update(Notice).values(read_at=now))


def take_at(app: object, both: Barrier, now: int) -> None:
    with app.app_context():  # type: ignore[attr-defined]
        both.wait()
        with database.writing() as session:
            mine = take(session, now)
        assert mine is not None
        with database.reading() as session:
            told = select(func.count()).where(Notice.mail == mine.id)
            count = session.scalar(told)
        with database.writing() as session:
            # What it tells, it tells now; what is in it later would never be told.
            session.execute(update(Mail).where(Mail.id == mine.id).values(tries=count))


def lost(session: Session) -> int:
    """Notices that stand in a mail which was taken without them."""
    rows = session.execute(
        select(Mail.id, Mail.tries, func.count())
        .join(Notice, Notice.mail == Mail.id)
        .where(Mail.state == TRYING)
        .group_by(Mail.id, Mail.tries)
    )
    return sum(there - told for _id, told, there in rows)


def test_what_was_told_long_ago_is_let_go_of_and_what_is_new_stays(give: Give) -> None:
    now = now_ms()
    give(now=now - UNREAD_FOR_MS - 1)
    give(now=now - READ_FOR_MS - 2)
    with database.writing() as session:
        late = Notice.at > now - UNREAD_FOR_MS
        session.execute(update(Mail).values(state=SENT, settled_at=now - READ_FOR_MS - 1))
        session.execute(update(Notice).where(late).values(read_at=now))
    give(now=now)
    with database.writing() as session:
        forget(session, now)
    with database.reading() as session:
        left = select(Notice.read_at, Notice.mail.is_(None)).order_by(Notice.at)
        assert [tuple(row) for row in session.execute(left)] == [(now, True), (None, False)]
    assert [mail.state for mail in mails()] == [WAITING]
