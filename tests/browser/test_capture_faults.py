"""Photos that cannot be taken and marks that find no room are told, and nothing is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from . import axe, seen
from .browsers import Browser
from .cameras import camera_picture, cut_picture, huge_picture
from .kept import wait_for
from .people import MR_ORTEGA
from .server import Server
from .tablet import Tablet
from .test_full_disk import EMPTY, FILL, LONG, quota
from .test_instruments import choose, tool
from .test_photos import Photographer
from .test_put_aside import note_box

ROOM = "Room 12"
CAMERA = """() => navigator.mediaDevices.getUserMedia({ video: true })
  .then(() => 'open', (error) => error.name)"""
# Nothing is on its way into the storage, and what went there is counted.
AT_REST = """async () => {
  const { app } = document.querySelector('walk-app')
  await app.store.counted()
  return app.saving === 0
}"""


@pytest.fixture
def ortega(server: Server, tablet_of: Callable[..., Browser]) -> Photographer:
    tablet = Photographer(tablet_of("ortega"), server.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    return tablet


def test_where_the_camera_is_refused_it_is_told_and_a_photo_can_still_be_chosen(
    ortega: Photographer,
) -> None:
    page = ortega.page
    ortega.start_visit(ROOM, seen.RUBRIC)
    ortega.note("Saw", "Two of three teams use the criteria")
    with ortega.browser.unheard():
        assert page.evaluate(CAMERA) != "open", "there is none, and no page may open it"
    # There is no camera here, so the chooser comes back with nothing.
    page.get_by_label("Take a photo").click()
    told = page.get_by_text("No photo came.")
    expect(told).to_contain_text("allow it in the settings of the tablet")
    assert not axe.faults(ortega.browser)
    ortega.take(camera_picture(), "A poster")
    expect(told).to_have_count(0)
    assert ortega.notes_shown() == [("Saw", "Two of three teams use the criteria")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 a plan of the room", "could not be opened as a photo"),
        (huge_picture(), "larger than this tablet can open"),
        (cut_picture(), "The end of this file is missing"),
    ],
    ids=["no picture", "too large", "cut short"],
)
def test_what_cannot_be_opened_says_why_and_the_next_photo_is_kept(
    ortega: Photographer, data: bytes, words: str
) -> None:
    ortega.start_visit(ROOM, seen.RUBRIC)
    note_box(ortega.page).fill("Half a line")
    ortega.pick(data)
    alert = ortega.page.locator("photo-add").get_by_role("alert")
    expect(alert).to_contain_text(words)
    expect(alert).to_contain_text("Nothing was kept.")
    assert ortega.bytes_kept() == b""
    expect(note_box(ortega.page)).to_have_value("Half a line")
    ortega.take(camera_picture())
    expect(alert).to_have_count(0)


def test_a_browser_that_shows_what_there_is_of_a_cut_photo_says_so_and_its_person_decides(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Photographer(tablet_of("ortega", "firefox"), server.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.start_visit(ROOM, seen.RUBRIC)
    tablet.pick(cut_picture())
    expect(tablet.page.get_by_role("alert")).to_contain_text("Look whether what you need is there")
    tablet.page.get_by_role("button", name="No student’s face can be recognised").click()
    expect(tablet.photos).to_have_count(1)
    expect(tablet.page.get_by_role("alert")).to_have_count(0)


def test_a_photo_for_which_there_is_no_room_stays_on_the_screen_until_there_is(
    ortega: Photographer, server: Server
) -> None:
    page = ortega.page
    ortega.start_visit(ROOM, seen.RUBRIC)
    ortega.pick(camera_picture())
    keep = page.get_by_role("button", name="No student’s face can be recognised")
    page.get_by_label("What does it show?").fill("A poster")
    cdp = page.context.new_cdp_session(page)
    quota(cdp, server.url, 3_000_000)
    page.evaluate(FILL)
    keep.click()
    expect(page.get_by_role("alert").first).to_contain_text("no room for a photo")
    expect(page.locator("face-cover img")).to_be_visible()
    expect(page.get_by_label("What does it show?")).to_have_value("A poster")
    page.evaluate(EMPTY)
    quota(cdp, server.url, None)
    keep.click()
    expect(ortega.photos).to_have_count(1)
    assert ortega.bytes_kept()


# ---- the storage is full in the middle of a sweep ------------------------------------------------


def test_what_is_marked_while_the_storage_is_full_stays_and_is_saved_once_there_is_room(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    server.stop()
    page = tablet.page
    tablet.start_visit(ROOM, seen.RUBRIC)
    # Each tap writes the whole visit; a long one finds no room where a short one would.
    note_box(page).fill(LONG)
    page.get_by_role("button", name="Add note").click()
    tablet.wait_until_saved()
    begin_sweep(tablet)
    tablet.wait_until_saved()
    page.clock.fast_forward(60_500)
    engaged(page, "7")
    tablet.wait_until_saved()

    cdp = page.context.new_cdp_session(page)
    quota(cdp, server.url, 4_000_000)
    page.evaluate(FILL)
    page.clock.fast_forward(60_000)
    expect(page.get_by_role("heading", name=re.compile("Signal 2"))).to_be_visible()
    engaged(page, "8")
    engaged(page, "9")
    choose(page, "Whose voice is heard", "Student")
    alert = page.locator(".visit-alert").get_by_role("alert")
    expect(alert).to_contain_text("still on this screen, and everything before it is saved")
    expect(page.locator("storage-notices").get_by_role("alert")).to_contain_text("storage is full")
    expect(tablet.status).not_to_contain_text("aved on this tablet")
    # A write that is on its way when the clock is turned on would seem to hang.
    wait_for(lambda: page.evaluate(AT_REST))
    page.clock.fast_forward(60_000)
    engaged(page, "6")

    page.evaluate(EMPTY)
    quota(cdp, server.url, None)
    alert.get_by_role("button", name="Try again").click()
    expect(alert).to_have_count(0)
    expect(page.locator("storage-notices").get_by_role("alert")).to_have_count(0)
    tablet.wait_until_saved()
    tablet.reload()
    page.get_by_role("button", name="2", exact=True).click()
    nine = page.get_by_role("group", name="Students engaged").locator("label", has_text="9")
    expect(nine.locator("input")).to_be_checked()
    page.get_by_role("button", name="Stop the sweep").click()
    expect(page.get_by_text("73 % engaged")).to_be_visible()
    expect(page.get_by_text("3 signals, every 60 s, 10 students in view.")).to_be_visible()


def begin_sweep(tablet: Tablet) -> None:
    page = tablet.page
    page.clock.install()
    tablet.turn_to("Count")
    tool(page, "Engagement sweep")
    choose(page, "Every", "60 seconds")
    page.get_by_role("button", name="Start the sweep").click()
    expect(page.get_by_text("First signal in")).to_be_visible()


def engaged(page: Page, count: str) -> None:
    choose(page, "Students engaged at the signal, of 10", count)
