"""Each command, called as a person would call it."""

import stat
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.command import Command
from walkapp import database, passwords
from walkapp.config import Config
from walkapp.models import Account, Grant, Room, School, Space

PASSWORD = "three herons on a wet roof"
SCHOOLS = "school_code,school_name\n0031,Oak Hill Elementary\n0107,Pine Ridge Middle\n"


def all_of(column: Any) -> list[Any]:
    with database.opened(Config.from_env()), database.reading() as session:
        return list(session.scalars(select(column).order_by(column)))


def test_init_makes_a_home_for_its_user_alone(walkapp: Command, empty: Config) -> None:
    said = walkapp.must("init")
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (empty.home, empty.secret_file)]
    assert modes == [0o700, 0o600]
    assert "Made the database" in said
    assert len(Config.from_env().secret) > 60


def test_init_leaves_what_is_there_as_it_is(walkapp: Command, empty: Config) -> None:
    walkapp.must("init", "--district", "Oak County")
    secret = empty.secret_file.read_text()
    said = walkapp.must("init", "--district", "Oak County")
    assert "there already" in said
    assert (empty.secret_file.read_text(), all_of(Space.name)) == (secret, ["Oak County"])
    assert walkapp.must("init", "--if-missing") == ""


def test_init_closes_an_empty_home_that_others_could_reach(walkapp: Command, empty: Config) -> None:
    empty.home.mkdir(mode=0o755)
    assert "for this user alone" in walkapp.must("init")
    assert stat.S_IMODE(empty.home.stat().st_mode) == 0o700


def test_init_tells_of_a_home_with_things_in_it_that_others_can_reach(
    walkapp: Command, empty: Config
) -> None:
    empty.home.mkdir(mode=0o755)
    (empty.home / "letter.txt").touch()
    assert "chmod 700" in walkapp.must("init")
    assert stat.S_IMODE(empty.home.stat().st_mode) == 0o755


@pytest.mark.parametrize("home", ["/proc/x", "/dev/null"])
def test_a_home_that_cannot_be_made_is_a_sentence(
    walkapp: Command, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    monkeypatch.setenv("WALK_HOME", home)
    said = walkapp("init")
    assert said.code == 1 and said.text.startswith("Error: ") and home in said.text


def test_a_file_that_the_system_refuses_is_a_sentence(
    walkapp: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    walkapp.must("init")
    monkeypatch.setattr("walkapp.backup.COPIES", "/proc")
    said = walkapp("backup")
    assert said.code == 1 and said.text.startswith("Error: /proc/")


@pytest.mark.postgres
def test_init_and_a_district_on_postgresql(walkapp: Command) -> None:
    walkapp.must("init", "--district", "Oak County")
    assert all_of(Space.name) == ["Oak County"]


@pytest.mark.parametrize(
    "words",
    [
        ("upgrade",),
        ("serve",),
        ("demo",),
        ("backup",),
        ("create-admin", "--name", "A", "--email", "a@oak.example", "--password", PASSWORD),
    ],
)
def test_before_init_every_command_says_to_run_it(walkapp: Command, words: tuple[str, ...]) -> None:
    said = walkapp(*words)
    assert said.code != 0 and "`walkapp init`" in said.text


def test_a_wrong_setting_is_a_sentence_and_no_traceback(
    walkapp: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WALK_PORT", "eighty")
    said = walkapp("init")
    assert said.code == 1 and said.text.startswith("Error: WALK_PORT is 'eighty'")


def test_a_database_that_does_not_answer_is_a_sentence(
    walkapp: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WALK_DATABASE", "postgresql://nobody@127.0.0.1:1/none")
    said = walkapp("upgrade")
    assert said.code == 1 and "walkapp doctor" in said.text and "Traceback" not in said.text


def test_create_admin_makes_somebody_who_can_sign_in(walkapp: Command) -> None:
    walkapp.must("init", "--district", "Oak County")
    walkapp.must(
        "create-admin", "--name", "Ms. Adler", "--email", "Adler@Oak.example", given=PASSWORD + "\n"
    )
    with database.opened(Config.from_env()), database.reading() as session:
        account = session.scalars(select(Account)).one()
    assert account.email == "adler@oak.example"
    assert passwords.is_right(account.password_hash, PASSWORD)
    assert all_of(Grant.role) == ["admin"]


def test_create_admin_again_only_renews_the_password(walkapp: Command) -> None:
    walkapp.must("init", "--district", "Oak County")
    words = ("create-admin", "--name", "Ms. Adler", "--email", "adler@oak.example", "--password")
    walkapp.must(*words, PASSWORD)
    walkapp.must(*words, "another heron, another roof")
    with database.opened(Config.from_env()), database.reading() as session:
        kept = session.scalars(select(Account.password_hash)).one()
    assert passwords.is_right(kept, "another heron, another roof")
    assert all_of(Grant.role) == ["admin"]


LOST = "5bace000-0000-4000-8000-000000000001"
ADLER = "00000000-0000-4000-8000-00000000000a"
REFOUND = (
    "refound", "--district", "Oak County", "--name", "Ms. Adler", "--email", "adler@oak.example",
    "--password", PASSWORD,
)  # fmt: skip


def test_refound_gives_a_lost_district_the_id_its_tablets_know(walkapp: Command) -> None:
    walkapp.must("init")
    walkapp.must(*REFOUND, "--space", LOST, "--person", ADLER)
    assert all_of(Space.id) == [LOST]
    with database.opened(Config.from_env()), database.reading() as session:
        grant = session.scalars(select(Grant)).one()
        assert (grant.person, grant.role) == (ADLER, "admin")


def test_refound_never_touches_a_district_that_is_there(walkapp: Command) -> None:
    walkapp.must("init")
    walkapp.must(*REFOUND, "--space", LOST, "--person", ADLER)
    again = walkapp(*REFOUND, "--space", LOST, "--person", ADLER)
    assert again.code == 1 and "there already" in again.text
    slip = walkapp(*REFOUND, "--space", LOST[:-1], "--person", ADLER)
    assert slip.code == 1 and "--space is not an id" in slip.text


@pytest.mark.parametrize("password", ["short", "", "adler@oak.example"])
def test_create_admin_refuses_a_password_that_is_easy_to_guess(
    walkapp: Command, password: str
) -> None:
    walkapp.must("init", "--district", "Oak County")
    words = ("create-admin", "--name", "Ms. Adler", "--email", "adler@oak.example")
    said = walkapp(*words, given=password + "\n")
    assert said.code == 1 and said.text.startswith("Error: ")
    assert all_of(Account.email) == []


def test_with_two_districts_one_has_to_be_named(walkapp: Command) -> None:
    walkapp.must("init", "--district", "Oak County")
    walkapp.must("init", "--district", "Lake County")
    words = ("create-admin", "--name", "A", "--email", "a@oak.example", "--password", PASSWORD)
    said = walkapp(*words)
    assert said.code == 1 and "Lake County, Oak County" in said.text
    walkapp.must(*words, "--district", "Oak County")


def test_an_import_is_looked_at_first_and_keeps_its_zeros(walkapp: Command, tmp_path: Path) -> None:
    walkapp.must("init", "--district", "Oak County")
    file = tmp_path / "schools.csv"
    file.write_text(SCHOOLS)
    seen = walkapp.must("import-people", str(file))
    assert "2 to add" in seen and "--yes" in seen
    assert all_of(School.code) == []
    walkapp.must("import-people", str(file), "--yes")
    assert all_of(School.code) == ["0031", "0107"]
    assert "2 as they are" in walkapp.must("import-people", str(file), "--yes")


def test_an_import_with_one_bad_line_enters_nothing(walkapp: Command, tmp_path: Path) -> None:
    walkapp.must("init", "--district", "Oak County")
    file = tmp_path / "schools.csv"
    file.write_text(SCHOOLS + "0200\n")
    said = walkapp("import-people", str(file), "--yes")
    assert said.code == 1 and "line 4" in said.text
    assert all_of(School.code) == []


def test_rubrics_check_finds_the_installed_ones_right(walkapp: Command) -> None:
    assert "files are right" in walkapp.must("rubrics", "check")


def test_rubrics_check_names_file_and_line(walkapp: Command, tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("id: broken\nversion: one\n")
    said = walkapp("rubrics", "check", str(file))
    assert said.code == 1 and "broken.yaml:" in said.text


def test_the_demo_is_seeded_once(walkapp: Command) -> None:
    walkapp.must("init")
    first = walkapp.must("demo")
    rooms = all_of(Room.id)
    second = walkapp.must("demo")
    assert "coach@lakeview.example" in first and "there already" in second
    assert all_of(Room.id) == rooms and len(rooms) == 24


def test_upgrade_with_nothing_to_do_makes_no_backup(walkapp: Command, empty: Config) -> None:
    walkapp.must("init", "--district", "Oak County")
    assert "those of this version" in walkapp.must("upgrade")
    assert not (empty.home / "backups").exists()


@pytest.mark.parametrize("backed_up", [True, False])
def test_upgrade_backs_up_before_it_publishes_a_rubric(
    walkapp: Command, empty: Config, monkeypatch: pytest.MonkeyPatch, backed_up: bool
) -> None:
    with monkeypatch.context() as before:
        before.setattr("walkapp.organisation.spaces.load_library", dict)
        walkapp.must("init", "--district", "Oak County")
    said = walkapp.must("upgrade", *(["--backed-up"] if backed_up else []))
    assert "Published" in said
    assert len(list(empty.home.glob("backups/*"))) == (0 if backed_up else 1)
    assert "those of this version" in walkapp.must("upgrade")


def test_upgrade_refuses_a_database_from_the_future(walkapp: Command) -> None:
    walkapp.must("init")
    set_version("9999")
    for command in ("upgrade", "serve"):
        said = walkapp(command)
        assert said.code == 1 and "9999" in said.text


def set_version(version: str) -> None:
    engine = database.new_engine(Config.from_env().database)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")
    engine.dispose()


def test_serve_refuses_an_older_database_and_says_what_to_run(
    walkapp: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    walkapp.must("init")
    monkeypatch.setattr("walkapp.migrations.head", lambda: "newer")
    said = walkapp("serve")
    assert said.code == 1 and "`walkapp upgrade`" in said.text


def test_every_command_explains_itself(walkapp: Command) -> None:
    said = walkapp.must("--help")
    for name in (
        "init", "upgrade", "serve", "demo", "create-admin", "refound", "import-people", "rubrics",
        "backup", "restore", "doctor",
    ):  # fmt: skip
        assert name in said
        assert "--help" in walkapp.must(name, "--help")


def test_the_working_folder_is_left_clean(walkapp: Command, tmp_path: Path) -> None:
    before = set(Path.cwd().iterdir())
    walkapp.must("init")
    assert set(Path.cwd().iterdir()) == before
