"""The district's tablets: last contact, what waits there as last reported, where to look."""

import re

import pytest
from flask import Flask

from tests.oak_hill import OakHill
from tests.walkapp.admin.page import Browser, words
from walkapp import database
from walkapp.clock import now_ms
from walkapp.models import Device, Person
from walkapp.models import Session as SignIn
from walkapp.queries.devices import DAY_MS


@pytest.fixture
def tablets(app: Flask, oak_hill: OakHill) -> None:
    """Ms. Bell has three: one in use, one silent with work on it, one that never reported."""
    now = now_ms()
    made = [
        ("iPad of Ms. Bell", 0, 0, 0, True),
        ("iPad 9, cart", 12, 3, 1, False),
        ("Loaned tablet", 40, None, None, True),
    ]
    with app.app_context(), database.writing() as session:
        account = session.get_one(Person, (oak_hill.space, oak_hill.bell.person)).account
        for number, (name, days, unsent, files, is_open) in enumerate(made):
            id, seen = f"00000000-0000-4000-8000-00000000000{number}", now - days * DAY_MS
            session.add(Device(
                account=account, id=id, name=name, first_seen_at=seen, last_seen_at=seen,
                unsent=unsent, files=files, reported_at=None if unsent is None else seen,
            ))  # fmt: skip
            if is_open:
                session.add(SignIn(
                    token_hash=f"{number}" * 64, account=account, device=id, created_at=seen,
                    last_seen_at=now, expires_at=now + DAY_MS,
                ))  # fmt: skip


def rows(page: str) -> list[str]:
    return [words(row) for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)][1:]


def named(page: str) -> list[str]:
    names = ("iPad of Ms. Bell", "iPad 9, cart", "Loaned tablet")
    return [name for row in rows(page) for name in names if name in row]


def test_each_tablet_says_when_it_was_last_in_touch_and_what_waited_there(
    admin: Browser, base: str, tablets: None
) -> None:
    in_use, silent, loaned = (
        next(row for row in rows(admin.get(f"{base}/devices").text) if name in row)
        for name in ("iPad of Ms. Bell", "iPad 9, cart", "Loaned tablet")
    )
    assert "nothing reported today" in in_use and "no contact" not in in_use
    assert "no contact for 12 days 3 changes and 1 photo reported" in silent
    assert "signed out" in silent, "its sign-in ended, and its work is not forgotten"
    assert "no contact for 40 days has not reported Sign out" in loaned


def test_the_longest_silent_and_the_fullest_can_stand_first(
    admin: Browser, base: str, tablets: None
) -> None:
    silent = named(admin.get(f"{base}/devices?order=silent").text)
    assert silent == ["Loaned tablet", "iPad 9, cart", "iPad of Ms. Bell"]
    assert named(admin.get(f"{base}/devices?order=waiting").text)[0] == "iPad 9, cart"
    assert named(admin.get(f"{base}/devices?order=latest").text) == silent[::-1]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=CART", ["iPad 9, cart"]),
        ("q=bell+loaned", ["Loaned tablet"]),
        ("q=nobody", []),
        ("days=10&order=silent", ["Loaned tablet", "iPad 9, cart"]),
        ("days=many&order=sideways&q=cart", ["iPad 9, cart"]),
    ],
)
def test_tablets_are_found_by_name_and_by_their_silence(
    admin: Browser, base: str, tablets: None, asked: str, found: list[str]
) -> None:
    answer = admin.get(f"{base}/devices?{asked}")
    assert answer.status_code == 200 and named(answer.text) == found


def test_no_tablet_of_another_district_is_listed(
    app: Flask, admin: Browser, foreign: OakHill, tablets: None
) -> None:
    assert admin.get(f"/admin/{foreign.space}/devices").status_code == 404
