"""Looks at screens as axe, a small phone and large letters do, and remembers what is wrong."""

import os
from typing import Any

from playwright.sync_api import Page

from . import axe
from .browsers import Browser

THEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "high-contrast": {"contrast": "more"},
    "forced-colours": {"forced_colors": "active"},
}
EVERY_TIME = ("light", "dark")
USUAL = {"color_scheme": "light", "contrast": "null", "forced_colors": "none"}
TABLET, PHONE = {"width": 820, "height": 1180}, {"width": 320, "height": 568}
TWICE_THE_TEXT = "document.documentElement.style.fontSize = '200%'"
RIGHT_TO_LEFT = "document.documentElement.dir = 'rtl'"
LEFT_TO_RIGHT = "document.documentElement.removeAttribute('dir')"
USUAL_TEXT = "document.documentElement.style.fontSize = ''"


def is_looked_at(theme: str) -> bool:
    """The other two are looked at by `make test-all`."""
    return theme in EVERY_TIME or bool(os.environ.get("TEST_ALL"))


class Inspector:
    """Looks at a page in one state after the other."""

    def __init__(self, browser: Browser, page: Page | None = None, *, every_size: bool) -> None:
        self.browser = browser
        self.page = page or browser.page
        self.every_size = every_size
        self.found: list[str] = []

    def look(self, state: str) -> None:
        self.note(state, [f"{one['id']}: {one['nodes']}" for one in axe.faults(self.browser)])
        self.note(f"{state}, targets", axe.small_targets(self.page))
        if not self.every_size:
            return
        self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        self.note(f"{state}, 320 px wide", axe.wider_than_the_screen(self.page))
        self.note(f"{state}, 320 px targets", axe.small_targets(self.page))
        self.look_from_the_other_side(state)
        self.page.set_viewport_size(TABLET)  # type: ignore[arg-type]
        self.page.evaluate(TWICE_THE_TEXT)
        self.note(f"{state}, twice the text", axe.wider_than_the_screen(self.page))
        self.page.evaluate(USUAL_TEXT)

    def look_from_the_other_side(self, state: str) -> None:
        """As for readers of Arabic: there are no words yet, but the page is ready for them."""
        self.page.evaluate(RIGHT_TO_LEFT)
        self.note(f"{state}, right to left", axe.wider_than_the_screen(self.page))
        self.note(f"{state}, right to left, targets", axe.small_targets(self.page))
        if os.environ.get("TEST_ALL"):
            found = [f"{one['id']}: {one['nodes']}" for one in axe.faults(self.browser)]
            self.note(f"{state}, right to left", found)
        self.page.evaluate(LEFT_TO_RIGHT)

    def look_in_every_theme(self, state: str) -> None:
        """What was long to reach is looked at in all themes while it is there."""
        for theme, look in THEMES.items():
            if is_looked_at(theme):
                self.page.emulate_media(**(USUAL | look))
                self.every_size = theme == "light"
                self.look(f"{state} ({theme})")
        self.page.emulate_media(**USUAL)  # type: ignore[arg-type]

    def note(self, state: str, faults: list[str]) -> None:
        self.found += [f"{state}: {fault}" for fault in faults]

    def assert_nothing_found(self) -> None:
        assert not self.found, "\n".join([f"{len(self.found)} faults", *self.found])
