"""What the server does not take stays on the tablet, with its reason and a way on."""

from collections.abc import Callable

from playwright.sync_api import expect

from . import axe, seen
from .browsers import Browser
from .desk import Desk
from .kept import records
from .link import Link
from .people import DR_ABARA, MR_ORTEGA
from .server import Server
from .tablet import SENT_WITHIN_MS, Tablet

TOO_LATE = "Five of six students could say why"


def test_what_was_taken_back_too_late_needs_its_person_and_is_not_lost(
    server: Server, link: Link, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), link.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    observation = tablet.start_visit("Room 14", seen.RUBRIC)
    tablet.note("Heard", "Students read the question aloud")
    tablet.finish_and_give()
    tablet.wait_until_sent()
    link.down()

    desk = Desk(tablet_of("abara"), server.url)
    desk.sign_in(DR_ABARA)
    desk.open_app("#/desk")
    desk.read(observation)
    desk.release()

    # He knows nothing of it: there is no network where he stands.
    page = tablet.page
    page.get_by_role("button", name="Take back").click()
    tablet.note("Said", TOO_LATE)
    link.up()
    page.get_by_role("link", name="need you").click(timeout=SENT_WITHIN_MS)
    expect(page.get_by_role("heading", name="Needs you")).to_be_visible()
    page.get_by_text("What was in it").click()
    expect(page.get_by_text(TOO_LATE)).to_be_visible()
    assert axe.faults(tablet.browser) == [] and axe.small_targets(page) == []

    (kept,) = [one for one in records(server, "observation") if one["id"] == observation]
    assert kept["state"] == "released" and TOO_LATE not in str(kept)
    page.get_by_role("button", name="Put away").last.click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text(TOO_LATE)).to_be_attached()
