"""A battery that dies in the middle of a word, and storage that does not answer."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from . import axe, seen
from .browsers import Browser
from .kept import records, wait_for
from .people import MR_ORTEGA
from .server import Server
from .tablet import Tablet

WORDS = "They build on what the first pair said and ask the next pair to show it in the text"
# The last word that may be missing was typed so long before.
LAST_MS = 300
KEY_MS = 40
LOST_STORAGE = """() => {
  window.healthy = IDBDatabase.prototype.transaction
  const error = () => new DOMException('Internal error opening backing store', 'UnknownError')
  IDBDatabase.prototype.transaction = () => { throw error() }
}"""
HANGING_STORAGE = """() => {
  window.healthy = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    if (mode !== 'readwrite') return window.healthy.call(this, stores, mode, options)
    const silent = () => new EventTarget()
    const store = { put: silent, get: silent, delete: silent, count: silent }
    return { abort() {}, objectStore: () => store }
  }
}"""
HEALTHY = "() => { IDBDatabase.prototype.transaction = window.healthy }"
# Another window that writes for a long time: whoever comes next waits for it.
BUSY_STORAGE = """async () => {
  const open = indexedDB.open(`walkapp:${localStorage.getItem('walkapp:account')}`)
  await new Promise((done) => (open.onsuccess = done))
  const busy = open.result.transaction([...open.result.objectStoreNames], 'readwrite')
  const goOn = () => {
    if (!window.isOver) busy.objectStore('meta').get('nothing').onsuccess = goOn
    else open.result.close()
  }
  goOn()
}"""
# Every frame has an IDBDatabase of its own; without frames there is nothing to heal through.
NO_FRAMES = """() => {
  const make = document.createElement.bind(document)
  document.createElement = (name, ...rest) => {
    const made = make(name, ...rest)
    if (name !== 'iframe') return made
    Object.defineProperty(made, 'contentWindow', { value: window })
    return made
  }
}"""


def test_after_a_kill_everything_called_saved_is_back_and_said_so(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    observation = tablet.start_visit("Room 9", seen.RUBRIC)
    tablet.note("Saw", "A finished note")
    tablet.wait_until_saved()
    server.kill()
    box = note_box(tablet.page)
    box.click()
    box.press_sequentially(WORDS, delay=KEY_MS)
    tablet.wait_until_saved()
    tablet.browser.kill()

    page = tablet.browser.open()
    page.goto(f"{server.url}/app/#/visit/{observation}")
    tablet.wait_until_ready()
    expect(page.get_by_text("is restored")).to_be_visible()
    kept = page.evaluate(
        "async (id) => Object.values((await document.querySelector('walk-app').app.store.read(id))"
        ".body.evidence).map(({ text }) => text)",
        observation,
    )
    assert "A finished note" in kept and WORDS in kept
    server.start()


def test_words_typed_just_before_a_kill_are_missing_at_most(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    observation = tablet.start_visit("Room 9", seen.RUBRIC)
    expect(tablet.page.get_by_text("Typing…")).to_be_hidden()
    box = note_box(tablet.page)
    box.click()
    box.fill("Said first, then a pause long enough.")
    tablet.wait_until_saved()
    tablet.page.wait_for_timeout(LAST_MS)
    box.press("End")
    box.press_sequentially(" And mo")
    tablet.browser.kill()
    page = tablet.browser.open()
    page.goto(f"{server.url}/app/#/visit/{observation}")
    tablet.wait_until_ready()
    [kept] = page.evaluate(
        "async (id) => Object.values((await document.querySelector('walk-app').app.store.read(id))"
        ".body.evidence).map(({ text }) => text)",
        observation,
    )
    assert "Said first, then a pause long enough. And mo".startswith(kept)
    assert kept.startswith("Said first, then a pause long enough.")


def test_while_a_tap_is_being_written_nothing_on_the_screen_calls_it_saved(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    tablet.start_visit("Room 9", seen.RUBRIC)
    tablet.wait_until_sent()
    server.kill()
    tablet.note("Saw", "Saved, and waiting")
    tablet.wait_until_waiting()
    page.evaluate(BUSY_STORAGE)
    note_box(page).fill("Not saved yet")
    line = page.locator("status-line")
    expect(line.get_by_text("Saving…")).to_be_visible()
    expect(line.get_by_role("status")).to_have_class("visually-hidden")
    page.evaluate("window.isOver = true")
    tablet.wait_until_waiting()
    expect(line.get_by_role("status")).to_be_visible()
    server.start()


def test_a_note_that_is_on_its_way_when_the_page_is_loaded_anew_is_there_afterwards(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    observation = tablet.start_visit("Room 9", seen.RUBRIC)
    tablet.wait_until_sent()
    page.evaluate(BUSY_STORAGE)
    tablet.note("Saw", "Added as the page went")
    note_box(page).fill("And half a wor")
    page.reload()
    tablet.wait_until_ready()
    expect(page.get_by_text("Added as the page went")).to_be_visible()
    expect(page.get_by_text("And half a wor")).to_be_visible()
    tablet.wait_until_sent()
    assert notes_of(server, observation) == ["Added as the page went", "And half a wor"]


def test_storage_that_hangs_is_told_and_the_text_is_kept_until_it_answers(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    observation = tablet.start_visit("Room 9", seen.RUBRIC)
    tablet.note("Saw", "Before it hung")
    tablet.wait_until_sent()
    page.evaluate(NO_FRAMES)
    page.evaluate(HANGING_STORAGE)
    note_box(page).fill("Written while it hangs")
    expect(tablet.status).to_contain_text("Still saving", timeout=6_000)
    notices = page.locator("storage-notices")
    expect(notices).to_contain_text("does not answer. Your text is still here.", timeout=15_000)
    expect(notices.get_by_role("button", name="Save a copy")).to_be_visible()
    assert not axe.faults(tablet.browser)
    page.evaluate(HEALTHY)
    notices.get_by_role("button", name="Try again").click()
    expect(notices.get_by_role("alert")).to_have_count(0, timeout=20_000)
    wait_for(lambda: "Written while it hangs" in notes_of(server, observation))


def test_a_connection_that_fails_twice_keeps_the_text_over_a_reload(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    observation = tablet.start_visit("Room 9", seen.RUBRIC)
    tablet.wait_until_sent()
    page.evaluate(NO_FRAMES)
    page.evaluate(LOST_STORAGE)
    note_box(page).fill("Written while the storage is lost")
    expect(page.locator("storage-notices")).to_contain_text("does not answer", timeout=20_000)
    expect(note_box(page)).to_have_value("Written while the storage is lost")
    page.locator("storage-notices").get_by_role("button", name="Reload").click()
    wait_for(lambda: "Written while the storage is lost" in notes_of(server, observation))


def test_storage_that_cannot_be_opened_is_a_page_with_a_way_on(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    tablet.wait_until_saved()
    page.add_init_script("""const isShut = () => {
      try { return !sessionStorage.getItem('open') } catch { return false }
    }
    if (isShut()) {
      IDBFactory.prototype.open = () => {
        const asked = new EventTarget()
        asked.error = new DOMException('Internal error opening backing store', 'UnknownError')
        setTimeout(() => asked.onerror?.())
        return asked
      }
    }""")
    page.goto("about:blank")
    page.goto(f"{server.url}/app/")
    expect(page.get_by_role("heading", name="Storage cannot be opened")).to_be_visible(
        timeout=20_000
    )
    assert not axe.faults(tablet.browser)
    page.evaluate("sessionStorage.setItem('open', 'yes')")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()


def note_box(page: Page) -> Locator:
    return page.get_by_role("form", name="Write a note").get_by_role("textbox", name="Note")


def notes_of(server: Server, observation: str) -> list[str]:
    found = [one for one in records(server, "observation") if one["id"] == observation]
    return [line["text"] for one in found for line in one["evidence"].values()]
