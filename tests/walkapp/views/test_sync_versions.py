"""Apps that are older or newer than the server: work is taken first, and then things are said."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from walkapp import envelopes
from walkapp.config import Config
from walkapp.database import reading
from walkapp.models import RecordRow, db
from walkapp.rubric import record_id

from . import tablet
from .district import World
from .tablet import SYNC, quick_visit, rubric_in, send

AsRole = Callable[[str], FlaskClient]
ALL_OK = {"ok"}


@pytest.fixture
def config(config: Config) -> Config:
    """A server with a secret, as `init` makes it: without one, no row can be marked."""
    return replace(config, secret="a secret of the tests, long enough to be one")


def ask(client: FlaskClient, space: str, *changes: Any, schema: int, **more: Any) -> Any:
    body = tablet.request(space, changes) | {"schema": schema, **more}
    return client.post(SYNC, json=body)


def stored(app: Flask, kind: str = "observation") -> int:
    with app.app_context(), reading() as session:
        every = select(func.count()).select_from(RecordRow).where(RecordRow.kind == kind)
        return session.scalar(every) or 0


@pytest.fixture
def one_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later server, which answers schema 1 no longer."""
    monkeypatch.setattr(envelopes, "OLDEST", 2)


def test_an_app_too_old_is_relieved_of_its_work_before_it_is_told(
    app: Flask, as_role: AsRole, world: World, one_too_old: None
) -> None:
    okoye, home = as_role("observer"), world.lakeview
    changes = quick_visit(home, "observer", record_id("deeper-learning-walk", 1))
    asked = ask(okoye, home.space, schema=1, unsent=len(changes))
    assert asked.status_code == 200 and not asked.json["spaces"][home.space]["rows"]
    taken = ask(okoye, home.space, *changes, schema=1, unsent=len(changes))
    answer = taken.json["spaces"][home.space]
    assert {one["verdict"] for one in answer["results"].values()} == ALL_OK
    assert len(answer["results"]) == len(changes) and answer["rows"] == [] and not answer["more"]
    told = ask(okoye, home.space, schema=1, unsent=0)
    assert told.status_code == 426 and told.json["code"] == "other-version"
    assert told.json["title"] and told.json["next"] and stored(app) == 1


def test_what_an_app_too_old_sends_twice_is_taken_once(
    app: Flask, as_role: AsRole, world: World, one_too_old: None
) -> None:
    okoye, home = as_role("observer"), world.lakeview
    changes = quick_visit(home, "observer", record_id("deeper-learning-walk", 1))
    first, second = (ask(okoye, home.space, *changes, schema=1).json["spaces"] for _ in range(2))
    assert first[home.space]["results"] == second[home.space]["results"] and stored(app) == 1


def test_an_app_newer_than_the_server_is_told_what_the_server_speaks(
    app: Flask, as_role: AsRole, world: World
) -> None:
    okoye, home = as_role("observer"), world.lakeview
    changes = quick_visit(home, "observer", rubric_in(send(okoye, home.space)))
    newer = ask(okoye, home.space, *changes, schema=envelopes.NEWEST + 1)
    assert newer.status_code == 409 and newer.json["code"] == "server-older"
    assert str(envelopes.NEWEST) in newer.json["detail"] and stored(app) == 0
    again = ask(okoye, home.space, *changes, schema=envelopes.NEWEST)
    results = again.json["spaces"][home.space]["results"].values()
    assert {one["verdict"] for one in results} == ALL_OK and stored(app) == 1


@pytest.mark.parametrize("schema", [1, 2])
def test_both_ways_to_speak_bring_the_same_rows(as_role: AsRole, world: World, schema: int) -> None:
    okoye, home = as_role("observer"), world.lakeview
    changes = quick_visit(home, "observer", rubric_in(send(okoye, home.space)))
    send(okoye, home.space, *changes)
    answer = ask(okoye, home.space, schema=schema).json["spaces"][home.space]
    there = {row[1]: row[3] for row in answer["rows"]}
    assert all(there[change["id"]] == change["new"] for change in changes)
    assert {len(row) for row in answer["rows"]} == {3 + schema}


def test_nothing_is_applied_under_a_cookie_of_somebody_else(
    app: Flask, as_role: AsRole, world: World
) -> None:
    okoye, home = as_role("observer"), world.lakeview
    changes = quick_visit(home, "observer", rubric_in(send(okoye, home.space)))
    other = ask(okoye, home.space, *changes, schema=2, account=home.accounts["coach"])
    assert other.status_code == 401 and other.json["code"] == "signed-out" and stored(app) == 0
    own = ask(okoye, home.space, *changes, schema=2, account=home.accounts["observer"])
    assert own.status_code == 200 and stored(app) == 1


def test_a_tablet_that_came_back_empty_hears_what_it_was(as_role: AsRole, world: World) -> None:
    okoye, home = as_role("observer"), world.lakeview
    whole = {"database": str(uuid4()), "highest": 41}
    ask(okoye, home.space, schema=2, unsent=3, files=2, canary=whole)
    empty = {"database": str(uuid4()), "highest": 0}
    told = ask(okoye, home.space, schema=2, unsent=0, files=0, canary=empty).json["device"]
    assert {name: told[name] for name in ("unsent", "files")} == {"unsent": 3, "files": 2}
    assert {name: told[name] for name in whole} == whole and told["at"] > 0
    # Heard once: from now on the new database is what it is measured by.
    assert ask(okoye, home.space, schema=2, canary=empty).json["device"]["highest"] == 0


def test_rows_a_restored_server_had_lost_come_back_from_somebody_who_only_read_them(
    app: Flask, config: Config, as_role: AsRole, world: World, tmp_path: Path
) -> None:
    okoye, ruiz, home = as_role("observer"), as_role("principal"), world.lakeview
    rubric = rubric_in(send(okoye, home.space))
    earlier = copy_of(app, config, tmp_path)
    changes = quick_visit(home, "observer", rubric)
    changes[-1]["new"]["state"] = "submitted"
    send(okoye, home.space, *changes)
    heard = ask(ruiz, home.space, schema=2).json["spaces"][home.space]
    given = next(row for row in heard["rows"] if row[1] == changes[-1]["id"])
    put_back(app, config, earlier)
    lost = ask_part(ruiz, home.space, known=heard["at"], cursor=heard["cursor"])
    assert lost["reset"] == "history" and stored(app) == 0
    forged = [*given[:3], given[3] | {"focus": "not what the server gave out"}, given[4]]
    for offered, said, there in ((forged, "refused", 0), (given, "taken", 1), (given, "known", 1)):
        told = ask_part(ruiz, home.space, trail=[], offers=[offered])
        assert told["offers"] == {given[1]: said} and stored(app) == there
    assert given[3] in [row[3] for row in ask_part(okoye, home.space)["rows"]]


def ask_part(client: FlaskClient, space: str, **part: Any) -> Any:
    spaces = {space: {"known": None, "cursor": None, "changes": [], **part}}
    body = {"schema": 2, "device": tablet.DEVICE, "build": "t", "spaces": spaces}
    return client.post(SYNC, json=body).json["spaces"][space]


def copy_of(app: Flask, config: Config, folder: Path) -> Path:
    put_away(app)
    return Path(shutil.copy(str(config.sqlite_file), folder / "earlier.sqlite3"))


def put_back(app: Flask, config: Config, earlier: Path) -> None:
    put_away(app)
    shutil.copy(earlier, str(config.sqlite_file))


def put_away(app: Flask) -> None:
    """Nobody has the database open, and all of it is in its one file."""
    with app.app_context():
        db.engine.dispose()
