"""What a browser does not promise is said before it matters."""

from collections.abc import Callable

from playwright.sync_api import expect

from . import seen
from .browsers import Browser
from .people import MR_ORTEGA
from .server import Server
from .tablet import Tablet

FIVE_HOURS_MS = 5 * 3_600_000
PRIVATE_FIREFOX = {"firefox_user_prefs": {"browser.privatebrowsing.autostart": True}}
NO_LOCAL_STORAGE = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('Access is denied', 'SecurityError') }
})"""


def test_a_private_window_is_told_before_the_first_observation(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega", "firefox", **PRIVATE_FIREFOX), server.url)
    tablet.sign_in(MR_ORTEGA)
    expect(tablet.page.get_by_text("This looks like a private window")).to_be_visible()


def test_work_that_waits_for_hours_where_it_may_be_cleared_raises_its_voice(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    tablet.start_visit("Room 9", seen.RUBRIC)
    tablet.wait_until_sent()
    server.kill()
    tablet.note("Saw", "Waiting since the morning")
    tablet.wait_until_waiting()
    expect(page.get_by_text("Work has waited")).to_have_count(0)
    page.add_init_script(
        f"Date.now = ((now) => () => now() + {FIVE_HOURS_MS})(Date.now.bind(Date))"
    )
    tablet.reload()
    expect(page.get_by_text("Work has waited on this tablet for 5 hours")).to_be_visible()
    tablet.open_app("#/tablet")
    expect(tablet.fact("Storage")).to_contain_text("may clear it")
    server.start()


def test_the_app_works_where_local_storage_throws(
    server: Server, tablet_of: Callable[..., Browser], engine: str
) -> None:
    tablet = Tablet(tablet_of("ortega", engine), server.url)
    tablet.page.add_init_script(NO_LOCAL_STORAGE)
    tablet.sign_in(MR_ORTEGA)
    observation = tablet.start_visit("Room 9", seen.RUBRIC)
    tablet.note("Saw", "Kept without local storage")
    tablet.wait_until_sent()
    tablet.open_app(f"#/visit/{observation}")
    assert [words for _, words in tablet.notes_shown()] == ["Kept without local storage"]
