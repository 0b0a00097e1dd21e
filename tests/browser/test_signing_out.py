"""Who is signed in is known without a network, and nobody leaves unsent work behind."""

from collections.abc import Callable

from playwright.sync_api import expect

from . import seen
from .browsers import Browser
from .people import MR_ORTEGA, MS_STONE
from .server import Server
from .tablet import Tablet


def test_signing_out_waits_until_the_work_is_on_the_server(
    server: Server, tablet_of: Callable[..., Browser], engine: str
) -> None:
    tablet = Tablet(tablet_of("ortega", engine), server.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    server.kill()
    tablet.start_visit("Room 14", seen.RUBRIC)
    tablet.note("Heard", "“We need one more source.”")
    tablet.wait_until_saved()

    tablet.open_app("#/tablet")
    expect(page.get_by_text("Luis Ortega")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("Some work is not on the server yet.")).to_be_visible()
    page.get_by_role("button", name="Stay signed in").click()

    server.start()
    tablet.open_app("#/tablet")
    tablet.wait_until_sent()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password")).to_be_visible()
    tablet.open_app("#/")
    expect(page.get_by_label("Email")).to_have_value("")


def test_the_next_person_sees_nothing_of_the_one_before(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("shared"), server.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    observation = tablet.start_visit("Room 14", seen.RUBRIC)
    tablet.note("Heard", "“We need one more source.”")
    tablet.open_app("#/tablet")
    tablet.wait_until_sent()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password")).to_be_visible()

    tablet.sign_in(MS_STONE)
    tablet.open_app(f"#/visit/{observation}")
    expect(page.get_by_text("one more source")).to_have_count(0)
    expect(page.get_by_text("Luis Ortega")).to_have_count(0)
