"""The same form in walkapp and in SurveyJS, and how a person goes through it."""

from typing import Protocol

from playwright.sync_api import Locator, Page

from tests.browser.tablet import Tablet

from . import form
from .tablet import ms_until_shown, tap, watch_saves

ROOM = "Room 9"
CHOICES = 4  # the levels; each indicator gets another than its neighbours


class Form(Protocol):
    """What the workloads need of a form that is open in a tablet."""

    name: str
    page: Page
    shows_all: bool  # are all indicators on one screen?

    def begin(self) -> None:
        """Load the page anew, and stand before the indicators with nothing of them shown."""

    def mount(self) -> float:
        """From the tap that asks for the indicators until they were painted."""

    def leave(self) -> None:
        """Stand before the indicators again."""

    def turn_to(self, number: int) -> float | None:
        """Bring the next indicator before the eye; how long it took where that is a new screen."""

    def level(self, number: int) -> Locator:
        """What is tapped to rate the indicator."""


class Walkapp:
    """A visit: a list of all indicators, and a sheet for each with its levels to compare."""

    name, shows_all = "walkapp", True

    def __init__(self, tablet: Tablet) -> None:
        self.tablet, self.page = tablet, tablet.page
        self._titles = form.titles()

    def begin(self) -> None:
        self.tablet.open_app()
        self.tablet.start_visit(ROOM, form.TITLE)
        watch_saves(self.page)
        self.leave()

    def mount(self) -> float:
        link = self.tablet.parts.get_by_role("link", name="Indicators")
        return ms_until_shown(link, selector="a.indicator-row", count=form.COUNT)

    def leave(self) -> None:
        # Behind the notes the list would stay, hidden; here it is taken away and made anew.
        tap(self.tablet.parts.get_by_role("link", name="Count"))
        self.page.locator("a.indicator-row").first.wait_for(state="detached")

    def turn_to(self, number: int) -> float | None:
        wanted = {"selector": "#sheet-title", "text": self._titles[number]}
        if number:
            return ms_until_shown(self.page.locator(".sheet-turn a").last, **wanted)
        ms_until_shown(self.page.locator("a.indicator-row").first, **wanted)
        return None

    def level(self, number: int) -> Locator:
        return self.page.locator(".level-cards label").nth(number % CHOICES)


class SurveyJs:
    """One page with every question whole, or a page for each question."""

    def __init__(self, page: Page, origin: str, mode: str) -> None:
        self.page, self._address = page, f"{origin}/index.html?mode={mode}"
        self.shows_all = mode == "singlePage"
        self.name = "SurveyJS, one page" if self.shows_all else "SurveyJS, a page a question"
        self._titles = form.titles()

    def begin(self) -> None:
        self.page.goto("about:blank")
        self.page.goto(self._address)
        self.page.locator("html[data-ready=true]").wait_for(state="attached")

    def mount(self) -> float:
        count = form.COUNT if self.shows_all else 1
        return ms_until_shown(self.page.locator("#open"), selector=".sd-question", count=count)

    def leave(self) -> None:
        tap(self.page.locator("#close"))
        self.page.locator(".sd-question").first.wait_for(state="detached")

    def turn_to(self, number: int) -> float | None:
        if self.shows_all or not number:
            return None
        onward = self.page.locator(".sd-navigation__next-btn")
        return ms_until_shown(onward, selector=".sd-question__title", text=self._titles[number])

    def level(self, number: int) -> Locator:
        question = self.page.locator(".sd-question").nth(number if self.shows_all else 0)
        return question.locator("label.sd-selectbase__label").nth(number % CHOICES)
