"""Guessing gets slow; signing in stays possible."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from walkapp import throttle
from walkapp.models import Base, Throttle

NOON = 1_795_000_000_000
HERE, ELSEWHERE = "10.0.0.1", "10.0.0.2"
OKOYE = "okoye@oakhill.example"


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine, tables=[Throttle.__table__])  # type: ignore[list-item]
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_the_first_tries_are_free_and_then_each_wait_is_twice_as_long(session: Session) -> None:
    now, waits = NOON, []
    for _ in range(throttle.PAIR_FREE_TRIES + 4):
        wait = throttle.take_a_try(session, HERE, OKOYE, now)
        waits.append(wait)
        now += wait * 1000
        if wait:
            assert throttle.take_a_try(session, HERE, OKOYE, now) == 0
    assert waits == [0] * throttle.PAIR_FREE_TRIES + [1, 2, 4, 8]


def test_a_try_that_comes_too_early_does_not_make_the_wait_longer(session: Session) -> None:
    for _ in range(throttle.PAIR_FREE_TRIES + 1):
        wait = throttle.take_a_try(session, HERE, OKOYE, NOON)
    assert wait == throttle.take_a_try(session, HERE, OKOYE, NOON) == 1


def test_no_wait_is_ever_longer_than_a_quarter_of_an_hour(session: Session) -> None:
    now = NOON
    for _ in range(200):
        wait = throttle.take_a_try(session, HERE, OKOYE, now)
        assert wait <= throttle.LONGEST_WAIT_SECONDS
        now += wait * 1000


def test_during_an_attack_she_signs_in_from_her_own_address(session: Session) -> None:
    for _ in range(500):
        throttle.take_a_try(session, HERE, OKOYE, NOON)
    assert throttle.take_a_try(session, ELSEWHERE, OKOYE, NOON) == 0


def test_one_address_cannot_try_one_password_on_everybody(session: Session) -> None:
    for number in range(throttle.ADDRESS_FREE_TRIES):
        assert throttle.take_a_try(session, HERE, f"{number}@oakhill.example", NOON) == 0
    assert throttle.take_a_try(session, HERE, "one-more@oakhill.example", NOON) > 0


def test_a_right_password_forgets_the_slips_before_it(session: Session) -> None:
    for _ in range(throttle.PAIR_FREE_TRIES):
        throttle.take_a_try(session, HERE, OKOYE, NOON)
    throttle.give_back(session, HERE, OKOYE)
    assert throttle.take_a_try(session, HERE, OKOYE, NOON) == 0


def test_a_whole_school_behind_one_address_signs_in_on_a_monday(session: Session) -> None:
    for number in range(200):
        assert throttle.take_a_try(session, HERE, f"{number}@oakhill.example", NOON) == 0
        throttle.give_back(session, HERE, f"{number}@oakhill.example")


def test_slips_are_forgotten_after_a_day_and_swept_out(session: Session) -> None:
    for _ in range(20):
        throttle.take_a_try(session, HERE, OKOYE, NOON)
    later = NOON + throttle.FORGOTTEN_AFTER_MS + 1
    assert throttle.take_a_try(session, HERE, OKOYE, later) == 0
    throttle.forget_old(session, later + throttle.FORGOTTEN_AFTER_MS + 1)
    assert session.query(Throttle).count() == 0


def test_a_clock_set_back_makes_nobody_wait_longer(session: Session) -> None:
    for _ in range(throttle.PAIR_FREE_TRIES + 1):
        throttle.take_a_try(session, HERE, OKOYE, NOON)
    assert throttle.take_a_try(session, HERE, OKOYE, NOON - 86_400_000) <= 1
