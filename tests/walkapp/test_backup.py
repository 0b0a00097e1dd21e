"""A backup is whole or is not there; a restore keeps what it replaces."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.command import Command
from walkapp import database
from walkapp.backup import BackupError, backup
from walkapp.config import Config
from walkapp.models import Space
from walkapp.postgres_tools import ToolError
from walkapp.restoring import restore


def add(config: Config, name: str) -> None:
    with database.opened(config), database.writing() as session:
        session.add(Space(id=name, kind="district", name=name, created_at=1))


def names(config: Config) -> list[str]:
    with database.opened(config), database.reading() as session:
        return list(session.scalars(select(Space.name).order_by(Space.name)))


@pytest.fixture
def oak(on_both: str, config: Config) -> Config:
    add(config, "Oak County")
    return config


def test_a_restored_backup_is_the_moment_it_was_made(oak: Config) -> None:
    made = backup(oak)
    add(oak, "Pine County")
    kept = restore(oak, made).database
    assert names(oak) == ["Oak County"]
    restore(oak, kept)  # type: ignore[arg-type]
    assert names(oak) == ["Oak County", "Pine County"]


def test_a_backup_holds_what_the_server_committed_last(config: Config) -> None:
    with database.opened(config):
        with database.writing() as session:
            session.add(Space(id="wal", kind="district", name="Still in the WAL", created_at=1))
        made = backup(config)
    assert restored_names(config, made) == ["Still in the WAL"]


def restored_names(config: Config, made: Path) -> list[str]:
    home = config.home / "elsewhere"
    other = Config(home=home)
    restore(other, made)
    return names(other)


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_half_made(oak: Config) -> None:
    made = backup(oak, oak.home / "kept" / "monday.backup")
    assert made.stat().st_mode & 0o077 == 0
    assert [file.name for file in made.parent.iterdir()] == ["monday.backup"]


def test_a_file_that_is_there_already_is_left_as_it_is(config: Config, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear principal,")
    with pytest.raises(BackupError, match="there already"):
        backup(config, letter)
    assert letter.read_text() == "Dear principal,"


@pytest.mark.parametrize(
    "name", ["walkapp.sqlite3", "walkapp.sqlite3-wal", "walkapp.sqlite3-shm", "secret"]
)
def test_a_backup_never_takes_the_place_of_the_data_or_the_secret(
    config: Config, name: str
) -> None:
    add(config, "Oak County")
    with pytest.raises(BackupError, match="belongs to the server itself"):
        backup(config, config.home / "backups" / ".." / name)
    assert names(config) == ["Oak County"]
    assert not config.secret_file.exists()


def test_a_name_that_leads_to_the_secret_is_refused(config: Config, tmp_path: Path) -> None:
    (tmp_path / "monday").symlink_to(config.secret_file)
    with pytest.raises(BackupError):
        backup(config, tmp_path / "monday")
    assert not config.secret_file.exists()


def test_a_folder_that_is_not_there_is_not_made_elsewhere(config: Config, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="There is no folder"):
        backup(config, tmp_path / "usb stick" / "monday.sqlite3")
    assert not (tmp_path / "usb stick").exists()


def test_before_init_a_backup_makes_nothing(on_both: str, empty: Config) -> None:
    with pytest.raises(BackupError, match="`walkapp init`"):
        backup(empty)
    assert not empty.home.exists()


def test_a_damaged_database_is_not_copied_and_the_way_out_is_named(config: Config) -> None:
    Path(str(config.sqlite_file)).write_bytes(b"not a database at all" * 500)
    with pytest.raises(BackupError, match="damaged.*`walkapp restore FILE`"):
        backup(config)
    assert list((config.home / "backups").glob("*")) == []


def test_a_broken_backup_is_refused_before_the_live_data_is_touched(oak: Config) -> None:
    made = backup(oak)
    made.write_bytes(made.read_bytes()[: made.stat().st_size // 2])
    with pytest.raises((BackupError, ToolError)):
        restore(oak, made)
    assert names(oak) == ["Oak County"]


def test_a_file_of_something_else_is_refused(oak: Config, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear principal, " * 1000)
    with pytest.raises((BackupError, ToolError)):
        restore(oak, letter)
    assert names(oak) == ["Oak County"]


def test_the_database_of_another_program_is_refused(config: Config, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite3"
    with closing(database.sqlite_module().connect(other)) as connection:
        connection.execute("CREATE TABLE song (title)")
    with pytest.raises(BackupError, match="not a whole walkapp database"):
        restore(config, other)


@pytest.fixture
def running(config: Config) -> Iterator[None]:
    with database.opened(config), database.reading() as session:
        session.scalar(select(Space.id))
        yield


@pytest.mark.usefixtures("running")
def test_a_restore_under_a_running_server_is_refused(config: Config) -> None:
    with pytest.raises(BackupError, match="stop the server"):
        restore(config, backup(config))


def test_a_damaged_live_file_can_still_be_replaced(config: Config) -> None:
    add(config, "Oak County")
    made = backup(config)
    live = Path(str(config.sqlite_file))
    live.write_bytes(b"not a database at all" * 500)
    kept = restore(config, made).database
    assert names(config) == ["Oak County"]
    assert kept is not None and kept.read_bytes().startswith(b"not a database")


def test_on_the_command_line(walkapp: Command, empty: Config) -> None:
    walkapp.must("init", "--district", "Oak County")
    file = empty.home / "monday.sqlite3"
    walkapp.must("backup", str(file))
    walkapp.must("init", "--district", "Pine County")
    assert walkapp("restore", str(file), given="n\n").code == 1
    assert len(names(Config.from_env())) == 2
    assert "is kept in" in walkapp.must("restore", str(file), given="y\n")
    assert names(Config.from_env()) == ["Oak County"]
    assert walkapp("restore", "nowhere", "--yes").text.startswith("Error: There is no file")


@pytest.mark.postgres
def test_without_pg_dump_an_upgrade_asks_for_a_promise(
    walkapp: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    walkapp.must("init")
    monkeypatch.setattr("walkapp.migrations.head", lambda: "9999")
    monkeypatch.setenv("PATH", "/nowhere")
    said = walkapp("upgrade")
    assert said.code == 1 and "--backed-up" in said.text
    assert "postgresql-client" in walkapp("backup").text
