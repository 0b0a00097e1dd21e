"""The administrator's pages, in a browser."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from .people import SignIn
from .server import Server


def sign_in_to_pages(page: Page, server: Server, person: SignIn) -> None:
    page.goto(f"{server.url}/admin/")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation", name="Administration")).to_be_visible()


def follow(page: Page, target: Locator) -> None:
    """Press what leads to another page, and wait until that is there."""
    with page.expect_navigation():
        target.click()


def end_role(page: Page, server: Server, name: str) -> None:
    """The administrator ends the one role of a person."""
    page.goto(f"{server.url}/admin/")
    follow(page, page.get_by_role("navigation").get_by_role("link", name="People"))
    follow(page, page.get_by_role("link", name=name))
    follow(page, page.get_by_role("button", name="End"))


def look_at_copy(page: Page, server: Server, file: Path) -> None:
    """Hand a saved copy to the server, up to the page that shows what is in it."""
    page.goto(f"{server.url}/rescue/import")
    page.get_by_label("Copy", exact=True).set_input_files(file)
    follow(page, page.get_by_role("button", name="Look at it"))
