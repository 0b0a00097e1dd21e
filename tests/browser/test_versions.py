"""Two versions of the app over one database: nobody waits for ever, nothing is lost."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from . import axe, seen
from .browsers import Browser
from .people import MR_ORTEGA
from .server import Server
from .tablet import Tablet

NAME = "(await indexedDB.databases()).find(({ name }) => name.startsWith('walkapp:')).name"
# What a newer version of the app does when it starts in another tab.
UPGRADE = f"""async () => {{
  const name = {NAME}
  const started = performance.now()
  const db = await new Promise((done, failed) => {{
    const asked = indexedDB.open(name, 99)
    asked.onupgradeneeded = () => asked.result.createObjectStore('newer')
    asked.onsuccess = () => done(asked.result)
    asked.onerror = failed
  }})
  const docs = await new Promise((done) => {{
    const asked = db.transaction('docs').objectStore('docs').getAll()
    asked.onsuccess = () => done(asked.result)
  }})
  db.close()
  return {{ took: performance.now() - started, docs: JSON.stringify(docs) }}
}}"""
# The same data as an older version left it; one store is in the way of the migration.
AS_BEFORE = f"""async () => {{
  const name = {NAME}
  const open = (version, upgrade) => new Promise((done, failed) => {{
    const asked = indexedDB.open(name, version)
    asked.onupgradeneeded = () => upgrade(asked.result)
    asked.onsuccess = () => done(asked.result)
    asked.onerror = failed
  }})
  const now = await open(undefined)
  const OLD = {{ docs: 'id', rows: 'id', outbox: 'cid', sent: 'cid', refused: 'cid', meta: 'name' }}
  const kept = {{}}
  for (const store of Object.keys(OLD)) {{
    const asked = now.transaction(store).objectStore(store).getAll()
    kept[store] = await new Promise((done) => (asked.onsuccess = () => done(asked.result)))
  }}
  now.close()
  await new Promise((done) => (indexedDB.deleteDatabase(name).onsuccess = done))
  const old = await open(1, (db) => {{
    for (const [store, keyPath] of Object.entries(OLD)) {{
      const made = db.createObjectStore(store, {{ keyPath }})
      if (store === 'rows') made.createIndex('order', 'order')
      if (keyPath === 'cid') made.createIndex('n', 'n')
    }}
    db.createObjectStore('chunks')
  }})
  const t = old.transaction(Object.keys(OLD), 'readwrite')
  for (const store of Object.keys(OLD)) for (const one of kept[store]) t.objectStore(store).put(one)
  await new Promise((done) => (t.oncomplete = done))
  old.close()
}}"""
RESTING = """() => {
  const real = window.setTimeout.bind(window)
  window.setTimeout = (work, ms, ...more) => (ms === 250 ? 99_999 : real(work, ms, ...more))
}"""
STORES = f"""async () => {{
  const name = {NAME}
  const db = await new Promise((done) => {{
    const asked = indexedDB.open(name)
    asked.onsuccess = () => done(asked.result)
  }})
  const found = {{ version: db.version, stores: [...db.objectStoreNames] }}
  db.close()
  return found
}}"""


def observing(server: Server, browser: Browser) -> tuple[Tablet, str]:
    tablet = Tablet(browser, server.url)
    tablet.sign_in(MR_ORTEGA)
    observation = tablet.start_visit("Room 9", seen.RUBRIC)
    tablet.note("Saw", "Written by this version")
    tablet.wait_until_sent()
    return tablet, observation


def beside(tablet: Tablet, work: str) -> Any:
    """Do something to the same storage from a page that is not the app."""
    page = tablet.browser.new_tab()
    page.goto(f"{tablet.url}/problems/busy")
    done = page.evaluate(work)
    page.close()
    return done


def test_an_old_tab_saves_what_is_half_typed_and_lets_go_of_the_database(
    server: Server, tablet_of: Callable[..., Browser], engine: str
) -> None:
    tablet, observation = observing(server, tablet_of("ortega", engine))
    page = tablet.page
    # As if the finger rested before the key that saves: the writer's own clock stands still.
    page.evaluate(RESTING)
    box = page.get_by_role("form", name="Write a note").get_by_role("textbox", name="Note")
    box.click()
    page.keyboard.insert_text("Half typed when it came")
    told = beside(tablet, UPGRADE)
    assert "Half typed when it came" in told["docs"]
    assert told["took"] < 10_000

    notice = page.locator("storage-notices")
    expect(notice).to_contain_text("A newer version of this app is at work on this tablet.")
    expect(page.get_by_text("Written by this version")).to_be_visible()
    box.click()
    page.keyboard.insert_text(", and typed on")
    box.blur()
    expect(page.get_by_text("This could not be saved on this tablet.")).to_be_visible()
    tablet.browser.said.clear()


def test_an_older_shell_on_a_newer_database_reads_saves_a_copy_and_can_be_updated(
    server: Server, tablet_of: Callable[..., Browser], engine: str
) -> None:
    tablet, observation = observing(server, tablet_of("ortega", engine))
    page = tablet.page
    page.goto("about:blank")
    beside(tablet, UPGRADE)
    tablet.open_app(f"#/visit/{observation}")
    expect(page.get_by_role("heading", name="This page is older than your data")).to_be_visible()
    expect(page.get_by_role("button", name="Update now")).to_be_visible()
    if engine == "chromium":
        assert not axe.faults(tablet.browser)
    assert_a_copy_is_saved(page)
    page.get_by_role("button", name="Read what is here").click()
    page.get_by_role("link", name="Visit").first.click()
    expect(page.get_by_text("Written by this version").first).to_be_visible()
    tablet.browser.said.clear()


def test_a_migration_that_breaks_off_changes_nothing_and_the_app_reads_on(
    server: Server, tablet_of: Callable[..., Browser], engine: str
) -> None:
    tablet, observation = observing(server, tablet_of("ortega", engine))
    page = tablet.page
    page.goto("about:blank")
    beside(tablet, AS_BEFORE)
    tablet.open_app()
    expect(page.get_by_role("heading", name="This tablet could not be updated")).to_be_visible()
    expect(page.get_by_text("M1-2-ConstraintError").first).to_be_visible()
    page.get_by_role("button", name="Read what is here").click()
    page.get_by_role("link", name="Visit").first.click()
    expect(page.get_by_text("Written by this version").first).to_be_visible()
    page.goto("about:blank")
    left = beside(tablet, STORES)
    assert left["version"] == 1 and "files" not in left["stores"]
    tablet.browser.said.clear()


def assert_a_copy_is_saved(page: Page) -> None:
    expect(page.get_by_role("button", name="Save a copy").first).to_be_enabled()
