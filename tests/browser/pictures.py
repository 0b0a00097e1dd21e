"""Takes the pictures of docs/pictures from the demo district: `make docs-screenshots`.

With names of parts behind it, only those are taken: `python -m tests.browser.pictures safety`.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from . import seen
from .browsers import Browser
from .cameras import poster
from .desk import Desk
from .kept import rows
from .link import Link
from .pages import end_role, follow, look_at_copy, sign_in_to_pages
from .people import DR_ABARA, MR_ORTEGA, MS_ELLIS, MS_KELLER, MS_WHITFIELD
from .server import Server
from .tablet import SENT_WITHIN_MS, Tablet, rubric_called, title_of
from .test_conflicts import HERE, NOTE, RATED, THERE, bring, of_note, write
from .test_photos import POSTER, Photographer
from .test_rescue import open_rescue
from .test_save_copy import save_copy

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
    wanted = [PARTS[name] for name in sys.argv[1:]] or list(PARTS.values())
    if len(wanted) == len(PARTS):
        shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        server.command("init")
        server.command("demo")
        server.start()
        try:
            for number, part in enumerate(wanted):
                profile = Path(folder) / f"profile-{number}"
                options = {"timezone_id": "UTC", "accept_downloads": True}
                browser = Browser(playwright, "chromium", profile, options)
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


def counting(browser: Browser, server: Server) -> None:
    """What is counted and drawn in a room, the help sheet, large text, and a dim screen."""
    tablet, camera = Tablet(browser, server.url), Camera(browser)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    tablet.start_visit("Room 9", seen.RUBRIC)
    tablet.turn_to("Count")
    tools = page.get_by_role("navigation", name="What to count")
    tools.get_by_role("link", name="Turns of talk").click()
    for seat in ("A1", "B3", "B3", "C2"):
        page.locator(".seat", has_text=seat).click()
    camera.take_all("turns")
    tools.get_by_role("link", name="Engagement sweep").click()
    page.get_by_role("button", name="Start the sweep").click()
    page.get_by_role("button", name="Stop the sweep").wait_for()
    camera.take("sweep")
    tablet.turn_to("Notes")
    page.get_by_role("button", name="Draw").click()
    page.get_by_role("heading", name=re.compile("Draw", re.I)).first.wait_for()
    camera.take("drawing")
    tablet.open_app("#/tablet")
    page.get_by_label("Dim, for a dark room").check(force=True)
    tablet.open_app()
    page.get_by_role("link", name=re.compile("^Visit 1")).first.click()
    tablet.parts.wait_for()
    camera.take("visit-dim")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    camera.take("visit-large-text")


def spanish(browser: Browser, server: Server) -> None:
    page, camera = browser.page, Camera(browser)
    page.goto(f"{server.url}/app/")
    page.get_by_role("button", name="Español").click()
    page.get_by_label("Correo electrónico").fill(MS_WHITFIELD.email)
    camera.take("es-sign-in")
    page.get_by_label("Contraseña").fill(MS_WHITFIELD.password)
    page.get_by_role("button", name="Iniciar sesión").click()
    page.get_by_role("heading", level=1, name="Hoy").wait_for()
    camera.take_all("es-today")
    page.get_by_role("button", name=re.compile(r"^Iniciar")).nth(3).click()
    page.locator("visit-screen .thumb-bar").wait_for()
    camera.take_all("es-visit")
    page.locator(".thumb-bar").get_by_role("button").click()
    camera.take("es-finish")
    page.goto(f"{server.url}/app/#/tablet")
    camera.take("es-this-tablet")
    page.goto(f"{server.url}/sign-in")
    camera.take("es-server-sign-in")


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


def safety(browser: Browser, server: Server) -> None:
    """What an observer sees of photos, of a network that is away, and of his own copies."""
    link, camera = Link(server.port), Camera(browser)
    link.up()
    tablet = Photographer(browser, link.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    link.down()
    tablet.start_visit("Room 12", seen.RUBRIC)
    for kind, words in seen.NOTES[:3]:
        tablet.note(kind, words)
    tablet.pick(poster())
    tablet.page.get_by_role("heading", name="Look at the photo").wait_for()
    camera.take("photo-look")
    tablet.page.get_by_label("What does it show?").fill(POSTER)
    tablet.page.get_by_role("button", name="No student’s face can be recognised").click()
    expect(tablet.photos).to_have_count(1)
    camera.take("photo")
    tablet.open_app("#/tablet")
    tablet.wait_until_waiting()
    camera.take("this-tablet-waiting")
    tablet.open_app("#/copy")
    camera.take("save-a-copy")
    file, _ = save_copy(tablet.page, server.home)
    tablet.page.goto("about:blank")
    link.up()
    open_rescue(tablet.page, link.url)
    camera.take("rescue")
    kept(tablet, camera, server, file)
    link.down()


def kept(tablet: Tablet, camera: Camera, server: Server, file: Path) -> None:
    """His role ends before he is back in the network: the lead decides."""
    page = tablet.page
    assert tablet.browser.context is not None
    cookies = tablet.browser.context.cookies()
    as_nobody(tablet)
    sign_in_to_pages(page, server, MS_KELLER)
    look_at_copy(page, server, file)
    camera.take("rescue-copy")
    end_role(page, server, "Luis Ortega")
    as_nobody(tablet)
    tablet.browser.context.add_cookies(cookies)  # type: ignore[arg-type]
    tablet.open_app("#/needs")
    page.get_by_role("heading", name="Kept for the lead to decide").wait_for(timeout=SENT_WITHIN_MS)
    as_nobody(tablet)
    sign_in_to_pages(page, server, MS_KELLER)
    follow(page, page.get_by_role("link", name="Devices"))
    camera.take("admin-devices")
    as_nobody(tablet)
    page.goto(f"{server.url}/sign-in?back=/rescue/")
    page.get_by_label("Email").fill(MS_ELLIS.email)
    page.get_by_label("Password").fill(MS_ELLIS.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/rescue/")
    (space,) = rows(server, "SELECT id FROM space")
    page.goto(f"{server.url}/lead/{space[0]}/kept")
    camera.take("kept")
    follow(page, page.get_by_role("row", name="a visit's notes").get_by_role("link"))
    camera.take("kept-one")


def as_nobody(tablet: Tablet) -> None:
    assert tablet.browser.context is not None
    tablet.page.goto("about:blank")
    tablet.browser.context.clear_cookies()


def conflict(browser: Browser, server: Server) -> None:
    """One visit, written on two tablets that do not hear of each other."""
    links = Link(server.port), Link(server.port)
    for link in links:
        link.up()
    office = Browser(browser.playwright, "chromium", server.home / "office", browser.options)
    office.open()
    one, other = Tablet(browser, links[0].url), Tablet(office, links[1].url)
    one.sign_in(MS_WHITFIELD)
    one.make_ready_for_offline()
    observation = one.start_visit("Room 9", seen.RUBRIC)
    one.note("Saw", NOTE)
    one.rate(rubric_called(seen.RUBRIC), RATED, 1)
    one.wait_until_sent()
    other.sign_in(MS_WHITFIELD)
    other.make_ready_for_offline()
    other.open_app(f"#/visit/{observation}")
    other.page.get_by_text(NOTE).wait_for(timeout=SENT_WITHIN_MS)
    for tablet, link, words, level in ((one, links[0], HERE, 3), (other, links[1], THERE, 4)):
        link.down()
        write(tablet, observation, words, level)
    for tablet, link, words in ((one, links[0], HERE), (other, links[1], THERE)):
        bring(tablet, link, server, observation, words)
    one.open_app(f"#/visit/{observation}")
    of_note(one).wait_for(timeout=SENT_WITHIN_MS)
    Camera(browser).take("two-versions")
    office.close()
    for link in links:
        link.down()


PARTS: dict[str, Callable[[Browser, Server], None]] = {
    "observer": observer,
    "counting": counting,
    "spanish": spanish,
    "principal": principal,
    "administrator": administrator,
    "safety": safety,
    "conflict": conflict,
}

if __name__ == "__main__":
    main()
