"""A clock set in the middle of a visit moves no line, and nothing lasts less than nothing."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from . import axe, seen
from .browsers import Browser
from .people import MR_ORTEGA
from .server import Server
from .tablet import Tablet
from .test_instruments import choose, tool
from .test_put_aside import ROOM, SEEN, body_of

HOUR_MS = 3_600_000
# A clock that can be set while the page is open, and stays set when it is loaded again.
SETTABLE = """(() => {
  const real = Date.now
  Date.now = () => {
    try { return real() + Number(sessionStorage.getItem('clock') ?? 0) } catch { return real() }
  }
})()"""


def test_a_clock_that_is_set_during_a_visit_moves_no_line_and_makes_nothing_last_less_than_nothing(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    browser = tablet_of("ortega")
    browser.page.add_init_script(SETTABLE)
    tablet = Tablet(browser, server.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    server.stop()
    observation = tablet.start_visit(ROOM, seen.RUBRIC)
    tablet.note("Saw", "First")
    note = page.locator("clock-note")
    expect(note).to_have_text("")
    tablet.turn_to("Count")
    tool(page, "Engagement sweep")
    choose(page, "Every", "120 seconds")
    page.get_by_role("button", name="Start the sweep").click()
    tool(page, "Who holds the floor")
    floor(page, "Teacher").click()
    tool(page, "Turns of talk")
    page.locator(".seat", has_text="A1").click()

    set_clock(page, -HOUR_MS)
    expect(note).to_contain_text("was set back 1 hour during this visit")
    expect(note).to_contain_text("their order is right")
    page.locator(".seat", has_text="B2").click()
    expect(page.get_by_role("heading", name="The last turn: seat B2")).to_be_visible()
    tool(page, "Who holds the floor")
    floor(page, "Students").click()
    expect(floor(page, "Students")).to_have_attribute("aria-pressed", "true")
    expect(floor(page, "Teacher")).to_contain_text(re.compile(r"Teacher\s*0:\d\d"))
    tablet.turn_to("Notes")
    tablet.note("Saw", "Second")
    page.evaluate(SEEN, "hidden")
    page.evaluate(SEEN, "visible")
    expect(page.locator("visit-ring")).to_contain_text("0 min")
    expect(page.locator("sweep-cue")).to_contain_text(re.compile(r"Signal 1 in [01]:\d\d"))

    set_clock(page, 25 * HOUR_MS)
    expect(note).to_contain_text("was set 25 hours ahead during this visit")
    tablet.note("Saw", "Third")
    expect(page.locator("sweep-cue")).to_contain_text(re.compile(r"Signal 1 in [01]:\d\d"))
    set_clock(page, 0)
    tablet.note("Saw", "Fourth")
    # Shown at once; said to be saved only when it is.
    tablet.wait_until_waiting()
    tablet.reload()
    lines = ["First", "Second", "Third", "Fourth"]
    assert [words for _, words in tablet.notes_shown()] == lines
    set_clock(page, 3 * HOUR_MS)
    tablet.turn_to("Count")
    tool(page, "Who holds the floor")
    page.get_by_role("button", name="Stop the timer").click()
    tool(page, "Engagement sweep")
    page.get_by_role("button", name="Stop the sweep").click()
    tablet.finish_and_give()

    server.start()
    tablet.wait_until_sent()
    body = body_of(server, observation)
    evidence = sorted(body["evidence"].values(), key=lambda one: one.get("order", one["at"]))
    assert [one["text"] for one in evidence] == lines
    assert body["started_at"] <= body["ended_at"]
    [sweep], talk = body["sweeps"].values(), sorted_by_time(body["talk"])
    assert sweep["at"] <= sweep["ended_at"] < sweep["at"] + HOUR_MS
    assert [one["who"] for one in talk] == ["teacher", "students"]
    assert all(0 <= one["until"] - one["at"] < HOUR_MS for one in talk)
    assert [one["seat"] for one in sorted_by_time(body["turns"])] == ["A1", "B2"]


def test_a_clock_that_the_server_knows_to_be_wrong_is_named_in_the_visit(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    browser = tablet_of("ortega")
    browser.page.add_init_script(SETTABLE)
    tablet = Tablet(browser, server.url)
    tablet.sign_in(MR_ORTEGA)
    set_clock(tablet.page, 7 * HOUR_MS // 2)
    tablet.reload()
    tablet.start_visit(ROOM, seen.RUBRIC)
    tablet.wait_until_sent()
    expect(tablet.page.locator("clock-note")).to_contain_text("clock is 3 hours ahead")
    assert not axe.faults(browser)


def set_clock(page: Page, by: int) -> None:
    page.evaluate("(by) => sessionStorage.setItem('clock', by)", by)


def floor(page: Page, who: str) -> Locator:
    return page.get_by_role("button", name=re.compile(f"^{who}"))


def sorted_by_time(entries: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(entries.values(), key=lambda one: one["at"])
