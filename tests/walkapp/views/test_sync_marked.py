"""Schema 2: rows with marks, a server that lost something, and what is remembered of a tablet."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from walkapp import envelopes, organisation, sessions
from walkapp.clock import now_ms
from walkapp.database import reading, writing
from walkapp.models import Account, ChangeRow, Device, Person, PersonCard, RecordRow, Room, School

from . import district, tablet
from .district import District, World
from .tablet import SYNC, new, quick_visit, rubric_in

AsRole = Callable[[str], FlaskClient]
SECRET = "kept in a drawer, away from every backup"
DATABASE = "00000000-0000-4000-8000-0000000000db"  # fixed: it stands in the names of tests


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app(secret=SECRET)


def ask(client: FlaskClient, space: str, *changes: Any, **about: Any) -> Any:
    part = {"changes": list(changes), **about.pop("part", {})}
    request = {"schema": 2, "device": tablet.DEVICE, "build": "t", **about}
    return client.post(SYNC, json=request | {"spaces": {space: part}})


def told(client: FlaskClient, space: str, *changes: Any, **part: Any) -> dict[str, Any]:
    answer = ask(client, space, *changes, part=part)
    assert answer.status_code == 200, answer.json
    return answer.json["spaces"][space]  # type: ignore[no-any-return]


def everything(client: FlaskClient, space: str) -> list[Any]:
    rows, cursor, more = [], None, True
    while more:
        answer = told(client, space, cursor=cursor)
        rows, cursor, more = rows + answer["rows"], answer["cursor"], answer["more"]
    return rows


# The envelope


def test_the_answer_names_its_schema_and_every_row_has_a_mark(
    as_role: AsRole, world: World
) -> None:
    answer = ask(as_role("observer"), world.lakeview.space).json
    assert (answer["schema"], answer["device"]) == (2, None)
    rows = answer["spaces"][world.lakeview.space]["rows"]
    assert rows and all(len(row) == 5 and row[4].count(".") >= 4 for row in rows)


def test_work_of_another_account_is_not_taken_from_this_ones_window(
    app: Flask, as_role: AsRole, world: World
) -> None:
    home = world.lakeview
    change = new("walk", {})
    answer = ask(as_role("observer"), home.space, change, account=home.accounts["coach"])
    assert (answer.status_code, answer.json["code"]) == (401, "signed-out")
    with app.app_context(), reading() as session:
        assert session.get(ChangeRow, (home.space, change["cid"])) is None
    own = ask(as_role("observer"), home.space, change, account=home.accounts["observer"])
    assert own.status_code == 200


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"account": "me"}, "/account"),
        ({"files": -1}, "/files"),
        ({"canary": {"highest": 1}}, "/canary/database"),
        ({"canary": {"database": DATABASE, "highest": "1"}}, "/canary/highest"),
        ({"canary": {"database": DATABASE, "highest": 1, "x": 1}}, "/canary/x"),
    ],
    ids=str,
)
def test_a_wrong_field_of_the_envelope_is_named(
    as_role: AsRole, world: World, wrong: dict[str, Any], pointer: str
) -> None:
    answer = ask(as_role("observer"), world.lakeview.space, **wrong)
    assert (answer.status_code, answer.json["code"]) == (400, "wrong-fields")
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_an_app_that_is_newer_than_the_server_is_told_which_schema_is_spoken(
    as_role: AsRole, world: World
) -> None:
    answer = ask(as_role("observer"), world.lakeview.space, schema=3, whatever="is new")
    assert (answer.status_code, answer.json["code"]) == (409, "server-older")
    assert str(envelopes.NEWEST) in answer.json["detail"]


# An app that is too old


@pytest.fixture(params=["a schema that never was", "one that was given up"])
def old(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    if request.param == "a schema that never was":
        return 0
    monkeypatch.setattr(envelopes, "OLDEST", 2)
    return 1


def test_what_waits_on_a_tablet_that_is_too_old_is_taken_first(
    as_role: AsRole, world: World, old: int
) -> None:
    okoye, home = as_role("observer"), world.lakeview
    rows = told(okoye, home.space) if old else tablet.send(okoye, home.space)
    changes = quick_visit(home, "observer", rubric_in(rows))
    odd = {"cid": str(uuid4()), "colour": "red"}
    answer = ask(okoye, home.space, *changes, odd, schema=old, unsent=5)
    assert answer.status_code == 200 and answer.json.keys() == {"now", "spaces"}
    part = answer.json["spaces"][home.space]
    verdicts = [verdict["verdict"] for verdict in part.pop("results").values()]
    assert verdicts == ["ok"] * 4 + ["refused"]
    assert part.pop("at") and part == {"rows": [], "gone": [], "cursor": "0.0", "more": False}


def test_a_tablet_that_is_too_old_updates_when_nothing_waits_on_it(
    as_role: AsRole, world: World, old: int
) -> None:
    okoye, home = as_role("observer"), world.lakeview
    waits = ask(okoye, home.space, schema=old, unsent=2, part={"cursor": "3.abc"})
    assert waits.json["spaces"][home.space]["cursor"] == "3.abc"
    assert waits.json["spaces"][home.space]["results"] == {}
    for nothing in ({"unsent": 0}, {}):
        answer = ask(okoye, home.space, schema=old, **nothing)
        assert (answer.status_code, answer.json["code"]) == (426, "other-version")


# What is remembered of a tablet


def test_a_tablet_that_comes_back_empty_is_told_what_it_said_before(
    as_role: AsRole, world: World
) -> None:
    okoye, home = as_role("observer"), world.lakeview
    before = now_ms()
    canary = {"database": DATABASE, "highest": 41}
    assert ask(okoye, home.space, canary=canary, unsent=3, files=1).json["device"] is None
    # It says nothing of itself yet: what was remembered stays.
    remembered = ask(okoye, home.space).json["device"]
    assert remembered.pop("at") >= before
    said = {"database": DATABASE, "highest": 41, "unsent": 3, "files": 1}
    assert remembered == said | {"nonce": None}
    emptied = {"database": str(uuid4()), "highest": 0}
    answer = ask(okoye, home.space, canary=emptied, unsent=0, files=0)
    assert answer.json["device"] | {"at": 0} == remembered | {"at": 0}
    assert ask(okoye, home.space).json["device"]["database"] == emptied["database"]


def test_what_was_just_answered_counts_as_unsent_no_more(as_role: AsRole, world: World) -> None:
    okoye, home = as_role("observer"), world.lakeview
    canary = {"database": DATABASE, "highest": 2}
    ask(okoye, home.space, new("nonsense", {}), canary=canary, unsent=3)
    assert ask(okoye, home.space).json["device"]["unsent"] == 2


def test_a_tablet_with_no_news_costs_no_write(app: Flask, as_role: AsRole, world: World) -> None:
    okoye, home = as_role("observer"), world.lakeview
    canary = {"database": DATABASE, "highest": 2}

    def seen() -> Any:
        with app.app_context(), reading() as session:
            row = session.scalars(
                select(Device).where(Device.account == home.accounts["observer"])
            ).one()
            return row.highest, row.last_seen_at

    ask(okoye, home.space, canary=canary, unsent=0)
    first = seen()
    ask(okoye, home.space, canary=canary, unsent=0)
    assert seen() == first
    ask(okoye, home.space, canary=canary | {"highest": 3}, unsent=0)
    assert seen()[0] == 3


# A server that lost everything


def test_the_tablets_fill_a_server_that_was_replaced(
    app: Flask, as_role: AsRole, world: World, empty_server: Flask
) -> None:
    home, okoye = world.lakeview, as_role("observer")
    changes = quick_visit(home, "observer", rubric_in(told(okoye, home.space)))
    note = changes[-1]
    told(okoye, home.space, *changes, tablet.edit(note, {"state": "submitted"}))
    held = {who: everything(as_role(who), home.space) for who in ("admin", "principal")}

    lost = everything(as_role("coach"), home.space)
    people = refound(empty_server, world, "admin", "principal")
    for who in ("admin", "principal"):
        rows = [row for row in held[who] if row[3] is not None]
        for start in range(0, len(rows), 5):
            offers = rows[start : start + 5]
            answer = told(people[who], home.space, trail=[], offers=offers)
            assert set(answer["offers"].values()) <= {"taken", "known"}
            assert answer["offers"].keys() == {row[1] for row in offers}

    with empty_server.app_context(), reading() as session:
        given = session.get_one(RecordRow, (home.space, note["id"]))
        assert json.loads(given.body)["state"] == "submitted"
        assert given.owner == home.people["observer"]
        for model, kind in ((School, "school"), (Room, "room"), (PersonCard, "person")):
            ids = {row[1] for row in lost if row[2] == kind}
            assert ids <= set(session.scalars(select(model.id).where(model.space == home.space)))
        seats = session.execute(select(Person.id, Person.account)).all()
        assert {home.people["observer"], home.people["coach"]} <= {seat.id for seat in seats}
        # A card comes back; what lets somebody in is given by people.
        assert dict(map(tuple, seats))[home.people["coach"]] is None


@pytest.fixture
def empty_server(tmp_path: Any, sqlite_template: Any, make_app: Callable[..., Flask]) -> Flask:
    """Another machine with an empty database; only the secret was kept."""
    (tmp_path / "new").mkdir()
    file = tmp_path / "new" / "walkapp.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    return make_app(home=tmp_path / "new", database="", secret=SECRET)


def refound(server: Flask, world: World, *people: str) -> dict[str, FlaskClient]:
    """The district under its id, with some of its people in it and signed in again."""
    home = world.lakeview
    with server.app_context(), writing() as session:
        organisation.create_space(session, "Lakeview", id=home.space)
    return {who: come_back(server, home, who) for who in people}


def come_back(server: Flask, home: District, who: str) -> FlaskClient:
    browser, email, me = district.browser(server), district.email_of(who), home.people[who]
    with server.app_context(), writing() as session:
        organisation.add_person(
            session, home.space, organisation.SERVICE, who, [("admin", None)], email, id=me
        )
        account = Account(id=str(uuid4()), email=email, created_at=0)
        session.add(account)
        session.flush()
        session.get_one(Person, (home.space, me)).account = account.id
        token = sessions.start(session, account.id, tablet.DEVICE, now_ms())
    browser.set_cookie("walkapp", token)
    return browser
