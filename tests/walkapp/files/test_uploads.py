"""A file arrives in pieces, goes on after any break, and is kept whole or not at all."""

import threading
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from walkapp import database, files
from walkapp.config import Config
from walkapp.files import Sender, Shelf, limits, picture
from walkapp.files import shelf as shelves
from walkapp.models import File, Upload
from walkapp.problems import Problem

from . import pictures
from .sending import piece, send

NOW = 1_795_000_000_000
pytestmark = pytest.mark.usefixtures("on_both")


def count(model: type[File] | type[Upload]) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def on_disk(shelf: Shelf) -> list[str]:
    return [path.name for path in (*shelf.kept(), *shelf.leftovers(), *shelf.parts())]


def refused(config: Config, sender: Sender, chunk: files.Chunk) -> tuple[str, str | None]:
    with pytest.raises(Problem) as caught:
        files.take(config, sender, chunk, NOW)
    return caught.value.code, caught.value.headers.get("Upload-Offset")


def test_a_photo_in_pieces_is_kept_redrawn_and_answered_with_a_receipt(
    config: Config, okoye: Sender, shelf: Shelf
) -> None:
    data = pictures.large()
    receipt = send(config, okoye, data, NOW).receipt
    assert receipt is not None
    kept = shelf.read(receipt["kept"]["sha256"])
    assert kept is not None and sha256(kept).hexdigest() == receipt["kept"]["sha256"]
    assert (receipt["sha256"], receipt["bytes"]) == (pictures.name_of(data), len(data))
    assert (receipt["kept"]["bytes"], receipt["at"]) == (len(kept), NOW)
    assert (count(File), count(Upload)) == (1, 0)
    assert on_disk(shelf) == [receipt["kept"]["sha256"]]


def test_sending_twice_is_the_same_as_sending_once(config: Config, okoye: Sender) -> None:
    data = pictures.jpeg()
    first = send(config, okoye, data, NOW)
    empty = files.Chunk(pictures.name_of(data), len(data), len(data), b"")
    again = [
        files.take(config, okoye, chunk, NOW + 5)
        for chunk in (piece(data, 0), piece(data, 7), empty)
    ]
    assert again == [first] * 3
    assert files.progress(config, okoye, pictures.name_of(data)) == first


def test_an_upload_goes_on_where_it_stopped(config: Config, okoye: Sender) -> None:
    data = pictures.large()
    files.take(config, okoye, piece(data, 0), NOW)
    reached = files.progress(config, okoye, pictures.name_of(data))
    assert (reached.received, reached.length) == (256 * 1024, len(data))
    assert send(config, okoye, data).receipt


def test_a_piece_at_the_wrong_place_is_told_where_it_goes_on(config: Config, okoye: Sender) -> None:
    data = pictures.large()
    assert refused(config, okoye, piece(data, 256 * 1024)) == ("wrong-offset", "0")
    files.take(config, okoye, piece(data, 0), NOW)
    assert refused(config, okoye, piece(data, 0)) == ("wrong-offset", str(256 * 1024))
    assert refused(config, okoye, piece(data, 100)) == ("wrong-offset", str(256 * 1024))
    assert send(config, okoye, data).receipt


def test_another_length_begins_anew(config: Config, okoye: Sender) -> None:
    data = pictures.large()
    sha = pictures.name_of(data)
    wrong = files.Chunk(sha, 0, len(data) + 9, data[:1000])
    files.take(config, okoye, wrong, NOW)
    later = files.Chunk(sha, 1000, len(data), data[1000:2000])
    assert refused(config, okoye, later) == ("wrong-offset", "0")
    files.take(config, okoye, piece(data, 0), NOW)
    assert send(config, okoye, data).receipt


def test_an_empty_piece_says_how_long_the_file_will_be(config: Config, okoye: Sender) -> None:
    data = pictures.large()
    begun = files.take(config, okoye, piece(data, 0, 0), NOW)
    assert (begun.received, begun.length) == (0, len(data))


def test_bytes_that_are_not_those_of_the_name_are_dropped_and_may_begin_again(
    config: Config, okoye: Sender, shelf: Shelf
) -> None:
    data = pictures.large(400)
    files.take(config, okoye, piece(data, 0), NOW)
    broken = bytes(len(data) - 256 * 1024)
    wrong = files.Chunk(pictures.name_of(data), 256 * 1024, len(data), broken)
    assert refused(config, okoye, wrong) == ("file-damaged", "0")
    assert (count(Upload), count(File), on_disk(shelf)) == (0, 0, [])
    assert send(config, okoye, data).receipt


@pytest.mark.parametrize(
    "data",
    [pictures.SVG, pictures.HTML, pictures.HEIC, pictures.bomb(9000), pictures.jpeg()[:-300]],
)
def test_what_is_no_photo_leaves_nothing_behind(
    config: Config, okoye: Sender, shelf: Shelf, data: bytes
) -> None:
    assert refused(config, okoye, piece(data, 0, len(data)))[0] == "file-not-image"
    assert (count(Upload), count(File), on_disk(shelf)) == (0, 0, [])


def test_too_long_too_much_and_nothing_are_refused(config: Config, okoye: Sender) -> None:
    sha = pictures.name_of(b"")
    assert (
        refused(config, okoye, files.Chunk(sha, 0, limits.MOST_BYTES + 1, b"x"))[0] == "too-large"
    )
    assert refused(config, okoye, files.Chunk(sha, 0, 3, b"four"))[0] == "too-large"
    assert refused(config, okoye, files.Chunk(sha, 0, 0, b""))[0] == "file-not-image"


def test_an_account_can_leave_only_so_much_unfinished(
    config: Config, okoye: Sender, bell: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("walkapp.files.uploads.MOST_UNFINISHED_BYTES", 1000)
    begun = files.Chunk("a" * 64, 0, 700, b"x")
    files.take(config, okoye, begun, NOW)
    more = files.Chunk("b" * 64, 0, 301, b"x")
    assert refused(config, okoye, more)[0] == "too-much-unfinished"
    files.take(config, okoye, files.Chunk("a" * 64, 1, 700, b"x"), NOW)  # what began goes on
    files.take(config, bell, more, NOW)  # and is nobody else's trouble
    monkeypatch.setattr("walkapp.files.uploads.MOST_UNFINISHED", 1)
    assert refused(config, okoye, files.Chunk("c" * 64, 0, 2, b"x"))[0] == "too-much-unfinished"


def test_a_full_disk_is_said_before_anything_is_written(
    config: Config, okoye: Sender, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = pictures.jpeg()
    with monkeypatch.context() as full:
        full.setattr("walkapp.files.uploads.LEAST_FREE_BYTES", 10**18)
        assert refused(config, okoye, piece(data, 0))[0] == "disk-full"
        assert on_disk(shelf) == []
    assert send(config, okoye, data).receipt


def test_whoever_only_knows_a_hash_is_told_nothing_until_they_sent_the_bytes(
    config: Config, okoye: Sender, bell: Sender
) -> None:
    data = pictures.jpeg()
    hers = send(config, okoye, data, NOW)
    assert files.progress(config, bell, pictures.name_of(data)) == files.Progress()
    empty = files.Chunk(pictures.name_of(data), len(data), len(data), b"")
    assert refused(config, bell, empty) == ("wrong-offset", "0")
    assert send(config, bell, data, NOW + 9) == hers
    assert files.progress(config, bell, pictures.name_of(data)) == hers
    assert count(File) == 1


def test_the_same_photo_of_two_districts_is_two_files(
    config: Config, okoye: Sender, shelf: Shelf
) -> None:
    from tests.oak_hill import build

    with database.writing() as session:
        pine = build(session, "Pine County", "pine.example")
    theirs, data = Sender(pine.space, pine.okoye.account), pictures.jpeg()
    send(config, okoye, data)
    assert files.progress(config, theirs, pictures.name_of(data)) == files.Progress()
    send(config, theirs, data)
    assert count(File) == 2
    assert len([*shelf.kept(), *Shelf.of(config, pine.space).kept()]) == 2


def test_a_row_whose_bytes_were_lost_asks_for_them_again(
    config: Config, okoye: Sender, shelf: Shelf
) -> None:
    data = pictures.jpeg()
    first = send(config, okoye, data, NOW).receipt
    assert first is not None
    shelf.path(first["kept"]["sha256"]).unlink()
    assert files.progress(config, okoye, first["sha256"]) == files.Progress()
    assert send(config, okoye, data, NOW + 9).receipt == first
    assert shelf.read(first["kept"]["sha256"]) is not None


def test_pieces_that_were_lost_are_asked_for_again(
    config: Config, okoye: Sender, shelf: Shelf
) -> None:
    data = pictures.large()
    files.take(config, okoye, piece(data, 0), NOW)
    path = shelf.part(pictures.name_of(data), okoye.account)
    path.write_bytes(path.read_bytes()[:1000])
    assert files.progress(config, okoye, pictures.name_of(data)).received == 1000
    path.unlink()
    assert files.progress(config, okoye, pictures.name_of(data)).received == 0
    assert send(config, okoye, data).receipt


def test_a_copy_brought_by_hand_gets_the_same_receipt_as_one_that_was_sent(
    config: Config, okoye: Sender
) -> None:
    data = pictures.talkative()
    by_hand = files.keep_whole(config, okoye, data, NOW)
    assert send(config, okoye, data, NOW + 9).receipt == by_hand


def test_everything_is_for_the_servers_user_alone(
    config: Config, okoye: Sender, shelf: Shelf
) -> None:
    send(config, okoye, pictures.jpeg())
    files.take(config, okoye, piece(pictures.large(), 0), NOW)
    everything = [files.folder_of(config), *files.folder_of(config).rglob("*")]
    assert len(everything) > 6
    assert [path for path in everything if path.stat().st_mode & 0o077] == []


def test_many_at_once_make_one_file_and_lose_no_byte(config: Config, okoye: Sender) -> None:
    """Tablets repeat what they heard no answer to, while the first request is still at work."""
    data, receipts, troubles = pictures.large(), [], []
    gate = threading.Barrier(6)

    def tablet() -> None:
        with database.opened(config):
            gate.wait()
            while True:
                try:
                    receipts.append(send(config, okoye, data).receipt)
                    return
                except Problem as problem:
                    if problem.code not in ("busy", "wrong-offset"):
                        troubles.append(problem.code)
                        return

    threads = [threading.Thread(target=tablet) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert len(receipts) == 6 and all(each == receipts[0] for each in receipts)
    assert (count(File), count(Upload)) == (1, 0)


def test_while_others_are_drawn_a_tablet_hears_busy_and_loses_nothing(
    config: Config, okoye: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = pictures.large(400)
    files.take(config, okoye, piece(data, 0), NOW)
    monkeypatch.setattr(picture, "WAIT_FOR_DRAWING_SECONDS", 0.01)
    with picture._one_at_a_time():
        last = piece(data, 256 * 1024)
        assert refused(config, okoye, last) == ("busy", None)
    assert files.progress(config, okoye, pictures.name_of(data)).received == 256 * 1024
    assert files.take(config, okoye, last, NOW).receipt


def test_no_name_that_is_not_a_hash_becomes_a_path() -> None:
    for name in ("../../secret", "a" * 63, "A" * 64, "a" * 64 + "\n", "", "a" * 62 + "/."):
        assert not shelves.is_hash(name)
