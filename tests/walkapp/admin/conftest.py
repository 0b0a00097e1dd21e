"""Two districts in a database that is made once and copied for every test: hashing is slow."""

import shutil
from pathlib import Path

import pytest
from flask import Flask

from tests.oak_hill import PASSWORD, OakHill, build
from tests.walkapp.admin.page import Browser
from walkapp import database
from walkapp.config import Config

SECRET = "a secret of the tests, long enough to be one"


@pytest.fixture(scope="session")
def districts(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, OakHill, OakHill]:
    config = Config(home=tmp_path_factory.mktemp("districts"), secret=SECRET, testing=True)
    shutil.copyfile(sqlite_template, str(config.sqlite_file))
    with database.opened(config), database.writing() as session:
        oak = build(session)
        pine = build(session, "Pine County", "pine.example")
    return Path(str(config.sqlite_file)), oak, pine


@pytest.fixture
def config(districts: tuple[Path, OakHill, OakHill], tmp_path: Path) -> Config:
    made = Config(home=tmp_path, secret=SECRET, testing=True)
    shutil.copyfile(districts[0], str(made.sqlite_file))
    return made


@pytest.fixture
def oak_hill(districts: tuple[Path, OakHill, OakHill]) -> OakHill:
    return districts[1]


@pytest.fixture
def foreign(districts: tuple[Path, OakHill, OakHill]) -> OakHill:
    return districts[2]


@pytest.fixture
def admin(oak_hill: OakHill, app: Flask) -> Browser:
    return Browser(app, oak_hill.adler.email, PASSWORD)


@pytest.fixture
def base(oak_hill: OakHill) -> str:
    return f"/admin/{oak_hill.space}"
