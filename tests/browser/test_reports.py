"""Reports in a browser: read by who leads the district and at a school's desk, on every screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .browsers import Browser
from .inspector import THEMES, Inspector, is_looked_at
from .pages import follow
from .people import DR_ABARA, MS_ELLIS, SignIn
from .server import Server


def read_reports(page: Page, server: Server, person: SignIn) -> None:
    page.goto(f"{server.url}/reports/")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    follow(page, page.get_by_role("button", name="Sign in"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Report on learning walks")


@pytest.mark.parametrize("theme", THEMES)
def test_what_reports_look_like(
    server: Server, tablet_of: Callable[..., Browser], theme: str
) -> None:
    if not is_looked_at(theme):
        pytest.skip("looked at by make test-all")
    server.command("demo", "--with-year")
    browser = tablet_of("ellis", **THEMES[theme])
    page = browser.page
    eye = Inspector(browser, every_size=theme == "light")
    read_reports(page, server, MS_ELLIS)
    eye.look("reports of the district")
    page.get_by_label("Trend by").select_option("Month")
    follow(page, page.get_by_role("button", name="Show"))
    eye.look("reports by month")
    eye.assert_nothing_found()


def test_the_desk_goes_from_a_walk_to_one_of_its_visits(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    server.command("demo", "--with-year")
    browser = tablet_of("abara")
    page = browser.page
    eye = Inspector(browser, every_size=True)
    read_reports(page, server, DR_ABARA)
    expect(page.get_by_text("so small numbers are shown on this page too")).to_be_visible()
    page.get_by_label("Walk", exact=True).select_option(index=1)
    follow(page, page.get_by_role("button", name="Show"))
    eye.look("a walk")
    follow(page, page.get_by_role("link", name="Visit 1", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Visit 1")
    eye.look("a visit")
    eye.assert_nothing_found()


def test_files_come_with_what_was_asked_for(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    server.command("demo", "--with-year")
    page = tablet_of("ellis").page
    read_reports(page, server, MS_ELLIS)
    page.get_by_label("School", exact=True).select_option("Mill Creek Middle")
    follow(page, page.get_by_role("button", name="Show"))
    for kind in ("PDF", "Excel", "CSV"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=kind).click()
        assert waiting.value.suggested_filename.startswith("walk-report-")
    words = waiting.value.path().read_text("utf-8-sig")
    assert "School,Mill Creek Middle" in words and "Heron Lake" not in words
