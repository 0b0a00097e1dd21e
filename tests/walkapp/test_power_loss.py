"""What was answered is on the disk: whatever a kill or a power cut leaves of it."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.oak_hill import PASSWORD, OakHill
from walkapp import database
from walkapp.config import Config

from .power_loss import CALLS, Call, Disk, calls_in

ROOT = Path(__file__).parents[2]
WRITER = Path(__file__).with_name("power_loss_writer.py")
DATABASE = "walkapp.sqlite3"
DISKS_A_CALL = 12 if os.environ.get("TEST_ALL") else 3
SEED = 1


@pytest.fixture
def pushes(config: Config, oak_hill: OakHill) -> tuple[Config, OakHill]:
    return config, oak_hill


def record(config: Config, oak_hill: OakHill, sync: str) -> tuple[Disk, list[Call]]:
    """The disk as it was before, and everything the server asked of it."""
    strace = shutil.which("strace")
    assert strace, "tests/system-packages installs strace"
    file, trace = config.home / DATABASE, config.home / "trace"
    before = {DATABASE: file.read_bytes()}
    paths = [file, file.with_name(f"{DATABASE}-wal"), config.home / "answered", config.home]
    okoye = oak_hill.okoye
    subprocess.run(
        [
            strace, "-f", "-y", "-xx", "-s", "1000000", "-e", f"trace={CALLS}",
            *(word for path in paths for word in ("-P", str(path))), "-o", str(trace),
            sys.executable, str(WRITER), str(config.home), okoye.email, PASSWORD, oak_hill.space,
            okoye.person, oak_hill.oak_hill, sync,
        ],
        check=True, cwd=ROOT, timeout=120, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return Disk(before), list(calls_in(trace.read_text(), config.home))


def moments(disk: Disk, calls: list[Call]) -> Iterator[set[str]]:
    """The cids answered so far, before each thing that was asked of the disk."""
    answered: set[str] = set()
    for call in calls:
        yield answered
        if call.file == "answered":
            answered = answered | set(call.data.decode().split())
        elif call.file.startswith(DATABASE) or call.name.endswith("sync"):
            disk.ask(call)
    yield answered


def faults_of(files: dict[str, bytes], answered: set[str], folder: Path) -> str | None:
    """What is wrong with what is left: damage, or something answered that is not there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    module = database.sqlite_module()
    with closing(module.connect(folder / DATABASE)) as opened:
        [[health]] = opened.execute("PRAGMA integrity_check").fetchall()
        if health != "ok":
            return str(health)
        there = {cid for (cid,) in opened.execute("SELECT cid FROM change WHERE verdict = 'ok'")}
        seqs = opened.execute(
            "SELECT (SELECT max(seq) FROM record), (SELECT max(seq) FROM feed)"
        ).fetchone()
    lost = answered - there
    if lost:
        return f"{len(lost)} of {len(answered)} answered changes lost"
    return None if seqs[0] == seqs[1] else f"half a batch: {seqs}"


def all_faults(disk: Disk, calls: list[Call], folder: Path, disks: int) -> list[str]:
    chance = random.Random(SEED)
    found = []
    for answered in moments(disk, calls):
        left = [disk.as_killed(), *(disk.after_power_loss(chance) for _ in range(disks))]
        found += [fault for files in left if (fault := faults_of(files, answered, folder))]
    return found


def test_what_was_answered_survives_a_power_cut_at_every_moment(
    pushes: tuple[Config, OakHill], tmp_path: Path
) -> None:
    disk, calls = record(*pushes, "FULL")
    assert len([call for call in calls if call.file == "answered"]) == 10
    assert [call for call in calls if call.name == "pwrite64" and call.file == DATABASE]
    assert all_faults(disk, calls, tmp_path / "after", DISKS_A_CALL) == []


def test_the_model_finds_the_loss_where_the_disk_is_not_synced(
    pushes: tuple[Config, OakHill], tmp_path: Path
) -> None:
    disk, calls = record(*pushes, "NORMAL")
    assert any("answered changes lost" in one for one in all_faults(disk, calls, tmp_path / "x", 3))
