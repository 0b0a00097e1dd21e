"""An administrator says on which days, and in which rooms, visits are not wanted."""

import json
import re

import pytest
from flask import Flask

from tests.oak_hill import OakHill
from tests.walkapp.admin.page import Browser, words
from walkapp import database
from walkapp.models import RecordRow

TESTS = {"first": "2026-12-01", "last": "2026-12-03", "why": "State tests"}


@pytest.fixture
def school(base: str, oak_hill: OakHill) -> str:
    return f"{base}/schools/{oak_hill.oak_hill}"


def kept(app: Flask, oak_hill: OakHill, id: str) -> object:
    with app.app_context(), database.reading() as session:
        body = session.get_one(RecordRow, (oak_hill.space, id)).body
    return json.loads(body).get("no_visits")


def test_days_that_follow_each_other_are_entered_and_removed_as_one(
    admin: Browser, app: Flask, oak_hill: OakHill, school: str
) -> None:
    page = admin.post_and_follow(f"{school}/no-visits", **TESTS).text
    assert "December 1, 2026 to December 3, 2026 State tests" in words(page)
    assert kept(app, oak_hill, oak_hill.oak_hill) == {
        f"2026-12-0{day}": "State tests" for day in (1, 2, 3)
    }
    page = admin.post_and_follow(f"{school}/no-visits", first="2026-12-04", why="A concert").text
    assert "December 4, 2026 A concert" in words(page)
    page = admin.post_and_follow(
        f"{school}/no-visits/end", first="2026-12-01", last="2026-12-03"
    ).text
    assert "State tests" not in words(page)
    assert kept(app, oak_hill, oak_hill.oak_hill) == {"2026-12-04": "A concert"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"first": "soon"}, "first"),
        ({"last": "2026-11-30"}, "last"),
        ({"last": "2027-12-01"}, "last"),
        ({"why": "  "}, "why"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    admin: Browser, app: Flask, oak_hill: OakHill, school: str, wrong: dict[str, str], field: str
) -> None:
    answer = admin.post(f"{school}/no-visits", **TESTS | wrong)
    assert answer.status_code == 422 and f'id="{field}-fault"' in answer.text
    assert all(f'value="{text}"' in answer.text for text in (TESTS | wrong).values())
    assert kept(app, oak_hill, oak_hill.oak_hill) is None


def test_a_school_is_renamed_and_keeps_its_days(
    admin: Browser, app: Flask, oak_hill: OakHill, school: str
) -> None:
    admin.post_and_follow(f"{school}/no-visits", **TESTS)
    admin.post_and_follow(school, name="Oak Hill Annex", code="0031")
    assert kept(app, oak_hill, oak_hill.oak_hill) is not None


def test_a_room_is_left_in_peace_and_welcomes_visits_again(
    admin: Browser, app: Flask, base: str, oak_hill: OakHill
) -> None:
    room = f"{base}/rooms/{oak_hill.room_12}"
    page = admin.post_and_follow(f"{room}/no-visits", no_visits="yes").text
    assert "Asked to be left in peace" in words(page)
    assert kept(app, oak_hill, oak_hill.room_12) is True
    admin.post_and_follow(f"{room}/no-visits", no_visits="no")
    assert kept(app, oak_hill, oak_hill.room_12) is False


def test_it_stands_in_the_audit(admin: Browser, base: str, school: str) -> None:
    admin.post_and_follow(f"{school}/no-visits", **TESTS)
    said = words(admin.get(f"{base}/audit").text)
    assert re.search(r"changed when visits are wanted at Oak Hill Elementary", said)
