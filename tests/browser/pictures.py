"""Takes the pictures of docs/pictures from the demo district: `make docs-screenshots`."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from . import seen
from .browsers import Browser
from .desk import Desk
from .pages import follow, sign_in_to_pages
from .people import DR_ABARA, MS_KELLER, MS_WHITFIELD
from .server import Server
from .tablet import Tablet, rubric_called, title_of

SETTLED_AFTER_MS = 250
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
SIZES = {
    "portrait": {"width": 820, "height": 1180},
    "landscape": {"width": 1180, "height": 820},
    "phone": {"width": 390, "height": 844},
}
# Every screen is taken in the first look, those that are used standing in a room in all of them.
LOOKS = [("portrait", "light"), ("landscape", "light"), ("phone", "light"), ("portrait", "dark")]


class Camera:
    """Takes each screen in every look without leaving it."""

    def __init__(self, browser: Browser) -> None:
        self.page = browser.page

    def take(self, screen: str) -> None:
        self.snap(screen, *LOOKS[0])

    def take_all(self, screen: str) -> None:
        """The screen in every look, without leaving it."""
        for size, theme in LOOKS:
            suffix = "" if (size, theme) == LOOKS[0] else f"-{theme if theme == 'dark' else size}"
            self.snap(f"{screen}{suffix}", size, theme)
        self.turn(*LOOKS[0])

    def snap(self, name: str, size: str, theme: str) -> None:
        self.turn(size, theme)
        self.page.wait_for_timeout(SETTLED_AFTER_MS)
        self.page.screenshot(path=PICTURES / f"{name}.png")

    def turn(self, size: str, theme: str) -> None:
        self.page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        self.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]


def main() -> None:
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        server.command("init")
        server.command("demo")
        server.start()
        try:
            for number, part in enumerate((observer, principal, administrator)):
                profile = Path(folder) / f"profile-{number}"
                browser = Browser(playwright, "chromium", profile, {"timezone_id": "UTC"})
                browser.open()
                part(browser, server)
                browser.close()
        finally:
            server.stop()
    print(f"{len(list(PICTURES.glob('*.png')))} pictures in {PICTURES}")


def observer(browser: Browser, server: Server) -> None:
    tablet, camera = Tablet(browser, server.url), Camera(browser)
    tablet.open_app()
    camera.take("sign-in")
    tablet.sign_in(MS_WHITFIELD)
    tablet.make_ready_for_offline()
    camera.take_all("today")
    tablet.open_app("#/start")
    browser.page.get_by_role("button", name="Room 12").wait_for()
    camera.take("start")
    tablet.open_app()
    visit(tablet, camera)
    tablet.open_app("#/tablet")
    tablet.wait_until_sent()
    camera.take("this-tablet")


def visit(tablet: Tablet, camera: Camera) -> None:
    rubric = rubric_called(seen.RUBRIC)
    tablet.start_visit("Room 12", seen.RUBRIC)
    for kind, words in seen.NOTES[:4]:
        tablet.note(kind, words)
    nine = dict(list(seen.RATINGS.items())[:9])
    tablet.rate_all(rubric, seen.GATES, nine)
    tablet.turn_to("Notes")
    camera.take_all("visit")
    tablet.turn_to("Indicators")
    camera.take("indicators")
    tablet.open_indicator(title_of(rubric, "TE1"))
    camera.take_all("indicator")
    tablet.parts.get_by_role("button", name="Finish").click()
    tablet.page.get_by_role("button", name="Give to the principal").wait_for()
    camera.take("finish")


def principal(browser: Browser, server: Server) -> None:
    desk, camera = Desk(browser, server.url), Camera(browser)
    desk.sign_in(DR_ABARA)
    desk.open_app("#/desk")
    desk.waiting.first.wait_for()
    camera.take("desk")
    desk.waiting.first.click()
    desk.page.locator("observation-reading").wait_for()
    camera.take_all("desk-reading")


def administrator(browser: Browser, server: Server) -> None:
    page, camera = browser.page, Camera(browser)
    page.goto(server.url)
    camera.take("start-page")
    sign_in_to_pages(page, server, MS_KELLER)
    camera.take("admin-overview")
    for section in ("Schools", "People", "Import"):
        follow(page, page.get_by_role("navigation").get_by_role("link", name=section))
        camera.take(f"admin-{section.lower()}")


if __name__ == "__main__":
    main()
