"""A tablet with a slow processor: real Chromium, slowed down, with clocks in its pages."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, Playwright

from tests.browser.browsers import Browser
from tests.browser.tablet import TWO_FRAMES

SLOWED = 4  # times, by Chromium's own throttle; it reaches the page's main thread
PRESSED_MS = 60  # how long a finger stays down
CLOCK = Path(__file__).with_name("page") / "clock.js"
LOOKS = 5


class SlowTablet(Browser):
    """One browser on a profile that stays; every page it opens is slowed and has the clocks."""

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        super().__init__(playwright, "chromium", profile, {"device_scale_factor": 2})

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Open it, and close it whatever becomes of it."""
        self.open()
        try:
            yield
        finally:
            self.close()

    def open(self) -> Page:
        page = super().open()
        assert self.context
        self.context.add_init_script(path=CLOCK)
        self._session = self.context.new_cdp_session(page)
        self.slow_down(SLOWED)
        return page

    def slow_down(self, times: int) -> None:
        self._session.send("Emulation.setCPUThrottlingRate", {"rate": times})

    def slowness(self) -> float:
        """How much slower the page that is open works than unthrottled, by the same loop."""
        slow = self._spin()
        self.slow_down(1)
        plain = self._spin()
        self.slow_down(SLOWED)
        return slow / plain

    def _spin(self) -> float:
        return statistics.median(self.page.evaluate("walkBench.spin()") for _ in range(LOOKS))


def tap(target: Locator) -> None:
    """A real press in the middle of something at rest, with no other work beside it."""
    page = target.page
    target.evaluate("one => one.scrollIntoView({block: 'center', behavior: 'instant'})")
    page.evaluate(TWO_FRAMES)
    x, y, wide, high = target.evaluate(
        "one => { const r = one.getBoundingClientRect(); return [r.x, r.y, r.width, r.height] }"
    )
    page.mouse.move(x + wide / 2, y + high / 2)
    page.evaluate(TWO_FRAMES)
    page.mouse.down()
    page.wait_for_timeout(PRESSED_MS)
    page.mouse.up()


def ms_until_shown(target: Locator, **wanted: Any) -> float:
    """Tap; how long from the click until what was `wanted` (selector, count, text) is painted."""
    page = target.page
    page.evaluate("wanted => walkBench.arm(wanted)", wanted)
    tap(target)
    shown: float = page.evaluate("walkBench.shown()")
    return shown


def acts(page: Page, kind: str) -> list[float]:
    """Milliseconds to paint of each click or key since last asked.

    The browser's own timing goes up to the frame presented, in steps of 8 ms from 16 on; what it
    does not time was faster than that, and then our clock in the page tells.
    """
    found = page.evaluate("kind => walkBench.take(kind)", kind)
    return [one["own"] if one["timing"] is None else one["timing"] for one in found]


def forget(page: Page, kind: str) -> None:
    """What was clicked or typed until now was not measured."""
    page.evaluate("kind => walkBench.forget(kind)", kind)


def watch_saves(page: Page) -> None:
    """From now on time the promise by which the app says that something is durable."""
    page.evaluate("walkBench.watchSaves(document.querySelector('walk-app').app)")
