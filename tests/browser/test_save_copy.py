"""A closed copy: saved on one tablet, opened on another and by the server, nothing twice."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from . import axe, seen
from .browsers import Browser
from .kept import records, rows, wait_for
from .link import Link
from .pages import follow, sign_in_to_pages
from .people import MR_ORTEGA, MS_KELLER, MS_WHITFIELD
from .server import Server
from .tablet import Tablet

SAID = "Four of six students could say why"
TOO_SHORT = "three of these"
# What is handed to the browser to be saved: Firefox tells its driver of no download.
KEEP_SAVED = """() => {
  const make = URL.createObjectURL
  URL.createObjectURL = (file) => {
    globalThis.saved = file
    return make.call(URL, file)
  }
}"""


def save_copy(page: Page, folder: Path) -> tuple[Path, str]:
    """Make the copy with the six words, as the screen asks; the file, and the words."""
    words = page.locator("[data-words]").inner_text()
    page.get_by_label("I wrote the six words down").check()
    page.get_by_role("button", name="Make the copy").click()
    save = page.get_by_role("button", name="Save the file")
    if page.context.browser is None or page.context.browser.browser_type.name != "firefox":
        with page.expect_download() as download:
            save.click()
        file = folder / download.value.suggested_filename
        download.value.save_as(file)
        return file, words
    page.evaluate(KEEP_SAVED)
    save.click()
    file = folder / page.evaluate("saved.name")
    file.write_text(page.evaluate("saved.text()"))
    return file, words


def open_copy(tablet: Tablet, file: Path, words: str) -> None:
    tablet.go_to("This tablet")
    tablet.page.get_by_role("link", name="Open a copy").click()
    tablet.page.get_by_label("Copy", exact=True).set_input_files(file)
    tablet.page.get_by_label("The words it was closed with").fill(words)
    tablet.page.get_by_role("button", name="Open the copy").click()


def with_unsent_visit(tablet: Tablet, link: Link) -> str:
    """A visit that its observer wrote where there was no network."""
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    link.down()
    observation = tablet.start_visit("Room 14", seen.RUBRIC)
    tablet.note("Heard", SAID)
    tablet.wait_until_waiting()
    return observation


def test_a_copy_opens_on_another_tablet_and_both_send_it_once(
    server: Server, link: Link, tablet_of: Callable[..., Browser], engine: str, tmp_path: Path
) -> None:
    lost = Tablet(tablet_of("ortega", engine, accept_downloads=True), link.url)
    observation = with_unsent_visit(lost, link)
    lost.open_app("#/copy")
    file, words = save_copy(lost.page, tmp_path)
    assert SAID not in file.read_text() and len(words.split()) == 6

    spare = Tablet(tablet_of("spare", engine), server.url)
    spare.sign_in(MR_ORTEGA)
    open_copy(spare, file, words.upper())
    expect(spare.page.get_by_text("put among what waits")).to_be_visible()
    spare.wait_until_sent()
    wait_for(lambda: SAID in str(records(server, "observation")))

    # The first tablet was not lost after all.
    link.up()
    lost.open_app()
    lost.wait_until_sent()
    (kept,) = [one for one in records(server, "observation") if one["id"] == observation]
    assert SAID in str(kept)
    changes = rows(server, "SELECT cid FROM change WHERE verdict NOT IN ('ok', 'merged')")
    assert changes == []
    open_copy(lost, file, words)
    expect(lost.page.get_by_text("were here already")).to_be_visible()
    lost.wait_until_sent()


def test_the_screens_ask_for_words_that_hold_and_say_what_does_not_open(
    server: Server, tablet_of: Callable[..., Browser], tmp_path: Path
) -> None:
    tablet = Tablet(tablet_of("ortega", accept_downloads=True), server.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    tablet.go_to("This tablet")
    page.get_by_role("button", name="Save a copy").click()
    page.get_by_role("button", name="Make the copy").click()
    expect(page.get_by_role("alert")).to_contain_text("Write the six words down first")
    page.get_by_label("Words of my own").check()
    page.get_by_label("Your words").fill(TOO_SHORT)
    page.get_by_role("button", name="Make the copy").click()
    expect(page.get_by_role("alert")).to_contain_text("at least 15 characters")
    assert axe.faults(tablet.browser) == [] and axe.small_targets(page) == []
    page.get_by_label("Everything on this tablet").check()
    page.get_by_label("Your words").fill(TOO_SHORT + " and more of them")
    page.get_by_role("button", name="Make the copy").click()
    expect(page.get_by_text("The copy is ready")).to_be_visible()
    expect(page.get_by_text("records as they lie here")).to_be_visible()
    assert axe.faults(tablet.browser) == [] and axe.wider_than_the_screen(page) == []

    letter = tmp_path / "letter.walk"
    letter.write_text("Dear all")
    open_copy(tablet, letter, "whatever they were")
    expect(page.get_by_role("alert")).to_contain_text("not a copy that the app saved")
    assert axe.faults(tablet.browser) == [] and axe.small_targets(page) == []


def test_anothers_copy_goes_to_the_server_through_an_administrator(
    server: Server, link: Link, tablet_of: Callable[..., Browser], tmp_path: Path
) -> None:
    lost = Tablet(tablet_of("ortega", accept_downloads=True), link.url)
    with_unsent_visit(lost, link)
    lost.open_app("#/copy")
    file, words = save_copy(lost.page, tmp_path)

    colleague = Tablet(tablet_of("whitfield"), server.url)
    colleague.sign_in(MS_WHITFIELD)
    open_copy(colleague, file, words)
    expect(colleague.page.get_by_text("holds another person's work")).to_be_visible()
    assert SAID not in str(records(server, "observation"))

    browser = tablet_of("keller")
    page = browser.page
    sign_in_to_pages(page, server, MS_KELLER)
    page.goto(f"{server.url}/rescue/import")
    assert axe.faults(browser) == [] and axe.small_targets(page) == []
    page.get_by_label("Copy", exact=True).set_input_files(file)
    follow(page, page.get_by_role("button", name="Look at it"))
    expect(page.get_by_text("Nothing is entered yet")).to_be_visible()
    assert axe.faults(browser) == [] and axe.small_targets(page) == []
    follow(page, page.get_by_role("button", name="Enter it"))
    expect(page.get_by_role("heading", name="What was entered")).to_be_visible()
    assert axe.faults(browser) == [] and axe.small_targets(page) == []
    assert SAID in str(records(server, "observation"))
