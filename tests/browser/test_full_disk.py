"""No room left: what is only on the screen is never called saved, and nothing is lost."""

import random
import string
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page, expect

from . import axe, seen
from .browsers import Browser
from .kept import records, wait_for
from .people import MR_ORTEGA
from .server import Server
from .tablet import Tablet

FULL = "This tablet's storage is full. Your text is still here."
DISK = "120m"
# Takes the room from another database of the same origin.
FILL = """async () => {
  const db = await new Promise((done, failed) => {
    const asked = indexedDB.open('filler', 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore('bytes')
    asked.onsuccess = () => done(asked.result)
    asked.onerror = failed
  })
  for (let size = 4_000_000, n = 0; size > 500; n += 1) {
    const bytes = new Uint8Array(size)
    for (let at = 0; at < size; at += 65_536)
      crypto.getRandomValues(bytes.subarray(at, Math.min(size, at + 65_536)))
    const isKept = await new Promise((done) => {
      const t = db.transaction('bytes', 'readwrite', { durability: 'strict' })
      t.objectStore('bytes').put(bytes, n)
      t.oncomplete = () => done(true)
      t.onabort = () => done(false)
    })
    if (!isKept) size = Math.floor(size / 2)
  }
  db.close()
}"""
EMPTY = """() => new Promise((done) => {
  const asked = indexedDB.deleteDatabase('filler')
  asked.onsuccess = asked.onerror = () => done(0)
})"""
NOTE = "".join(random.Random(10).choices(string.ascii_letters + " ", k=30_000)).strip()
# The browser asks for its quota only when much is written at once that cannot be packed small.
LONG = "".join(random.Random(9).choices(string.ascii_letters, k=1_000_000))
LITTLE = (
    """navigator.storage.estimate = async () => ({ quota: 9_000_000_000, usage: 8_980_000_000 })"""
)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that is full soon; mounting one is for root alone."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(place)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here, so no small disk can be made")
    if done.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def quota(cdp: CDPSession, origin: str, size: int | None) -> None:
    given = {"origin": origin} | ({} if size is None else {"quotaSize": size})
    cdp.send("Storage.overrideQuotaForOrigin", given)
    assert cdp.send("Storage.getUsageAndQuota", {"origin": origin})["overrideActive"] == bool(size)


def type_a_note(page: Page, words: str) -> None:
    page.get_by_role("form", name="Write a note").get_by_role("textbox", name="Note").fill(words)


def expect_full(tablet: Tablet) -> None:
    """Told in red, with the words still in the field and nowhere a word of "saved"."""
    page = tablet.page
    bar = page.locator("storage-notices").get_by_role("alert")
    expect(bar).to_contain_text(FULL, timeout=20_000)
    expect(bar.get_by_role("button", name="Save a copy")).to_be_visible()
    expect(bar.get_by_role("button", name="Free space")).to_be_visible()
    expect(tablet.status).not_to_contain_text("aved on this tablet")
    expect(tablet.status).not_to_contain_text("n the server")


def test_text_that_does_not_fit_is_never_called_saved_and_is_kept_once_there_is_room(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    tablet.start_visit("Room 9", seen.RUBRIC)
    tablet.note("Saw", "Before the storage was full")
    tablet.wait_until_sent()

    cdp = page.context.new_cdp_session(page)
    quota(cdp, server.url, 3_000_000)
    page.evaluate(FILL)
    type_a_note(page, LONG)
    expect_full(tablet)
    box = page.get_by_role("form", name="Write a note").get_by_role("textbox", name="Note")
    assert box.input_value() == LONG
    assert not axe.faults(tablet.browser)

    page.evaluate(EMPTY)
    quota(cdp, server.url, None)
    page.locator("storage-notices").get_by_role("button", name="Try again").click()
    expect(page.locator("storage-notices").get_by_role("alert")).to_have_count(0)
    tablet.wait_until_saved()
    page.get_by_role("button", name="Add note").click()
    tablet.reload()
    assert [words for _, words in tablet.notes_shown()] == ["Before the storage was full", LONG]


def test_a_really_full_disk_leaves_the_app_readable_and_refuses_a_photo_before_it_is_taken(
    server: Server, small_disk: Path, tablet_of: Callable[..., Browser], tmp_path: Path
) -> None:
    (tmp_path / "profile-ortega").symlink_to(small_disk)
    tablet = Tablet(tablet_of("ortega"), server.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    observation = tablet.start_visit("Room 9", seen.RUBRIC)
    tablet.note("Saw", "Before the disk was full")
    tablet.wait_until_sent()
    page.evaluate(FILL)
    assert page.evaluate("document.querySelector('walk-app').app.store.hasRoom()") is False

    type_a_note(page, NOTE)
    expect_full(tablet)
    tablet.turn_to("Indicators")
    expect(page.locator("a.indicator-row").first).to_be_visible()
    tablet.turn_to("Notes")

    page.evaluate(EMPTY)
    page.locator("storage-notices").get_by_role("button", name="Try again").click()
    expect(page.locator("storage-notices").get_by_role("alert")).to_have_count(0, timeout=20_000)
    assert page.evaluate("document.querySelector('walk-app').app.store.hasRoom()") is True
    wait_for(lambda: NOTE.strip() in [words.strip() for words in notes_of(server, observation)])


def test_little_room_is_told_before_it_is_gone(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.page.add_init_script(LITTLE)
    tablet.reload()
    expect(tablet.page.get_by_text("little room left")).to_be_visible()


def notes_of(server: Server, observation: str) -> list[str]:
    found = [one for one in records(server, "observation") if one["id"] == observation]
    return [line["text"] for one in found for line in one["evidence"].values()]
