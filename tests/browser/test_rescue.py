"""`/rescue/` and the kill switch, under a broken worker: shown to its person, sent, not lost."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from . import axe, seen
from .browsers import Browser
from .kept import records, rows, wait_for
from .link import Link
from .people import MR_ORTEGA, MS_WHITFIELD, SignIn
from .server import Server
from .tablet import SENT_WITHIN_MS, Tablet
from .test_update import own_copy  # noqa: F401 - a fixture

SAID = "Four of six students could say why"
# Takes over at once and answers every start of the app with nothing that works.
BAD_WORKER = """
addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => {
  if (new URL(event.request.url).origin === location.origin)
    event.respondWith(new Response('<h1>Broken</h1>', { headers: { 'Content-Type': 'text/html' } }))
})
"""
# From a page outside its scope, as the browser itself does at the next visit.
UPDATE = """async () => {
  const registration = await navigator.serviceWorker.getRegistration('/app/')
  const newer = await registration.update()
  const worker = newer.installing ?? newer.waiting ?? newer.active
  while (worker.state !== 'activated') await new Promise((later) => setTimeout(later, 20))
}"""
NO_WORKER = """async () => {
  while ((await navigator.serviceWorker.getRegistrations()).length)
    await new Promise((later) => setTimeout(later, 20))
}"""


def write_unsent(tablet: Tablet, person: SignIn, link: Link, words: str = SAID) -> str:
    """Sign in, then write a visit where there is no network; the app is closed afterwards."""
    tablet.sign_in(person)
    tablet.make_ready_for_offline()
    tablet.page.get_by_role("link", name="Start a visit").click()
    tablet.page.get_by_role("button", name="Room 14").wait_for(timeout=SENT_WITHIN_MS)
    tablet.open_app()
    link.down()
    observation = tablet.start_visit("Room 14", seen.RUBRIC)
    tablet.note("Heard", words)
    tablet.wait_until_waiting()
    tablet.page.goto("about:blank")
    link.up()
    return observation


def open_rescue(page: Page, url: str) -> None:
    page.goto(f"{url}/rescue/")
    page.locator("html[data-ready=true]").wait_for(state="attached")


def test_it_shows_what_waits_raw_sends_it_and_shows_receipts(
    server: Server, link: Link, tablet_of: Callable[..., Browser], engine: str
) -> None:
    browser = tablet_of("ortega", engine)
    tablet, page = Tablet(browser, link.url), browser.page
    observation = write_unsent(tablet, MR_ORTEGA, link)
    open_rescue(page, link.url)
    expect(page.locator("#sum")).to_contain_text("4 changes waiting")
    page.locator("#waiting summary", has_text="Observation").click()
    expect(page.locator("#waiting pre", has_text=SAID)).to_be_visible()
    page.get_by_role("button", name="Look it over").click()
    expect(page.locator("#checked")).to_contain_text("Waiting: 4, all readable")
    assert axe.faults(browser) == [] and axe.small_targets(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert axe.wider_than_the_screen(page) == []

    page.get_by_role("button", name="Send what waits").click()
    expect(page.locator("#sent")).to_contain_text("4 changes on the server", timeout=SENT_WITHIN_MS)
    expect(page.locator("#waiting span", has_text="on the server")).to_have_count(4)
    assert SAID in str(records(server, "observation"))
    # The page only sends; the app hears the same receipts and lets go.
    tablet.open_app()
    tablet.wait_until_sent()
    (kept,) = [one for one in records(server, "observation") if one["id"] == observation]
    assert SAID in str(kept)
    assert rows(server, "SELECT cid FROM change WHERE verdict NOT IN ('ok', 'merged')") == []


def test_it_shows_nobody_anothers_work_and_counts_it_without_a_name(
    server: Server, link: Link, tablet_of: Callable[..., Browser]
) -> None:
    browser = tablet_of("shared")
    page = browser.page
    write_unsent(Tablet(browser, link.url), MR_ORTEGA, link)
    assert browser.context is not None
    browser.context.clear_cookies()
    open_rescue(page, link.url)
    expect(page.locator("#others")).to_have_text("Somebody has 4 unsent items on this tablet.")
    assert SAID not in page.content() and "Ortega" not in page.content()

    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Email").fill(MS_WHITFIELD.email)
    page.get_by_label("Password").fill(MS_WHITFIELD.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/rescue/")
    page.locator("html[data-ready=true]").wait_for(state="attached")
    expect(page.locator("#sum")).to_have_text("Nothing of yours waits here.")
    expect(page.locator("#others")).to_contain_text("Another person has 4 unsent items")
    assert SAID not in page.content() and "ortega" not in page.content().lower()


def test_it_saves_a_copy_the_server_opens(
    server: Server, link: Link, tablet_of: Callable[..., Browser], tmp_path: Path
) -> None:
    browser = tablet_of("ortega", accept_downloads=True)
    page = browser.page
    write_unsent(Tablet(browser, link.url), MR_ORTEGA, link)
    open_rescue(page, link.url)
    page.get_by_role("button", name="Save a copy").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save the file").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.suffix == ".walk" and SAID not in file.read_text()
    page.get_by_role("link", name="Open a copy").click()
    page.get_by_label("Copy", exact=True).set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("Your own work.")).to_be_visible()
    page.get_by_role("button", name="Enter it").click()
    expect(page.get_by_text("4 changes taken.")).to_be_visible()
    assert SAID in str(records(server, "observation"))


@pytest.fixture
def release(own_copy: Server) -> Iterator[tuple[Server, Link]]:  # noqa: F811 - the fixture above
    """A server whose program may be changed, and the network to it."""
    link = Link(own_copy.port)
    link.up()
    yield own_copy, link
    link.down()


def deploy(server: Server, worker: str) -> str:
    """Release another worker; what the one before it was."""
    assert server.program is not None
    file = server.program / "walkapp/static/sw.js"
    before = file.read_text()
    server.stop()
    file.write_text(worker)
    server.start()
    return before


def test_the_kill_switch_ends_a_bad_worker_in_one_visit_and_one_reload_and_unsent_work_is_sent(
    release: tuple[Server, Link],
    tablet_of: Callable[..., Browser],
    engine: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server, link = release
    browser = tablet_of("ortega", engine)
    tablet, page = Tablet(browser, link.url), browser.page
    write_unsent(tablet, MR_ORTEGA, link)
    deploy(server, BAD_WORKER)
    # A page from which nothing is sent by itself: there the browser finds the bad worker.
    open_rescue(page, link.url)
    page.evaluate(UPDATE)
    page.goto(f"{link.url}/app/")
    expect(page.get_by_role("heading", name="Broken")).to_be_visible()

    open_rescue(page, link.url)
    expect(page.locator("#sum")).to_contain_text("4 changes waiting")

    server.stop()
    monkeypatch.setattr(
        Server,
        "environment",
        lambda self, usual=Server.environment: {**usual(self), "WALK_KILL_WORKER": "yes"},
    )
    server.start()
    page.goto(f"{link.url}/app/")  # the one visit
    page.evaluate(NO_WORKER)
    assert SAID not in str(records(server, "observation"))
    page.reload()  # and the one reload
    tablet.wait_until_ready()
    tablet.wait_until_sent()
    wait_for(lambda: SAID in str(records(server, "observation")))


def test_the_page_itself_takes_a_bad_worker_off_one_tablet(
    release: tuple[Server, Link], tablet_of: Callable[..., Browser]
) -> None:
    server, link = release
    browser = tablet_of("ortega")
    tablet, page = Tablet(browser, link.url), browser.page
    write_unsent(tablet, MR_ORTEGA, link)
    good = deploy(server, BAD_WORKER)
    open_rescue(page, link.url)
    page.evaluate(UPDATE)
    deploy(server, good)
    page.reload()
    page.locator("html[data-ready=true]").wait_for(state="attached")
    page.get_by_role("button", name="Take the app's files away").click()
    expect(page.locator("#removed")).to_contain_text("what you wrote is still here")
    page.evaluate(NO_WORKER)
    assert page.evaluate("caches.keys().then((names) => names.length)") == 0
    page.goto(f"{link.url}/app/")
    tablet.wait_until_ready()
    tablet.wait_until_sent()
    wait_for(lambda: SAID in str(records(server, "observation")))
