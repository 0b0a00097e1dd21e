"""What is new: from a given visit to its place on the desk, and who wants mail about it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import expect

from . import seen
from .browsers import Browser
from .conftest import served
from .inspector import THEMES, Inspector
from .pages import follow
from .people import DR_ABARA, MR_ORTEGA, MS_KELLER, SignIn
from .server import Server
from .tablet import Tablet


class WithMail(Server):
    """Mail is set up; nobody sends it here."""

    def environment(self) -> dict[str, str]:
        return super().environment() | {
            "WALK_SMTP_HOST": "localhost",
            "WALK_SMTP_FROM": "Walks <walks@lakeview.example>",
            "WALK_URL": self.url,
        }


@pytest.fixture
def server(demo_home: Path, tmp_path: Path) -> Iterator[Server]:
    home = Path(copytree(demo_home, tmp_path / "home"))
    with closing(sqlite3.connect(home / "walkapp.sqlite3")) as database, database:
        # Nobody writes to the invented addresses of a demonstration; hers is a real one here.
        database.execute("UPDATE account SET demo = 0 WHERE email = ?", [DR_ABARA.email])
    yield from served(WithMail(home))


def sign_in(browser: Browser, server: Server, person: SignIn) -> None:
    """By the way that leads back to what is new."""
    page = browser.page
    page.goto(f"{server.url}/notices/")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    follow(page, page.get_by_role("button", name="Sign in"))
    expect(page.get_by_role("heading", name="What is new for you")).to_be_visible()


def test_a_principal_hears_of_a_visit_and_goes_from_there_to_her_desk(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.open_app()
    observation = tablet.start_visit("Room 8", seen.RUBRIC)
    tablet.finish_and_give()
    tablet.wait_until_sent()
    browser = tablet_of("abara")
    sign_in(browser, server, DR_ABARA)
    page = browser.page
    told = page.locator(".row-list li", has_text="Notes of a visit were given to you.")
    expect(told).to_have_count(1)
    follow(page, told.get_by_role("button", name="Open in the app"))
    expect(page).to_have_url(f"{server.url}/app/#/desk/{observation}")
    page.goto(f"{server.url}/notices/")
    expect(page.get_by_role("status")).to_have_text("You have read everything.")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_these_pages_are_for_everybody(
    server: Server, tablet_of: Callable[..., Browser], theme: str
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    tablet.sign_in(MR_ORTEGA)
    for room in ("Room 8", "Room 9"):
        tablet.open_app()
        tablet.start_visit(room, seen.RUBRIC)
        tablet.finish_and_give()
        tablet.wait_until_sent()
    browser = tablet_of("abara", **THEMES[theme])
    eye, page = Inspector(browser, every_size=theme == "light"), browser.page
    sign_in(browser, server, DR_ABARA)
    eye.look("notices, unread")
    follow(page, page.get_by_role("button", name="Mark all as read"))
    eye.look("notices, read")
    follow(page, page.get_by_role("navigation").get_by_role("link", name="Mail"))
    page.get_by_label("once a day, in the morning").check()
    follow(page, page.get_by_role("button", name="Save"))
    expect(page.get_by_text("waits, and gathers what else is new")).to_be_visible()
    eye.look("mail")
    keeper = tablet_of("keller", **THEMES[theme])
    sign_in(keeper, server, MS_KELLER)
    other = Inspector(keeper, every_size=theme == "light")
    keeper.page.goto(f"{server.url}/admin/")
    follow(keeper.page, keeper.page.get_by_role("link", name="Look at mail"))
    other.look("an administrator's mail")
    eye.assert_nothing_found()
    other.assert_nothing_found()
