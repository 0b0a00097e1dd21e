"""What nobody will finish is forgotten, by its age; what is whole or under way stays."""

import os
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from walkapp import database, files
from walkapp.clock import now_ms
from walkapp.config import Config
from walkapp.files import Sender, Shelf, sweeping
from walkapp.files.limits import DAY_MS, HOUR_MS
from walkapp.files.shelf import touch
from walkapp.models import File, Upload

from . import pictures
from .sending import piece, send


def made(path: Path, at: int, data: bytes = b"left behind") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, ns=(at * 1_000_000, at * 1_000_000))
    return path


def unfinished() -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Upload.sha256)))


def test_an_upload_that_stopped_thirty_days_ago_is_forgotten(
    config: Config, okoye: Sender, shelf: Shelf
) -> None:
    now, data = now_ms(), pictures.large()
    files.take(config, okoye, piece(data, 0), now)
    sweeping.sweep(config, now + 30 * DAY_MS)
    assert files.progress(config, okoye, pictures.name_of(data)).received > 0
    sweeping.sweep(config, now + 30 * DAY_MS + 1)
    assert files.progress(config, okoye, pictures.name_of(data)) == files.Progress()
    assert list(shelf.parts()) == []
    assert send(config, okoye, data).receipt


def test_what_is_whole_stays_and_so_does_who_has_sent_it(
    config: Config, okoye: Sender, bell: Sender
) -> None:
    receipts = [send(config, sender, pictures.jpeg()).receipt for sender in (okoye, bell)]
    sweeping.sweep(config, now_ms() + 400 * DAY_MS)
    sha = pictures.name_of(pictures.jpeg())
    assert [files.progress(config, each, sha).receipt for each in (okoye, bell)] == receipts


def test_what_a_killed_process_left_goes_after_a_day(
    config: Config, okoye: Sender, shelf: Shelf
) -> None:
    now = now_ms()
    old, young = now - DAY_MS - 1000, now - DAY_MS + 60_000
    ways = (
        lambda name: shelf.path(name * 64).with_name(f".{name * 64}.1.1.part"),
        lambda name: shelf.part(name * 64, okoye.account),
    )
    gone = [made(way("a"), old) for way in ways]
    stays = [made(way("b"), young) for way in ways]
    sweeping.sweep(config, now)
    assert [path.exists() for path in gone] == [False] * 2
    assert [path.exists() for path in stays] == [True] * 2


def test_a_whole_photo_without_a_row_waits_apart_for_thirty_days(
    config: Config, okoye: Sender, shelf: Shelf
) -> None:
    """An older database may have been put back: what it does not know of may still be wanted."""
    now, data = now_ms(), pictures.jpeg()
    receipt = send(config, okoye, data, now).receipt
    assert receipt is not None
    with database.writing() as session:
        session.execute(delete(File))
    touch(shelf.path(receipt["kept"]["sha256"]), now - 400 * DAY_MS)
    sweeping.sweep(config, now)
    assert [path.name for path in shelf.apart()] == [receipt["kept"]["sha256"]]
    sweeping.sweep(config, now + 30 * DAY_MS)
    assert len(shelf.apart()) == 1
    sweeping.sweep(config, now + 30 * DAY_MS + 1)
    assert shelf.apart() == []


def test_nothing_goes_while_somebody_is_putting_a_file_here(
    config: Config, okoye: Sender, shelf: Shelf
) -> None:
    orphan = made(shelf.path("a" * 64), 1000)
    with shelf.steady():
        sweeping.sweep(config, now_ms())
        assert orphan.exists()
    sweeping.sweep(config, now_ms())
    assert not orphan.exists()


def test_it_is_swept_at_most_once_an_hour(config: Config, okoye: Sender, shelf: Shelf) -> None:
    now = now_ms()
    files.sweep_if_due(config, now)
    orphan = made(shelf.path("a" * 64), 1000)
    files.sweep_if_due(config, now + HOUR_MS - 1)
    assert orphan.exists()
    files.sweep_if_due(config, now + HOUR_MS)
    assert not orphan.exists()


@pytest.mark.usefixtures("on_both")
def test_on_each_database(config: Config, okoye: Sender) -> None:
    files.take(config, okoye, piece(pictures.large(), 0), now_ms())
    files.sweep_if_due(config, now_ms() + 31 * DAY_MS)
    assert unfinished() == []
