"""What a copy cannot do: claim another's work, use up the server, or stop a page."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.walkapp import closing
from tests.walkapp.files.pictures import jpeg
from walkapp.copies import envelope, one_at_a_time

from .district import World
from .test_rescue import SECRET, copy_of, enter, kept, look_at, photo_of, words_of

EMPTY_LISTS = "[" + ",".join(["[]"] * 400_000) + "]"


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app(secret=SECRET)


@pytest.fixture
def observer(as_role: Callable[[str], FlaskClient]) -> FlaskClient:
    return as_role("observer")


def but(data: bytes, **other: Any) -> bytes:
    return json.dumps({**json.loads(data), **other}).encode()


@pytest.mark.parametrize("made_at", [10**30, -(10**30), 10**17, -1])
def test_a_copy_of_an_impossible_time_is_none(
    observer: FlaskClient, world: World, made_at: int
) -> None:
    answer = look_at(observer, but(copy_of(world, "observer"), made_at=made_at))
    assert answer.status_code == 422


def test_a_small_file_that_becomes_millions_of_things_is_refused(
    monkeypatch: pytest.MonkeyPatch, observer: FlaskClient, world: World
) -> None:
    monkeypatch.setattr(envelope, "MOST_THINGS", 100_000)
    inside = copy_of(world, "observer", rows=json.loads(EMPTY_LISTS))
    assert len(inside) < 10_000
    assert look_at(observer, inside).status_code == 422
    assert look_at(observer, EMPTY_LISTS.encode()).status_code == 422


def test_many_parts_may_together_be_no_larger_than_one(
    monkeypatch: pytest.MonkeyPatch, observer: FlaskClient, world: World
) -> None:
    home = world.lakeview
    one = closing.content(home.space, home.accounts["observer"], rows=["a" * 600_000])
    monkeypatch.setattr(envelope, "MOST_OPENED_BYTES", 1_000_000)
    assert look_at(observer, closing.close(SECRET, one)).status_code == 200
    assert look_at(observer, closing.close(SECRET, one, one)).status_code == 422


def test_words_are_not_tried_for_ever(
    monkeypatch: pytest.MonkeyPatch, observer: FlaskClient, world: World
) -> None:
    home = world.lakeview
    one = closing.content(home.space, home.accounts["observer"])
    data = closing.close("", one, one, one)
    monkeypatch.setattr(envelope, "MOST_ROUNDS_IN_ALL", closing.ROUNDS * 2)
    assert look_at(observer, data, words=closing.WORDS).status_code == 422


def test_a_disk_that_is_nearly_full_is_left_to_the_database(
    monkeypatch: pytest.MonkeyPatch, app: Flask, observer: FlaskClient, world: World
) -> None:
    data = copy_of(world, "observer", files=[photo_of({"id": closing.DEVICE}, jpeg())])
    monkeypatch.setattr("walkapp.copies.photos.has_room", lambda *_: False)
    assert "1 photo could not be taken" in enter(observer, data)
    monkeypatch.setattr("walkapp.copies.staging.has_room", lambda *_: False)
    answer = look_at(observer, data)
    assert answer.status_code == 507 and "no room left" in answer.text


def test_one_copy_is_opened_at_a_time(
    monkeypatch: pytest.MonkeyPatch, observer: FlaskClient, world: World
) -> None:
    monkeypatch.setattr("walkapp.copies.opening.WAIT_SECONDS", 0)
    with one_at_a_time():
        answer = look_at(observer, copy_of(world, "observer"))
    assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0
    assert look_at(observer, copy_of(world, "observer")).status_code == 200


def test_a_file_that_only_claims_to_be_a_colleagues_is_not_entered_in_their_name(
    app: Flask, as_role: Callable[[str], FlaskClient], world: World
) -> None:
    admin = as_role("admin")
    mine = as_role("observer").get("/api/v1/session").json["spaces"][0]["voucher"]
    for shown in ("", mine, "f" * 64):
        forged = copy_of(world, "coach", voucher=shown)
        page = look_at(admin, forged)
        assert "Nothing in this copy proves who wrote it." in page.text
        assert "Enter it" not in page.text and "Brandt" not in page.text
    # One's own work needs no proof but the sign-in.
    own = look_at(as_role("coach"), copy_of(world, "coach", voucher=""))
    assert "Your own work." in words_of(own)
    assert "Work of Ms. Okoye" in words_of(look_at(admin, copy_of(world, "observer", voucher=mine)))
    assert kept(app, world) == []


def test_a_voucher_is_of_one_person_in_one_district(
    as_role: Callable[[str], FlaskClient], world: World
) -> None:
    told = [
        as_role(who).get("/api/v1/session").json["spaces"][0]["voucher"]
        for who in ("observer", "coach", "admin", "other_observer")
    ]
    assert len(set(told)) == 4 and all(len(one) == 64 for one in told)
