"""Settings are checked once, at the start, and faults are told in sentences."""

from pathlib import Path

import pytest

from walkapp.config import Config, ConfigError, unknown_names

LONG = "x" * 40


def test_without_settings_everything_lies_in_var() -> None:
    config = Config.from_env({})
    assert (config.host, config.port, config.proxy) == ("127.0.0.1", 8000, False)
    assert config.sqlite_file == Path("var").absolute() / "walkapp.sqlite3"


@pytest.mark.parametrize("given", ["postgres://u:p@db/walk", "postgresql://u:p@db/walk"])
def test_postgresql_always_means_the_same_driver(given: str) -> None:
    assert Config.from_env({"WALK_DATABASE": given}).url.drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WALK_PORT", "eighty"),
        ("WALK_PORT", "70000"),
        ("WALK_HOST", "http://here"),
        ("WALK_PROXY", "maybe"),
        ("WALK_SECRET", "short"),
        ("WALK_DATABASE", "mysql://host/name"),
        ("WALK_DATABASE", "sqlite://"),
        ("WALK_DATABASE", "postgresql://host"),
        ("WALK_DATABASE", "what"),
    ],
)
def test_a_wrong_setting_is_named_in_a_sentence(name: str, value: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Config.from_env({name: value})
    assert name in str(caught.value)
    assert str(caught.value).endswith(".")


def test_the_secret_is_read_from_the_home(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(LONG + "\n")
    assert Config.from_env({"WALK_HOME": str(tmp_path)}).secret == LONG
    assert Config.from_env({"WALK_HOME": str(tmp_path), "WALK_SECRET": "y" * 40}).secret[0] == "y"


def test_neither_secret_nor_database_password_is_shown() -> None:
    given = {"WALK_SECRET": LONG, "WALK_DATABASE": "postgresql://u:hidden@db/walk"}
    said = repr(Config.from_env(given))
    assert LONG not in said and "hidden" not in said


@pytest.mark.parametrize(
    ("host", "alone"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("walk", False)],
)
def test_it_knows_whether_other_machines_can_reach_it(host: str, alone: bool) -> None:
    assert Config.from_env({"WALK_HOST": host}).is_loopback is alone


def test_a_misspelt_setting_is_found() -> None:
    assert unknown_names({"WALK_DATABSE": "x", "WALK_HOME": "y", "HOME": "z"}) == ["WALK_DATABSE"]
