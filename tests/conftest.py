"""What most tests begin with: a database that is ready, the app, the people of Oak Hill."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.postgres import Postgres, running
from walkapp import create_app, database, migrations
from walkapp.config import Config

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.oak_hill import OakHill

SECRET = "a secret of the tests, long enough to be one"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def on_both(request: pytest.FixtureRequest) -> str:
    """Ask for this, and the test runs once on each database."""
    return request.param


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database at head, made once by the migrations."""
    file = tmp_path_factory.mktemp("template") / "head.sqlite3"
    migrations.upgrade(f"sqlite:///{file}")
    with closing(database.sqlite_module().connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # one file, to be copied
    return file


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    postgres.run("CREATE DATABASE at_head")
    migrations.upgrade(postgres.url("at_head"))
    return "at_head"


@pytest.fixture
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Config]:
    """Settings in which nothing was made yet; on PostgreSQL for a test that is marked so."""
    home = tmp_path / "home"
    if request.node.get_closest_marker("postgres") is None:
        yield Config(home=home, secret=SECRET, testing=True)
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.new_database()
    yield Config(home=home, database=url, secret=SECRET, testing=True)
    server.drop(url)


@pytest.fixture
def config(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Config]:
    """Settings with a database at head and nothing in it."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    if request.node.get_closest_marker("postgres") is None:
        made = Config(home=home, secret=SECRET, testing=True)
        shutil.copyfile(request.getfixturevalue("sqlite_template"), str(made.sqlite_file))
        yield made
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.new_database(request.getfixturevalue("postgres_template"))
    yield Config(home=home, database=url, secret=SECRET, testing=True)
    server.drop(url)


@pytest.fixture
def opened(config: Config) -> Iterator[Config]:
    """The database without the web: `database.writing()` and `reading()` work in the test."""
    with database.opened(config):
        yield config


@pytest.fixture
def app(config: Config) -> Iterator["Flask"]:
    app = create_app(config)
    yield app
    with app.app_context():
        database.db.engine.dispose()


@pytest.fixture
def client(app: "Flask") -> "FlaskClient":
    return app.test_client()


@pytest.fixture
def oak_hill(config: Config) -> "OakHill":
    """Oak Hill and Pine Ridge with their people, in the test's database."""
    from tests.oak_hill import build

    with database.opened(config), database.writing() as session:
        return build(session)


@pytest.fixture
def walkapp(monkeypatch: pytest.MonkeyPatch, empty: Config) -> Any:
    """Run a `walkapp` command as a person would, in a home where nothing was made yet."""
    from tests.command import Command

    monkeypatch.setenv("WALK_HOME", str(empty.home))
    monkeypatch.setenv("WALK_DATABASE", empty.database)
    for name in ("WALK_SECRET", "WALK_HOST", "WALK_PORT", "WALK_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return Command()
