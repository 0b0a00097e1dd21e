"""The drill: back up, lose everything, restore, and compare every table and every photo."""

import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import delete, inspect, select

from tests.command import Command
from tests.house.places import HOUSE
from tests.oak_hill import OakHill
from tests.walkapp.files import pictures
from tests.walkapp.files.sending import piece, send
from walkapp import archive, database, doctor, files, migrations
from walkapp.backup import backup
from walkapp.backup_trouble import BackupError
from walkapp.cli.setting import version_of
from walkapp.clock import now_ms
from walkapp.config import Config
from walkapp.files import Sender, Shelf, folder_of
from walkapp.models import Base, File, Space, Upload
from walkapp.restoring import check, restore

NOW = 1_795_000_000_000


@pytest.fixture
def oak(on_both: str, config: Config, oak_hill: OakHill) -> Config:
    """A district with people, three photos, and a fourth on its way."""
    with database.opened(config):
        for number in range(3):
            send(config, okoye(oak_hill), pictures.jpeg(200 + number, 100))
        files.take(config, okoye(oak_hill), piece(pictures.large(), 0), now_ms())
    return config


def okoye(oak_hill: OakHill) -> Sender:
    return Sender(oak_hill.space, oak_hill.okoye.account)


def tables(config: Config) -> dict[str, str]:
    """A digest of every row of every table there is."""
    with database.opened(config), database.reading() as session:
        found = {}
        for table in Base.metadata.sorted_tables:
            rows = sorted(repr(tuple(row)) for row in session.execute(select(table)))
            found[table.name] = sha256("\n".join(rows).encode()).hexdigest()
        return found


def photos(config: Config) -> dict[str, str]:
    """A digest of every whole photo, by its place."""
    folder = folder_of(config)
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for space in folder.iterdir() if space.is_dir()
        for path in Shelf(space).kept()
    }  # fmt: skip


def lose_everything(config: Config) -> None:
    if config.is_sqlite:
        shutil.rmtree(config.home)
        return
    shutil.rmtree(config.home)
    engine = database.new_engine(config.database)
    with engine.begin() as connection:
        for name in inspect(connection).get_table_names():
            connection.exec_driver_sql(f'DROP TABLE "{name}" CASCADE')
    engine.dispose()


@pytest.fixture
def away(tmp_path: Path) -> Path:
    """A disk that survives the fire."""
    folder = tmp_path / "away"
    folder.mkdir()
    return folder


def test_after_a_backup_a_fire_and_a_restore_every_table_and_photo_is_the_same(
    oak: Config, away: Path
) -> None:
    before = tables(oak), photos(oak)
    assert len(before[1]) == 3 and len(before[0]) > 15
    made = backup(oak, away / "monday.tar")
    lose_everything(oak)
    done = restore(oak, made)
    assert (tables(oak), photos(oak)) == before
    assert (done.database, done.files, done.contents.files) == (None, None, 3)
    assert "lost" not in " ".join(one.what for one in doctor.examine(oak, {}))


def test_a_backup_made_during_writes_is_one_moment_and_lacks_no_file(
    oak: Config, oak_hill: OakHill, away: Path
) -> None:
    stop, begun = threading.Event(), threading.Event()
    writer = threading.Thread(target=keep_writing, args=(oak, okoye(oak_hill), stop, begun))
    writer.start()
    begun.wait()
    try:
        made = [backup(oak, away / f"{number}.tar") for number in range(3)]
    finally:
        stop.set()
        writer.join()
    for each in made:
        lose_everything(oak)
        restore(oak, each)
        numbers, sent = what_is_there(oak)
        assert numbers == list(range(len(numbers))) and len(numbers) > 0
        assert {kept for _, kept in sent} == {Path(place).name for place in photos(oak)}
        assert len(sent) - 3 in (len(numbers), len(numbers) + 1)


def keep_writing(
    config: Config, sender: Sender, stop: threading.Event, begun: threading.Event
) -> None:
    """A photo, then a row, in turn: 0, 1, 2 …"""
    with database.opened(config):
        number = 0
        while not stop.is_set():
            send(config, sender, pictures.jpeg(300 + number, 100))
            with database.writing() as session:
                name = f"space {number:04}"
                session.add(Space(id=name, kind="district", name=name, created_at=1))
            begun.set()
            number += 1


def what_is_there(config: Config) -> tuple[list[int], list[tuple[str, str]]]:
    with database.opened(config), database.reading() as session:
        names = session.scalars(select(Space.name).where(Space.name.like("space %")))
        kept = [(row.sha256, row.kept) for row in session.scalars(select(File))]
        return sorted(int(name.split()[1]) for name in names), kept


def test_what_was_lost_before_is_told_and_stops_no_backup(
    oak: Config, oak_hill: OakHill, away: Path
) -> None:
    whole = sorted(photos(oak))
    (folder_of(oak) / whole[0]).unlink()
    (folder_of(oak) / whole[1]).write_bytes(b"x" * (folder_of(oak) / whole[1]).stat().st_size)
    made = backup(oak, away / "monday.tar")
    assert (check(made).files, check(made).missing) == (1, 2)
    lose_everything(oak)
    restore(oak, made)
    assert list(photos(oak)) == whole[2:]


def test_a_restore_puts_the_photos_that_were_there_aside(oak: Config, oak_hill: OakHill) -> None:
    made = backup(oak)
    with database.opened(oak):
        send(oak, okoye(oak_hill), pictures.jpeg(500, 100))
    later = photos(oak)
    done = restore(oak, made)
    assert len(photos(oak)) == 3
    assert done.files is not None
    kept = done.files / oak_hill.space
    assert len(list(Shelf(kept).kept())) == len(later) == 4


def test_a_tablet_sends_again_what_the_backup_did_not_know(oak: Config, oak_hill: OakHill) -> None:
    made, newer = backup(oak), pictures.jpeg(500, 100)
    with database.opened(oak):
        send(oak, okoye(oak_hill), newer)
    restore(oak, made)
    with database.opened(oak):
        for data in (newer, pictures.large()):
            asked = files.progress(oak, okoye(oak_hill), pictures.name_of(data))
            assert (asked.received, asked.receipt) == (0, None)
            assert send(oak, okoye(oak_hill), data).receipt


def test_a_copy_of_the_database_alone_still_restores_and_leaves_the_photos(
    oak: Config, oak_hill: OakHill, away: Path
) -> None:
    archive.read(backup(oak), away / "unpacked")
    plain = next((away / "unpacked").glob("database.*"))
    before = photos(oak)
    with database.opened(oak), database.writing() as session:
        session.execute(delete(Upload))
    done = restore(oak, plain)
    assert (done.contents.files, done.files) == (None, None)
    assert photos(oak) == before
    with database.opened(oak), database.reading() as session:
        assert len(list(session.scalars(select(Upload)))) == 1


@pytest.mark.usefixtures("on_both")
def test_a_server_from_before_there_were_photos_is_backed_up_upgraded_and_restored(
    walkapp: Command, empty: Config
) -> None:
    empty.home.mkdir(mode=0o700)
    migrations.upgrade(empty.database, "0001")
    walkapp.must("init")
    assert "went from version 0001" in walkapp.must("upgrade")
    (made,) = (empty.home / "backups").iterdir()
    assert check(made).files == 0
    walkapp.must("restore", str(made), "--yes")
    assert version_of(empty) == "0001"
    walkapp.must("upgrade")


@pytest.fixture
def made(config: Config, oak_hill: OakHill, away: Path) -> Path:
    with database.opened(config):
        send(config, okoye(oak_hill), pictures.jpeg())
    return backup(config, away / "monday.tar")


def home(config: Config) -> dict[str, bytes]:
    return {
        str(path.relative_to(config.home)): path.read_bytes()
        for path in sorted(config.home.rglob("*")) if path.is_file()
    }  # fmt: skip


def refused(config: Config, source: Path) -> str:
    """It was refused, by both commands, and nothing in the home is another than before."""
    before = home(config)
    with pytest.raises(BackupError) as caught:
        restore(config, source)
    assert home(config) == before
    with pytest.raises(BackupError):
        check(source)
    return str(caught.value)


def test_a_backup_cut_at_any_length_is_refused_with_nothing_touched(
    config: Config, made: Path
) -> None:
    whole = made.read_bytes()
    cuts = {0, 1, 511, 512, 1024, len(whole) - 1, len(whole) - 512, len(whole) - 10240}
    cuts |= {len(whole) * tenth // 10 for tenth in range(1, 10)}
    for length in sorted(cuts):
        made.write_bytes(whole[:length])
        refused(config, made)


def test_a_backup_in_which_anything_was_altered_is_refused(config: Config, made: Path) -> None:
    whole = made.read_bytes()
    manifest_at = 512 + 40
    photo = next(Shelf.of(config, next(folder_of(config).glob("*-*")).name).kept())
    photo_at = whole.index(photo.read_bytes()) + 100
    database_at = whole.index(b"SQLite format 3\0") + 5000
    for place in (manifest_at, photo_at, database_at, 100, len(whole) - 3):
        changed = bytearray(whole)
        changed[place] ^= 1
        made.write_bytes(changed)
        refused(config, made)


def test_a_backup_with_something_added_or_taken_out_is_refused(
    config: Config, made: Path, away: Path
) -> None:
    unpacked = away / "unpacked"
    said = archive.read(made, unpacked)
    members = [(one, unpacked / one.name) for one in archive.members_of(said)]
    plain = {name: said[name] for name in ("made_at", "database", "schema", "missing")}
    stranger = away / "stranger"
    stranger.write_bytes(b"x")
    added = [*members, (archive.member("../../stranger", stranger), stranger)]
    archive.write(away / "added.tar", plain, added)
    assert "names what no backup holds" in refused(config, away / "added.tar")
    archive.write(away / "less.tar", plain, members[:1])
    assert "lacks files" in refused(config, away / "less.tar")
    archive.write(away / "twice.tar", plain, [*members, members[-1]])
    refused(config, away / "twice.tar")
    archive.write(away / "empty.tar", plain, [])
    assert "holds no database" in refused(config, away / "empty.tar")
    assert not (away.parent / "stranger").exists()


@pytest.mark.parametrize("changed", [{"version": 2}, {"schema": "9999"}, {"database": "oracle"}])
def test_a_backup_of_another_version_is_refused(
    config: Config, made: Path, away: Path, changed: dict[str, object]
) -> None:
    unpacked = away / "unpacked"
    said = archive.read(made, unpacked) | changed
    members = [(one, unpacked / one.name) for one in archive.members_of(said)]
    plain = {name: value for name, value in said.items() if name not in ("members", "digest")}
    archive.write(away / "other.tar", plain, members)
    assert "version" in refused(config, away / "other.tar")


def test_another_programs_tar_and_any_other_file_are_refused(config: Config, away: Path) -> None:
    shutil.make_archive(str(away / "other"), "tar", away)
    (away / "letter.tar").write_text("Dear principal, " * 1000)
    assert "not a backup of walkapp" in refused(config, away / "other.tar")
    assert "not a whole backup" in refused(config, away / "letter.tar")


def test_a_backup_of_the_other_kind_of_database_is_refused(config: Config, made: Path) -> None:
    other = replace(config, database="postgresql+psycopg://nobody@127.0.0.1:1/none")
    with pytest.raises(BackupError, match="WALK_DATABASE"):
        restore(other, made)


@pytest.fixture
def running(config: Config) -> Iterator[None]:
    with database.opened(config), database.reading() as session:
        session.scalar(select(Space.id))
        yield


def test_a_restore_that_fails_half_way_takes_its_steps_back(
    config: Config, made: Path, running: None
) -> None:
    before = photos(config)
    with pytest.raises(BackupError, match="stop the server"):
        restore(config, made)
    assert photos(config) == before
    assert sorted(path.name for path in config.home.glob("*replaced*")) == []


DIE = """
import os, signal, sys
from pathlib import Path
from tests.walkapp.files.killing import die_before
from walkapp.backup import backup
from walkapp.config import Config
from walkapp.restoring import restore
home, file, what, step = sys.argv[1:]
work = {"backup": backup, "restore": restore}[what]
die_before(int(step), {"rename", "replace", "fsync", "sync", "unlink"})
work(Config(home=Path(home)), Path(file))
"""


def dies(config: Config, file: Path, what: str, step: int) -> bool:
    """Was it killed before this step, or did it end without coming so far?"""
    words = [sys.executable, "-c", DIE, str(config.home), str(file), what, str(step)]
    code = subprocess.run(words, cwd=HOUSE, check=False).returncode
    assert code in (0, -signal.SIGKILL)
    return code != 0


def test_a_backup_that_is_killed_at_any_step_leaves_a_whole_file_or_none(
    config: Config, made: Path, away: Path
) -> None:
    step = 1
    while dies(config, away / f"{step}.tar", "backup", step):
        assert not (away / f"{step}.tar").exists() or check(away / f"{step}.tar").files == 1
        step += 1
    assert step > 3 and check(away / f"{step}.tar").files == 1


def test_a_restore_that_is_killed_at_any_step_mixes_nothing_and_can_be_done_again(
    config: Config, made: Path, oak_hill: OakHill
) -> None:
    old = tables(config), photos(config)
    with database.opened(config):
        send(config, okoye(oak_hill), pictures.jpeg(500, 100))
    new, step = (tables(config), photos(config)), 1
    while dies(config, made, "restore", step):
        if config.sqlite_file is not None and config.sqlite_file.is_file():
            assert (tables(config), photos(config)) in (old, new)
        else:
            assert version_of(config) is None  # no command and no server begins like this
        restore(config, made)
        assert (tables(config), photos(config)) == old
        with database.opened(config):
            send(config, okoye(oak_hill), pictures.jpeg(500, 100), NOW)
        new, step = (tables(config), photos(config)), step + 1
    assert step > 5


def test_photos_come_back_when_the_database_cannot_change_places(
    config: Config, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live, before = config.sqlite_file, photos(config)
    rename = Path.rename

    def refuse_the_last(path: Path, target: Path) -> Path:
        if target == live and "replaced" not in path.name:
            raise PermissionError(13, "Permission denied", str(path))
        return rename(path, target)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", refuse_the_last)
        with pytest.raises(PermissionError):
            restore(config, made)
    assert photos(config) == before
    assert sorted(path.name for path in config.home.glob("*replaced*")) == []
    assert tables(config)["space"]


def test_on_the_command_line(walkapp: Command, empty: Config, tmp_path: Path) -> None:
    walkapp.must("init", "--district", "Oak County")
    file = tmp_path / "monday.tar"
    assert "0 photos" in walkapp.must("backup", str(file))
    assert "is whole: the database and 0 photos" in walkapp.must("restore", "--check", str(file))
    file.write_bytes(file.read_bytes()[:-5000])
    said = walkapp("restore", "--check", str(file))
    assert said.code == 1 and said.text.startswith("Error: ")


def test_a_backup_can_be_read_without_walkapp(made: Path, away: Path) -> None:
    """By hand, with `tar` and `sha256sum`, in twenty years."""
    import json
    import tarfile

    with tarfile.open(made) as tar:
        assert tar.getnames()[0] == "manifest.json"
        listed = json.load(tar.extractfile("manifest.json"))["members"]  # type: ignore[arg-type]
        assert tar.getnames()[1:] == [each["name"] for each in listed]
        for each in listed:
            data = tar.extractfile(each["name"]).read()  # type: ignore[union-attr]
            assert (len(data), sha256(data).hexdigest()) == (each["size"], each["sha256"])
