"""The service as a browser meets it, over a database with two districts in it."""

import pickle
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from walkapp import create_app, migrations, sessions
from walkapp.clock import now_ms
from walkapp.config import Config
from walkapp.database import writing
from walkapp.models import db

from . import district
from .district import World

DEVICE = "00000000-0000-4000-8000-0000000000aa"


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """A database with both districts, made once and copied for every test."""
    home = tmp_path_factory.mktemp("founded")
    config = Config(home=home, testing=True)
    migrations.upgrade(config.database)
    app = create_app(config)
    with app.app_context():
        world = district.build()
        db.session.remove()
        db.engine.dispose()
    return home / "walkapp.sqlite3", world


@pytest.fixture
def world(founded: tuple[Path, World]) -> World:
    return pickle.loads(pickle.dumps(founded[1]))


@pytest.fixture
def config(tmp_path: Path, founded: tuple[Path, World]) -> Config:
    shutil.copy(founded[0], tmp_path / "walkapp.sqlite3")
    return Config(home=tmp_path, testing=True)


@pytest.fixture
def make_app(config: Config) -> Iterator[Callable[..., Flask]]:
    """The service, with settings changed where a test wants."""
    made: list[Flask] = []

    def make(**settings: object) -> Flask:
        made.append(create_app(replace(config, **settings)))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return district.browser(app)


@pytest.fixture
def as_role(app: Flask, world: World) -> Callable[[str], FlaskClient]:
    """A browser in which somebody of the two districts is signed in, without waiting for a hash."""
    accounts = world.lakeview.accounts | world.riverbend.accounts

    def signed_in(who: str) -> FlaskClient:
        browser, now = district.browser(app), now_ms()
        with app.app_context(), writing() as session:
            browser.set_cookie("walkapp", sessions.start(session, accounts[who], DEVICE, now))
            sessions.name_device(session, accounts[who], DEVICE, "iPad 7", now)
        return browser

    return signed_in
