"""The doctor finds what is wrong, and says what to do."""

from dataclasses import replace

import pytest

from tests.oak_hill import OakHill
from tests.walkapp.files import pictures
from walkapp import database, demo, doctor, files
from walkapp.clock import now_ms
from walkapp.config import Config
from walkapp.doctor import Finding, examine
from walkapp.mail_settings import MailSettings
from walkapp.models import Mail

HOUR_MS = 3_600_000


def troubles(config: Config, **environ: str) -> str:
    return "\n".join(f"{one.what}: {one.todo}" for one in examine(config, environ) if not one.ok)


def everything(config: Config) -> str:
    return "\n".join(one.what for one in examine(config, {}))


@pytest.mark.usefixtures("on_both", "oak_hill")
def test_a_healthy_server_needs_nothing(config: Config) -> None:
    assert troubles(config) == ""


def test_before_init_it_says_to_run_it(empty: Config) -> None:
    found = troubles(replace(empty, secret=""))
    assert found.count("`walkapp init`") == 3


def test_a_misspelt_setting_is_named(config: Config) -> None:
    assert "WALK_DATABSE" in troubles(config, WALK_DATABSE="x")


def test_a_home_that_others_can_read_is_named(config: Config) -> None:
    config.home.chmod(0o755)
    assert "chmod 700" in troubles(config)


def test_a_secret_that_others_can_read_is_named(config: Config) -> None:
    config.secret_file.write_text("x" * 40)
    config.secret_file.chmod(0o644)
    assert "chmod 600" in troubles(config)


def test_an_unsafe_sqlite_is_named(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    class Old:
        sqlite_version_info = (3, 40, 1)
        connect = staticmethod(sqlite3.connect)

    monkeypatch.setattr(database, "sqlite_module", lambda: Old)
    assert "pysqlite3" in str(list(doctor.tools(config)))


def test_a_full_disk_is_named(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_FREE_BYTES", 10**18)
    assert "Make room" in troubles(config)


@pytest.mark.usefixtures("oak_hill")
def test_a_clock_behind_the_newest_entry_is_named(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "WRITTEN_MS", now_ms() + HOUR_MS)
    assert "minutes behind" in troubles(config)


@pytest.mark.usefixtures("on_both")
def test_a_database_of_another_version_is_named(config: Config) -> None:
    engine = database.new_engine(config.database)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    engine.dispose()
    assert "version 0000" in troubles(config)


def test_a_database_that_does_not_answer_is_named(config: Config) -> None:
    away = replace(config, database="postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert "does not answer" in troubles(away)
    assert "The database answers" not in everything(away)


def test_a_damaged_file_is_named(config: Config, oak_hill: OakHill) -> None:
    assert config.sqlite_file is not None
    whole = bytearray(config.sqlite_file.read_bytes())
    whole[4096 * 8 :] = b"\xff" * (len(whole) - 4096 * 8)
    config.sqlite_file.write_bytes(whole)
    assert troubles(config).count("is damaged") == 1
    assert "walkapp restore" in troubles(config) and "rights" not in troubles(config)


def test_a_file_that_is_no_database_is_named_once(config: Config) -> None:
    assert config.sqlite_file is not None
    config.sqlite_file.write_text("Dear principal, " * 1000)
    assert troubles(config).count("\n") == 0
    assert "is damaged" in troubles(config) and "walkapp restore" in troubles(config)
    assert "The database answers" not in everything(config)


def test_a_district_without_an_administrator_is_named(config: Config) -> None:
    from walkapp import organisation

    assert "--district" in troubles(config)
    with database.opened(config), database.writing() as session:
        organisation.create_space(session, "Oak County")
    assert "create-admin" in troubles(config)


def test_demo_sign_ins_that_others_could_reach_are_named(config: Config) -> None:
    with database.opened(config), database.writing() as session:
        demo.seed(session)
    assert troubles(config) == ""
    assert "demo sign-ins" in troubles(replace(config, host="0.0.0.0"))


def test_a_finding_is_ok_when_there_is_nothing_to_do() -> None:
    assert Finding("fine").ok and not Finding("not fine", "mend it").ok


@pytest.mark.usefixtures("on_both")
def test_photos_that_lost_their_bytes_are_counted_and_the_way_out_is_named(
    config: Config, oak_hill: OakHill
) -> None:
    sender = files.Sender(oak_hill.space, oak_hill.okoye.account)
    with database.opened(config):
        for width in (100, 200, 300):
            files.keep_whole(config, sender, pictures.jpeg(width, 100), now_ms())
    assert "All 3 photos have their bytes" in everything(config)
    shelf = files.Shelf.of(config, oak_hill.space)
    first, second, _ = shelf.kept()
    first.unlink()
    second.write_bytes(b"")
    shelf.path("f" * 64).parent.mkdir(exist_ok=True)
    shelf.path("f" * 64).write_bytes(b"left behind")
    assert "2 photos have lost their bytes" in troubles(config)
    assert "tablets that took them" in troubles(config)
    assert "1 files belong to no photo" in everything(config)


POST = MailSettings("localhost", 25, "walks@oak.example", "https://walk.oak.example")


def waiting(oak_hill: OakHill, config: Config, **values: object) -> None:
    given = {"state": "waiting", "made_at": now_ms(), "due_at": now_ms(), "tries": 0, **values}
    row = Mail(id="m", space=oak_hill.space, account=oak_hill.ruiz.account, **given)
    with database.opened(config), database.writing() as session:
        session.add(row)


def test_mail_that_is_not_set_up_is_told_and_is_no_trouble(
    config: Config, oak_hill: OakHill
) -> None:
    assert "Mail is not set up" in everything(config)
    assert troubles(config) == "" and troubles(replace(config, mail=POST)) == ""


def test_mail_that_nobody_sends_is_named(config: Config, oak_hill: OakHill) -> None:
    waiting(oak_hill, config, due_at=now_ms() - 2 * HOUR_MS)
    assert "walkapp worker" in troubles(replace(config, mail=POST))


def test_mail_that_could_not_be_delivered_is_told_with_its_reason_and_no_address(
    config: Config, oak_hill: OakHill
) -> None:
    waiting(oak_hill, config, state="given-up", problem="address", settled_at=now_ms())
    found = troubles(replace(config, mail=POST))
    assert "takes no mail for this address" in found and oak_hill.ruiz.email not in found
