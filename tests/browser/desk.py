"""What a principal does at her desk. Everything goes through the screen."""

from playwright.sync_api import Locator, expect

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
        """Release what is open, and wait until the server has it."""
        self.page.get_by_role("button", name="Release").click()
        told = self.page.locator(".reading .tag", has_text="Released")
        expect(told).not_to_contain_text("waiting", timeout=SENT_WITHIN_MS)
        self.wait_until_sent()

    def send_back(self, reason: str) -> None:
        here = self.page.url
        self.page.get_by_role("button", name="Send back").click()
        self.page.get_by_label("Why do you send it back?").fill(reason)
        self.page.get_by_role("button", name="Send back").click()
        # The desk closes the observation only when the step is kept.
        self.page.wait_for_url(lambda address: address != here)
        self.wait_until_sent()
