"""The demo district obeys every rule, on both databases."""

import json

import pytest
from sqlalchemy import func, select

from walkapp import database, demo, passwords
from walkapp.demo import seeding
from walkapp.demo.people import DOMAIN
from walkapp.models import Account, RecordRow

DAY_MS = 86_400_000

pytestmark = pytest.mark.usefixtures("on_both", "opened")


def seed() -> bool:
    with database.writing() as session:
        return demo.seed(session)


def counts() -> dict[str, int]:
    with database.reading() as session:
        counted = select(RecordRow.kind, func.count()).group_by(RecordRow.kind)
        return dict(session.execute(counted).all())  # type: ignore[arg-type]


def states() -> list[str]:
    with database.reading() as session:
        rows = session.scalars(select(RecordRow.body).where(RecordRow.kind == "observation"))
        return sorted(json.loads(body)["state"] for body in rows)


def test_seeding_twice_is_the_same_as_seeding_once() -> None:
    assert seed() is True
    once = counts()
    assert seed() is False
    assert counts() == once


def test_there_is_a_walk_for_today_and_something_at_the_desk() -> None:
    seed()
    found = counts()
    assert (found["school"], found["room"], found["walk"], found["visit"]) == (2, 24, 2, 7)
    assert found["visit_room"] == found["visit"]
    assert states() == ["released", "submitted"]


def test_one_teacher_agreed_and_has_a_step_and_another_was_only_asked() -> None:
    seed()
    found = counts()
    assert (found["agreement"], found["coaching_step"]) == (2, 1)
    with database.reading() as session:
        rows = session.scalars(select(RecordRow.body).where(RecordRow.kind == "agreement"))
        assert sorted("agreed" in json.loads(body) for body in rows) == [False, True]


def test_another_day_brings_another_walk_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    seed()
    before = counts()
    tomorrow = seeding.now_ms() + DAY_MS
    monkeypatch.setattr(seeding, "now_ms", lambda: tomorrow)
    assert seed() is True
    after = counts()
    assert after.pop("walk") == before.pop("walk") + 1
    assert after.pop("visit") == before.pop("visit") + 5
    assert after.pop("visit_room") == before.pop("visit_room") + 5
    assert after == before


def test_every_account_is_marked_as_a_demo_and_invented() -> None:
    seed()
    with database.reading() as session:
        accounts = list(session.scalars(select(Account)))
    assert len(accounts) == len(demo.PEOPLE)
    assert all(one.demo and one.email.endswith(f"@{DOMAIN}") for one in accounts)
    assert passwords.is_right(accounts[0].password_hash, demo.PASSWORD)


def test_the_demo_password_would_be_good_enough_for_a_real_account() -> None:
    for one in demo.PEOPLE:
        passwords.check_new(demo.PASSWORD, one.email, one.name)


def test_the_year_before_is_seeded_once_and_gives_reports_something_to_say() -> None:
    assert seed() is True
    with database.writing() as session:
        assert demo.seed_year(session) is True
    after = counts()
    with database.writing() as session:
        assert demo.seed_year(session) is False
    assert counts() == after
    # Eight walks: today's, last week's, and six of the year before, to 8 + 9 + 9 + 7 + 8 + 3 rooms.
    assert (after["walk"], after["observation"]) == (8, 2 + 44)
    assert states().count("released") == 1 + 44
