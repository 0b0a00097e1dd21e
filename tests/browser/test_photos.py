"""A photo from the camera to the principal's desk: bare, whole, after the words, and never lost."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from . import seen
from .browsers import Browser
from .cameras import camera_picture, opened, tells
from .desk import Desk
from .kept import records, wait_for
from .link import Link
from .people import DR_ABARA, MR_ORTEGA
from .server import Server
from .tablet import SENT_WITHIN_MS, Tablet

ROOM = "Room 12"
LONGEST_SIDE = 1600
MOST_BYTES = 800_000
POSTER = "A poster that compares two sources"

# What lies in the tablet's own database, put together again.
BYTES_KEPT = """async (account) => {
  const open = indexedDB.open(`walkapp:${account}`)
  await new Promise((done) => (open.onsuccess = done))
  const all = open.result.transaction('chunks').objectStore('chunks').getAll()
  await new Promise((done) => (all.onsuccess = done))
  open.result.close()
  const bytes = all.result.flatMap(({ box }) => [...new Uint8Array(box)])
  return btoa(bytes.map((byte) => String.fromCharCode(byte)).join(''))
}"""
ACCOUNT = "() => localStorage.getItem('walkapp:account')"
SPOIL = """async (account) => {
  const open = indexedDB.open(`walkapp:${account}`)
  await new Promise((done) => (open.onsuccess = done))
  const chunks = open.result.transaction('chunks', 'readwrite').objectStore('chunks')
  const all = chunks.getAll()
  await new Promise((done) => (all.onsuccess = done))
  for (const chunk of all.result) {
    new Uint8Array(chunk.box).fill(7)
    await new Promise((done) => (chunks.put(chunk).onsuccess = done))
  }
  open.result.close()
  return all.result.length
}"""


class Photographer(Tablet):
    """Somebody who takes photos of work."""

    def pick(self, data: bytes, name: str = "IMG_0042.JPG") -> None:
        file = {"name": name, "mimeType": "image/jpeg", "buffer": data}
        self.page.get_by_label("Choose a photo").set_input_files([file])  # type: ignore[list-item]

    def take(self, data: bytes, shows: str = "") -> None:
        """Pick it, look at it, say that nobody can be recognised."""
        before = self.photos.count()
        self.pick(data)
        self.page.get_by_label("What does it show?").fill(shows)
        self.page.get_by_role("button", name="No student’s face can be recognised").click()
        expect(self.photos).to_have_count(before + 1)

    @property
    def photos(self) -> Locator:
        return self.page.locator("photo-view .photo-open img")

    @property
    def account(self) -> Any:
        return self.page.evaluate(ACCOUNT)

    def bytes_kept(self) -> bytes:
        return base64.b64decode(self.page.evaluate(BYTES_KEPT, self.account))


@pytest.fixture
def ortega(link: Link, tablet_of: Callable[..., Browser]) -> Photographer:
    tablet = Photographer(tablet_of("ortega"), link.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    return tablet


def files_of(server: Server) -> list[bytes]:
    """Every file on the server's shelf."""
    shelf = server.home / "files"
    return [path.read_bytes() for path in sorted(shelf.rglob("*")) if path.is_file()]


def is_photo(data: bytes) -> bool:
    return data[:2] == b"\xff\xd8"


def test_a_photo_taken_without_network_reaches_the_principal_bare(
    server: Server, link: Link, tablet_of: Callable[..., Browser], engine: str
) -> None:
    tablet = Photographer(tablet_of("ortega", engine), link.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    # Killed right after signing in, a browser may forget who it was; over night it was closed.
    tablet.browser.close()
    tablet.browser.open()
    tablet.open_app()
    link.down()
    observation = tablet.start_visit(ROOM, seen.RUBRIC)
    tablet.take(camera_picture(), POSTER)
    kept = tablet.bytes_kept()
    assert tells(camera_picture()) == ["Exif", "its maker", "a comment"], "the camera does tell"
    assert tells(kept) == []
    picture = opened(kept)
    assert picture.size == (1067, LONGEST_SIDE), "it stands upright"
    assert len(kept) <= MOST_BYTES and picture.getpixel((500, 100))[0] > 200  # type: ignore[index]

    tablet.browser.kill_and_reopen()
    tablet.open_app(f"#/visit/{observation}")
    expect(tablet.photos).to_have_count(1)
    tablet.finish_and_give()
    link.up()
    tablet.open_app(f"#/visit/{observation}")
    tablet.wait_until_sent()
    sent = [data for data in files_of(server) if is_photo(data)]
    assert len(sent) == 1 and tells(sent[0]) == []
    body = next(one for one in records(server, "observation") if one["id"] == observation)
    assert [photo["alt"] for photo in body["photos"].values()] == [POSTER]

    desk = Desk(tablet_of("abara", engine), link.url)
    desk.sign_in(DR_ABARA)
    desk.open_desk()
    desk.read(observation)
    shown = desk.page.get_by_role("button", name=f"Look at it large: {POSTER}")
    shown.click(timeout=SENT_WITHIN_MS)
    expect(desk.page.get_by_role("img", name=POSTER)).to_be_visible()
    desk.page.get_by_role("button", name="Close").click()


def test_nothing_is_kept_before_somebody_said_that_nobody_can_be_recognised(
    ortega: Photographer,
) -> None:
    ortega.start_visit(ROOM, seen.RUBRIC)
    ortega.pick(camera_picture())
    expect(ortega.page.get_by_role("heading", name="Look at the photo")).to_be_focused()
    assert ortega.bytes_kept() == b""
    ortega.page.get_by_role("button", name="Do not keep it").click()
    expect(ortega.photos).to_have_count(0)
    assert ortega.bytes_kept() == b""


def test_what_is_no_photo_is_told_and_not_kept(ortega: Photographer) -> None:
    ortega.start_visit(ROOM, seen.RUBRIC)
    ortega.pick(b"GIF89a this is none")
    expect(ortega.page.get_by_role("alert")).to_contain_text("could not be opened as a photo")
    ortega.take(camera_picture())
    expect(ortega.page.get_by_role("alert")).to_have_count(0)


def test_a_photo_is_taken_away_and_back_and_only_what_stays_is_sent(
    ortega: Photographer, server: Server, link: Link
) -> None:
    link.down()
    observation = ortega.start_visit(ROOM, seen.RUBRIC)
    ortega.take(camera_picture("green"), "Green")
    ortega.take(camera_picture("yellow"), "Yellow")
    page = ortega.page
    page.get_by_role("button", name="Take away").first.click()
    expect(ortega.photos).to_have_count(1)
    page.get_by_role("button", name="Undo: photo taken away").click()
    expect(ortega.photos).to_have_count(2)
    page.get_by_role("button", name="Take away").last.click()
    expect(ortega.photos).to_have_count(1)
    ortega.wait_until_waiting()
    link.up()
    ortega.open_app(f"#/visit/{observation}")
    ortega.wait_until_sent()
    assert len([data for data in files_of(server) if is_photo(data)]) == 1


def test_a_cut_line_sends_no_photo_twice_and_calls_none_sent(
    ortega: Photographer, server: Server, link: Link
) -> None:
    ortega.start_visit(ROOM, seen.RUBRIC)
    ortega.wait_until_sent()
    link.lose_answers()
    ortega.take(camera_picture())
    wait_for(lambda: link.lost >= 2)
    ortega.wait_until_waiting()
    link.lose_answers(False)
    ortega.open_app()
    ortega.wait_until_sent()
    assert len([data for data in files_of(server) if is_photo(data)]) == 1


def test_a_photo_damaged_on_the_tablet_is_told_and_the_visit_is_as_it_was(
    ortega: Photographer, link: Link
) -> None:
    link.down()
    observation = ortega.start_visit(ROOM, seen.RUBRIC)
    ortega.note("Saw", "Two of three teams use the criteria")
    ortega.take(camera_picture(), POSTER)
    assert ortega.page.evaluate(SPOIL, ortega.account) > 0
    ortega.open_app(f"#/visit/{observation}")
    expect(ortega.page.get_by_text("This photo was damaged on this tablet")).to_be_visible()
    assert ortega.notes_shown() == [("Saw", "Two of three teams use the criteria")]
    expect(ortega.status).to_contain_text("eeds you (1)")
    ortega.open_app("#/needs")
    expect(ortega.page.get_by_role("heading", name="A photo was damaged")).to_be_visible()
    ortega.page.get_by_role("link", name="Open the visit").click()
    ortega.page.get_by_role("button", name="Take away").click()
    ortega.take(camera_picture("green"))
    ortega.wait_until_waiting()


def test_what_is_covered_by_hand_is_painted_over_before_anything_is_kept(
    server: Server, ortega: Photographer
) -> None:
    page = ortega.page
    ortega.start_visit(ROOM, seen.RUBRIC)
    ortega.pick(camera_picture("red", "red"))
    picture = page.locator("face-cover img")
    picture.wait_for()
    box = picture.bounding_box()
    assert box is not None
    # With the finger over the upper left quarter, and with the keyboard in the middle.
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 4, steps=5)
    page.mouse.up()
    page.get_by_role("button", name="Add a cover").click()
    for _ in range(10):
        page.keyboard.press("ArrowDown")
    covers = page.locator("button.cover-box")
    expect(covers).to_have_count(2)
    page.get_by_role("button", name="No student’s face can be recognised").click()
    expect(ortega.photos).to_have_count(1)

    kept = opened(ortega.bytes_kept()).convert("RGB")
    wide, high = kept.size
    assert max(kept.getpixel((wide // 8, high // 8))) < 40, "covered by hand"  # type: ignore[type-var]
    assert max(kept.getpixel((wide // 2, high * 6 // 10))) < 40, "covered by keyboard"  # type: ignore[type-var]
    red, green, _ = kept.getpixel((wide * 7 // 8, high // 8))  # type: ignore[misc]
    assert red > 200 and green < 60, "the rest is as it was"
    ortega.wait_until_sent()
    wait_for(lambda: any(is_photo(data) for data in files_of(server)))
    for data in filter(is_photo, files_of(server)):
        assert max(opened(data).convert("RGB").getpixel((wide // 8, high // 8))) < 40  # type: ignore[type-var]


def test_a_walk_that_wants_no_photos_offers_none(server: Server, ortega: Photographer) -> None:
    page = ortega.page
    ortega.open_app("#/plan")
    page.get_by_label("Focus question").fill("Who does the thinking?")
    page.get_by_label("Problem of practice").fill("Teachers talk for most of the lesson.")
    page.get_by_label("Add a room").select_option(index=1)
    page.get_by_label("No photos in this walk").check()
    page.get_by_role("button", name="Save the walk").click()
    page.get_by_role("heading", name="Stops", exact=True).wait_for()
    page.get_by_role("button", name="Start").first.click()
    expect(page.get_by_text("No photos in this walk.")).to_be_visible()
    expect(page.get_by_label("Choose a photo")).to_have_count(0)
