"""Storage that comes back empty or cut short: told, and never taken for a new tablet."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from . import axe, seen
from .browsers import Browser
from .kept import records, wait_for
from .link import Link
from .people import MR_ORTEGA
from .server import Server
from .tablet import Tablet

HEADING = "This tablet's storage was damaged"
SENT = "Sent before the damage"
UNSENT = "Never sent before the damage"
# As a browser does it that clears one kind of storage and leaves the others.
DELETE_DATABASES = """async () => {
  const all = await indexedDB.databases()
  const ours = all.filter(({ name }) => name.startsWith('walkapp:'))
  await Promise.all(ours.map(({ name }) => new Promise((done) => {
    const asked = indexedDB.deleteDatabase(name)
    asked.onsuccess = asked.onerror = done
  })))
}"""
COPIED = """async (text) => {
  const folder = await navigator.storage.getDirectory()
  for (;;) {
    for await (const [name, file] of folder.entries())
      if (name.startsWith('copy-'))
        if ((await (await file.getFile()).text()).includes(text)) return true
    await new Promise((later) => setTimeout(later, 50))
  }
}"""


def damage_page(page: Page) -> None:
    expect(page.get_by_role("heading", name=HEADING)).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Your walks and visits stand here")).to_have_count(0)


def observe(tablet: Tablet, link: Link) -> str:
    """One note that the server has, and one that only this tablet and its second copy have."""
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    observation = tablet.start_visit("Room 9", seen.RUBRIC)
    tablet.note("Saw", SENT)
    tablet.wait_until_sent()
    link.down()
    tablet.note("Heard", UNSENT)
    tablet.wait_until_waiting()
    assert tablet.page.evaluate(COPIED, UNSENT)
    return observation


def notes_of(server: Server, observation: str) -> list[str]:
    found = [one for one in records(server, "observation") if one["id"] == observation]
    return sorted(line["text"] for one in found for line in one["evidence"].values())


def test_a_deleted_database_is_told_and_comes_back_from_second_copy_and_server(
    server: Server, link: Link, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), link.url)
    page = tablet.page
    observation = observe(tablet, link)
    page.evaluate(DELETE_DATABASES)
    page.goto("about:blank")

    page.goto(f"{link.url}/app/#/")
    damage_page(page)
    expect(page.get_by_text("was emptied or damaged")).to_be_visible()
    assert not axe.faults(tablet.browser)
    page.reload()
    damage_page(page)

    page.get_by_role("button", name="Bring them back").click()
    expect(
        page.get_by_text("are back and will be sent").or_(
            page.get_by_text("is back and will be sent")
        )
    ).to_be_visible()
    link.up()
    page.get_by_role("button", name="Fetch from the server").click()
    expect(page.get_by_text("What the server has is here again.")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="I understand, go on").click()
    page.get_by_role("heading", name="Today").wait_for()
    wait_for(lambda: notes_of(server, observation) == sorted([SENT, UNSENT]))
    tablet.open_app(f"#/visit/{observation}")
    assert sorted(words for _, words in tablet.notes_shown()) == sorted([SENT, UNSENT])


@pytest.mark.parametrize("how", ["flipped", "cut"])
def test_a_damaged_profile_is_told_and_the_second_copy_brings_back_what_was_unsent(
    server: Server, link: Link, tablet_of: Callable[..., Browser], how: str
) -> None:
    tablet = Tablet(tablet_of("ortega"), link.url)
    observation = observe(tablet, link)
    tablet.browser.kill()
    damage_logs(tablet.browser.profile, how)
    page = tablet.browser.open()
    link.up()
    page.goto(f"{link.url}/app/#/")
    tablet.wait_until_ready()
    sign_in_if_asked(page)
    damage_page(page)
    page.get_by_role("button", name="Bring them back").click()
    expect(page.get_by_text("back and will be sent")).to_be_visible()
    # A browser killed within half a minute of signing in may have forgotten its cookie.
    asked = page.get_by_role("button", name="Sign in")
    expect(asked.or_(tablet.status.get_by_text("On the server"))).to_be_visible(timeout=30_000)
    if asked.is_visible():
        asked.click()
        page.get_by_label("Password").fill(MR_ORTEGA.password)
        page.get_by_role("button", name="Sign in").click()
        damage_page(page)
    wait_for(lambda: notes_of(server, observation) == sorted([SENT, UNSENT]))
    page.get_by_role("button", name="I understand, go on").click()
    page.get_by_role("heading", name="Today").wait_for()


def test_a_tablet_that_was_cleared_hears_from_the_server_what_it_had(
    server: Server, link: Link, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), link.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    tablet.start_visit("Room 9", seen.RUBRIC)
    tablet.note("Saw", SENT)
    tablet.wait_until_sent()
    page.goto("about:blank")
    page.goto(f"{link.url}/problems/busy")
    # Everything scripts may write is gone, as after seven days in Safari; the cookie stays.
    page.evaluate(DELETE_DATABASES)
    page.evaluate("() => localStorage.clear()")
    page.evaluate("""async () => {
      const folder = await navigator.storage.getDirectory()
      for await (const name of folder.keys()) await folder.removeEntry(name)
    }""")
    tablet.open_app()
    damage_page(page)
    expect(page.get_by_text("the server remembers it")).to_be_visible()


DEVICE = """async () => {
  const asked = indexedDB.open('walkapp-device')
  return new Promise((done) => {
    asked.onsuccess = () => {
      const found = asked.result.transaction('facts').objectStore('facts').get('device')
      found.onsuccess = () => done(found.result.value, asked.result.close())
    }
  })
}"""


def report(page: Page, url: str, unsent: int) -> None:
    """What a tablet says of itself with each request, while so many changes more wait on it."""
    spaces = page.request.get(f"{url}/api/v1/session").json()["spaces"]
    part = {"known": None, "cursor": None, "changes": [], "limit": 1, "thin": True, "want": []}
    about = {"schema": 2, "device": page.evaluate(DEVICE), "build": "test", "unsent": unsent}
    about["canary"] = {"database": str(uuid4()), "highest": unsent}
    request = {**about, "spaces": {spaces[0]["id"]: part}}
    assert page.request.post(f"{url}/api/v1/sync", data=request, headers={"Origin": url}).ok


def test_who_signs_in_on_a_wiped_tablet_hears_what_it_last_held(
    link: Link, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), link.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    tablet.wait_until_ready()
    # Away from the app, so that nothing it says itself comes after this.
    page.goto(f"{link.url}/problems/busy")
    report(page, link.url, unsent=2)
    page.evaluate("""async () => {
      localStorage.clear()
      for (const { name } of await indexedDB.databases())
        await new Promise((done) => (indexedDB.deleteDatabase(name).onsuccess = done))
    }""")
    page.context.clear_cookies()

    tablet.sign_in(MR_ORTEGA)
    heard = page.get_by_text("2 changes that were not on the server")
    expect(heard).to_be_visible(timeout=20_000)
    assert not axe.faults(tablet.browser)
    page.reload()
    expect(heard).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="OK").click()
    expect(heard).to_have_count(0)
    page.reload()
    tablet.wait_until_ready()
    expect(heard).to_have_count(0)


def damage_logs(profile: Path, how: str) -> None:
    """What a failing disk does to the database: one byte differs, or the log ends early."""
    logs = [log for log in profile.rglob("*.indexeddb.leveldb/*.log") if log.stat().st_size]
    assert logs, "the browser keeps its database elsewhere now"
    for log in logs:
        data = bytearray(log.read_bytes())
        if how == "cut":
            data = data[: len(data) // 2]
        else:
            data[len(data) // 50] ^= 0xFF
        log.write_bytes(data)


def sign_in_if_asked(page: Page) -> None:
    asked = page.get_by_label("Password")
    expect(asked.or_(page.get_by_role("heading", name=HEADING))).to_be_visible(timeout=20_000)
    if asked.is_visible():
        page.get_by_label("Email").fill(MR_ORTEGA.email)
        asked.fill(MR_ORTEGA.password)
        page.get_by_role("button", name="Sign in").click()
