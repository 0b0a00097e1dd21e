"""What a principal does at her desk. Everything goes through the screen."""

from collections.abc import Callable

from playwright.sync_api import Locator

from walkapp.rubric import Rubric

from .tablet import SENT_WITHIN_MS, Tablet, title_of


class Desk(Tablet):
    """The tablet of a principal."""

    def open_desk(self) -> None:
        self.go_to("Desk")

    @property
    def waiting(self) -> Locator:
        section = self.page.locator(".desk-list section", has_text="Waiting for you")
        return section.get_by_role("link")

    def read_newest(self) -> None:
        """The oldest waits at the top; the newest stands last."""
        self.waiting.last.wait_for(timeout=SENT_WITHIN_MS)
        self.waiting.last.click()
        self.page.locator("observation-reading").wait_for()

    def read(self, observation: str) -> None:
        link = self.page.locator(f'a.row[href="#/desk/{observation}"]')
        link.wait_for(timeout=SENT_WITHIN_MS)
        link.click()
        self.page.locator("observation-reading").wait_for()

    def ratings_read(self, rubric: Rubric) -> dict[str, str]:
        """The marks beside the descriptors."""
        marks: list[list[str]] = self.page.locator("article.finding").evaluate_all(
            "all => all.map(one => [one.querySelector('h3').textContent,"
            " one.querySelector('.mark').dataset.value])"
        )
        ids = {title_of(rubric, one): one for one in rubric.indicators}
        return {ids[title]: value for title, value in marks}

    def release(self) -> None:
        self.leave_by(lambda: self.page.get_by_role("button", name="Release").click())

    def send_back(self, reason: str) -> None:
        self.page.get_by_role("button", name="Send back").click()
        self.page.get_by_label("Why do you send it back?").fill(reason)
        self.leave_by(lambda: self.page.get_by_role("button", name="Send back").click())

    def leave_by(self, step: Callable[[], None]) -> None:
        """The desk turns to the next observation only when the step is kept."""
        here = self.page.url
        step()
        self.page.wait_for_url(lambda address: address != here)
