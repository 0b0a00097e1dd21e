"""A server that was put back to an earlier day, over the door the tablets use."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from walkapp.config import Config
from walkapp.database import reading
from walkapp.models import RecordRow, db

from . import tablet
from .district import World
from .tablet import SYNC, quick_visit, rubric_in, send

AsRole = Callable[[str], FlaskClient]


@pytest.fixture
def config(config: Config) -> Config:
    """A server with a secret, as `init` makes it: without one, no row can be marked."""
    return replace(config, secret="a secret of the tests, long enough to be one")


def ask(client: FlaskClient, space: str, schema: int = 2, **part: Any) -> Any:
    spaces = {space: {"known": None, "cursor": None, "changes": [], **part}}
    body = {"schema": schema, "device": tablet.DEVICE, "build": "t", "spaces": spaces}
    return client.post(SYNC, json=body).json["spaces"][space]


def stored(app: Flask) -> int:
    with app.app_context(), reading() as session:
        every = select(func.count()).where(RecordRow.kind == "observation")
        return session.scalar(every) or 0


def test_a_visit_it_had_lost_comes_back_from_somebody_who_only_read_it(
    app: Flask, config: Config, as_role: AsRole, world: World, tmp_path: Path
) -> None:
    okoye, ruiz, home = as_role("observer"), as_role("principal"), world.lakeview
    rubric = rubric_in(send(okoye, home.space))
    earlier = copy_of(app, config, tmp_path)
    changes = quick_visit(home, "observer", rubric)
    changes[-1]["new"]["state"] = "submitted"
    send(okoye, home.space, *changes)
    heard = ask(ruiz, home.space)
    given = next(row for row in heard["rows"] if row[1] == changes[-1]["id"])
    put_back(app, config, earlier)
    lost = ask(ruiz, home.space, known=heard["at"], cursor=heard["cursor"])
    assert lost["reset"] == "history" and stored(app) == 0
    forged = [*given[:3], given[3] | {"focus": "not what the server gave out"}, given[4]]
    for offered, said, there in ((forged, "refused", 0), (given, "taken", 1), (given, "known", 1)):
        told = ask(ruiz, home.space, trail=[], offers=[offered])
        assert told["offers"] == {given[1]: said} and stored(app) == there
    assert given[3] in [row[3] for row in ask(okoye, home.space)["rows"]]


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


def test_apps_of_both_ages_are_given_the_same_rows(as_role: AsRole, world: World) -> None:
    okoye, home = as_role("observer"), world.lakeview
    changes = quick_visit(home, "observer", rubric_in(send(okoye, home.space)))
    send(okoye, home.space, *changes)
    for schema in (1, 2):
        rows = ask(okoye, home.space, schema)["rows"]
        there = {row[1]: row[3] for row in rows}
        assert all(there[change["id"]] == change["new"] for change in changes)
        assert {len(row) for row in rows} == {3 + schema}
