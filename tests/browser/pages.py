"""The administrator's pages, in a browser."""

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
