"""`walkapp worker` on a real database and mail server: what arrives, once, and what does not."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from tests.oak_hill import OakHill
from walkapp import database, organisation
from walkapp.clock import now_ms
from walkapp.config import Config
from walkapp.languages import LANGUAGES
from walkapp.mail_settings import MailSettings
from walkapp.models import Account, Grant, Mail, Notice
from walkapp.notices import KINDS
from walkapp.notices.choices import HOUR_MS, choose
from walkapp.notices.outbox import LEASE_MS, RETRY_AFTER_MS
from walkapp.notices.post import Limits
from walkapp.notices.worker import send_due, work
from walkapp.records.policy import LANGUAGES as OF_POLICY

from .conftest import Give, push
from .sink import Sink

Post = tuple[Sink, MailSettings]
SOON = Limits(answer_seconds=1, mail_seconds=5)
WORDS = "Two students compare their strategies"


def later(by_ms: int = HOUR_MS) -> Callable[[], int]:
    return lambda: now_ms() + by_ms


def deliver(post: Post, by_ms: int = HOUR_MS) -> bool:
    """What is due within the hour goes out now."""
    return send_due(post[1], lambda _line: None, limits=SOON, clock=later(by_ms))


def states() -> list[tuple[str, str | None]]:
    with database.reading() as session:
        return [(one.state, one.problem) for one in session.scalars(select(Mail))]


def body(post: Post, which: int = -1) -> str:
    return str(post[0].mails[which].get_content()).replace("\r\n", "\n")


@pytest.mark.usefixtures("on_both")
def test_a_mail_says_how_many_things_are_new_and_where_to_read_them(sink: Post, give: Give) -> None:
    give()
    give(who="okoye")
    assert deliver(sink)
    [mail] = sink[0].mails
    assert (mail["Subject"], sink[0].to) == ("2 things are new for you in walkapp",
                                             ["ruiz@oak.example"])  # fmt: skip
    assert body(sink).splitlines()[:6] == [
        "What is new for you in Oak County:",
        "",
        "- Oak Hill Elementary: Notes of 2 visits were given to you.",
        "",
        "Read it in walkapp:",
        "https://walk.oak.example/notices/",
    ]
    assert states() == [("sent", None)]


def test_a_mail_is_marked_as_what_it_is(sink: Post, give: Give) -> None:
    give()
    deliver(sink)
    [mail] = sink[0].mails
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == "<https://walk.oak.example/notices/mail>"
    assert mail["Message-ID"].endswith("@walk.oak.example>") and mail["Date"]
    assert mail.get_content_type() == "text/plain"


def test_a_mail_holds_no_rating_no_name_of_a_person_and_no_word_of_a_note(
    sink: Post, give: Give, oak_hill: OakHill
) -> None:
    record, now = give(), now_ms()
    about = {"observation": record, "observer": oak_hill.bell.person,
             "school": oak_hill.oak_hill, "by": oak_hill.ruiz.person, "at": now}  # fmt: skip
    comment = {**about, "verb": "comment", "text": WORDS}
    said = {"kind": "review", "id": str(uuid4()), "at": now, "new": comment}
    push(oak_hill, "ruiz", said, now)
    deliver(sink)
    everything = "\n".join(mail.as_string() for mail in sink[0].mails)
    assert len(sink[0].mails) == 2
    names = [one.name for one in oak_hill.people.values()]
    for hidden in (*names, WORDS, "thinking", "TE1", record, oak_hill.bell.person):
        assert hidden not in everything


def test_where_the_district_says_so_not_even_the_school_is_named(
    sink: Post, give: Give, oak_hill: OakHill
) -> None:
    with database.writing() as session:
        organisation.change_mail(
            session, oak_hill.space, oak_hill.adler.account, hides_school=True, language="en"
        )
    give()
    deliver(sink)
    assert "- Notes of one visit were given to you." in body(sink)
    assert "Oak Hill" not in sink[0].mails[0].as_string()


def test_what_is_new_in_coaching_a_mail_does_not_say(
    sink: Post, here: Config, oak_hill: OakHill
) -> None:
    now = now_ms()
    asked = {"purpose": "coaching", "coach": oak_hill.okoye.person, "asked_at": now,
             "teacher": oak_hill.novak.person, "school": oak_hill.oak_hill}  # fmt: skip
    push(oak_hill, "okoye", {"kind": "agreement", "id": str(uuid4()), "at": now, "new": asked}, now)
    deliver(sink)
    assert sink[0].to == ["novak@oak.example"]
    assert "- Something is new in Coaching." in body(sink)
    assert "Oak Hill" not in body(sink) and "asks" not in body(sink)


def test_a_mail_is_written_in_the_language_of_its_reader_or_of_the_district(
    sink: Post, give: Give, oak_hill: OakHill
) -> None:
    with database.writing() as session:
        organisation.change_mail(
            session, oak_hill.space, oak_hill.adler.account, hides_school=False, language="es"
        )
    give()
    deliver(sink)
    with database.writing() as session:
        choose(session, oak_hill.ruiz.account, "hourly", "en", KINDS, now_ms())
    give()
    deliver(sink, 3 * HOUR_MS)
    assert [mail["Content-Language"] for mail in sink[0].mails] == ["es", "en"]
    assert "Notes of one visit" not in body(sink, 0) and "Notes of one visit" in body(sink, 1)


def test_the_languages_of_the_policy_are_those_there_are() -> None:
    assert set(OF_POLICY) == set(LANGUAGES)


def test_what_was_read_already_is_not_mailed(sink: Post, give: Give) -> None:
    give()
    with database.writing() as session:
        session.execute(update(Notice).values(read_at=now_ms()))
    deliver(sink)
    assert (sink[0].mails, states()) == ([], [("dropped", None)])


def test_who_may_not_read_it_any_more_is_not_mailed(
    sink: Post, give: Give, oak_hill: OakHill
) -> None:
    give()
    with database.writing() as session:
        grant = session.scalars(select(Grant.id).where(Grant.person == oak_hill.ruiz.person)).one()
        organisation.end_grant(session, oak_hill.space, organisation.SERVICE, grant)
    deliver(sink)
    assert (sink[0].mails, states()) == ([], [("dropped", None)])


def test_what_was_taken_back_meanwhile_is_not_mailed(
    sink: Post, give: Give, oak_hill: OakHill
) -> None:
    before = now_ms() - 1000
    record, now = give(now=before), now_ms()
    back = {"kind": "observation", "id": record, "at": now, "base": 0, "seen": [],
            "set": {"state": "draft"}}  # fmt: skip
    push(oak_hill, "bell", back, now)
    deliver(sink)
    assert (sink[0].mails, states()) == ([], [("dropped", None)])


def test_a_refused_address_is_given_up_and_a_passing_trouble_is_not(sink: Post, give: Give) -> None:
    give()
    sink[0].at_recipient = "450 later"
    assert deliver(sink)
    assert states() == [("trying", "later")]
    sink[0].at_recipient = "550 nobody"
    deliver(sink, 2 * HOUR_MS)
    assert states() == [("given-up", "address")]


def test_an_address_no_mail_can_be_written_to_is_given_up(
    sink: Post, give: Give, oak_hill: OakHill
) -> None:
    give()
    with database.writing() as session:
        session.get_one(Account, oak_hill.ruiz.account).email = "ruiz @@ oak"
    deliver(sink)
    assert states() == [("given-up", "address")]


def test_when_the_mail_server_is_away_one_mail_learns_it_and_the_others_wait(
    sink: Post, give: Give, oak_hill: OakHill
) -> None:
    give()
    give(who="okoye", school=oak_hill.pine_ridge)
    away = replace(sink[1], port=1)
    assert not send_due(away, lambda _line: None, limits=SOON, clock=later())
    assert sorted(states()) == [("trying", "unreachable"), ("waiting", None)]


def test_a_mail_that_was_taken_by_a_server_that_died_is_sent_again_under_its_old_number(
    sink: Post, give: Give
) -> None:
    give()
    sink[0].dies_after_data = True
    assert not deliver(sink)
    sink[0].dies_after_data = False
    assert deliver(sink, HOUR_MS + RETRY_AFTER_MS[0])
    assert len(sink[0].ids) == 2 and len(set(sink[0].ids)) == 1
    assert states() == [("sent", None)]


def command(here: Config, post: Post, *words: str) -> "subprocess.Popen[str]":
    """`walkapp worker` as a process of its own."""
    environ = {
        **os.environ, "WALK_HOME": str(here.home), "WALK_DATABASE": here.database,
        "WALK_SECRET": here.secret, "WALK_URL": post[1].url, "WALK_SMTP_HOST": post[1].host,
        "WALK_SMTP_PORT": str(post[1].port), "WALK_SMTP_TLS": "none",
        "WALK_SMTP_FROM": post[1].sender, "PYTHONUNBUFFERED": "1",
    }  # fmt: skip
    line = [sys.executable, "-m", "walkapp.cli", "worker", *words]
    return subprocess.Popen(
        line, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


@pytest.fixture
def ended() -> Iterator[list["subprocess.Popen[str]"]]:
    """Processes that are gone after the test, whatever became of it."""
    running: list[subprocess.Popen[str]] = []
    yield running
    for process in running:
        process.kill()
        process.communicate()


def make_due() -> None:
    with database.writing() as session:
        session.execute(update(Mail).values(due_at=now_ms() - 1))


@pytest.mark.usefixtures("on_both")
def test_two_workers_at_once_send_every_mail_once(
    here: Config, sink: Post, give: Give, ended: list[Any]
) -> None:
    for _ in range(12):
        give()
        with database.writing() as session:  # each in a mail of its own
            session.execute(update(Mail).values(state="trying", due_at=0))
    make_due()
    sink[0].waits_seconds, sink[0].waits_for = 0.05, 2
    ended += [command(here, sink, "--once") for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in ended]
    assert [process.returncode for process in ended] == [0, 0], said
    assert len(sink[0].ids) == 12 and set(Counter(sink[0].ids).values()) == {1}
    assert set(states()) == {("sent", None)}
    assert all("done" in each for each in said)


def test_a_worker_that_is_killed_before_it_noted_a_mail_sends_that_one_again_and_no_other(
    here: Config, sink: Post, give: Give, ended: list[Any]
) -> None:
    give()
    make_due()
    sink[0].when_taken = lambda: ended[0].kill()
    sink[0].waits_seconds = 0.5
    ended.append(command(here, sink, "--once"))
    assert ended[0].wait(60) == -signal.SIGKILL
    sink[0].when_taken, sink[0].waits_seconds = (lambda: None), 0
    assert deliver(sink, 0) and len(sink[0].ids) == 1  # it is in the hand of the dead one still
    assert deliver(sink, LEASE_MS)
    assert deliver(sink, 2 * LEASE_MS)
    assert len(sink[0].ids) == 2 and len(set(sink[0].ids)) == 1


def test_told_to_stop_a_worker_finishes_the_mail_in_hand_and_takes_no_other(
    here: Config, sink: Post, give: Give, oak_hill: OakHill, ended: list[Any]
) -> None:
    give()
    give(who="okoye", school=oak_hill.pine_ridge)
    make_due()
    sink[0].when_taken = lambda: ended[0].send_signal(signal.SIGTERM)
    sink[0].waits_seconds = 0.5
    ended.append(command(here, sink))
    said, _ = ended[0].communicate(timeout=60)
    assert ended[0].returncode == 0, said
    assert sorted(states()) == [("sent", None), ("waiting", None)]
    assert "@oak.example" not in said


def test_a_worker_sends_what_becomes_due_while_it_runs(
    here: Config, sink: Post, give: Give
) -> None:
    stop, said = Event(), []
    app = database.current_app._get_current_object()  # type: ignore[attr-defined]

    def run() -> None:
        with app.app_context():
            work(sink[1], stop, said.append)

    sink[0].when_taken = stop.set
    give()
    make_due()
    worker = Thread(target=run)
    worker.start()
    worker.join(30)
    assert not worker.is_alive() and len(sink[0].mails) == 1
    assert said[0].endswith("done")


def test_without_mail_set_up_the_worker_says_what_to_set(walkapp: Any) -> None:
    walkapp.must("init", "--district", "Oak County")
    said = walkapp("worker", "--once")
    assert said.code == 1 and "WALK_SMTP_HOST" in said.text
