"""What the tablet says of itself: what is on the server, what waits and why, when it is safe."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from . import axe, seen
from .browsers import Browser
from .cameras import camera_picture
from .kept import records
from .link import Link
from .people import MR_ORTEGA
from .server import Server
from .tablet import SENT_WITHIN_MS
from .test_photos import Photographer

ROOM = "Room 12"
PHONE = {"width": 320, "height": 568}
TWICE_THE_TEXT = "document.documentElement.style.fontSize = '200%'"


def own_observations(server: Server) -> int:
    me = next(one["id"] for one in records(server, "person") if one["name"] == "Luis Ortega")
    return len([one for one in records(server, "observation") if one["observer"] == me])


def test_it_counts_truly_says_why_and_is_green_only_when_all_is_there(
    server: Server, link: Link, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Photographer(tablet_of("ortega"), link.url)
    page = tablet.page
    sentence = page.locator(".safe-sentence")
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    link.down()
    tablet.start_visit(ROOM, seen.RUBRIC)
    tablet.note("Saw", "Two of three teams use the criteria")
    tablet.take(camera_picture())
    tablet.wait_until_waiting()

    tablet.open_app("#/tablet")
    expect(sentence).to_have_attribute("data-tone", "waiting")
    expect(sentence).to_contain_text("Not everything is on the server yet.")
    reasons = page.locator(".reasons")
    expect(reasons).to_contain_text(re.compile(r"\d changes and 1 photo are on this tablet only"))
    expect(reasons).to_contain_text("There is no network", timeout=SENT_WITHIN_MS)
    expect(tablet.fact("Photos of this tablet on the server")).to_have_text("0 of 1")
    expect(tablet.fact("Space")).to_contain_text("MB used")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("Some work is not on the server yet.")).to_be_visible()
    assert_fits(tablet)

    link.up()
    tablet.open_app("#/tablet")
    expect(sentence).to_have_attribute("data-tone", "quiet", timeout=SENT_WITHIN_MS)
    count = own_observations(server)
    there = rf"^{count} of {count} observations? and 1 of 1 photo are on the server, \d\d:\d\d\."
    expect(sentence).to_have_text(re.compile(there + " Safe to put this tablet away.$"))
    expect(tablet.fact("Photos of this tablet on the server")).to_have_text("1 of 1")
    assert_fits(tablet)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password")).to_be_visible()


def test_the_visit_with_photos_can_be_used_by_everybody(
    link: Link, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Photographer(tablet_of("ortega"), link.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.start_visit(ROOM, seen.RUBRIC)
    tablet.pick(camera_picture())
    tablet.page.get_by_role("heading", name="Look at the photo").wait_for()
    assert_fits(tablet)
    tablet.page.get_by_role("button", name="No student’s face can be recognised").click()
    expect(tablet.photos).to_have_count(1)
    assert_fits(tablet)
    tablet.page.get_by_role("button", name="Look at it large").click()
    expect(tablet.page.get_by_role("button", name="Close")).to_be_visible()
    assert_fits(tablet)


def assert_fits(tablet: Photographer) -> None:
    """Nothing for axe to find; nothing sideways and every target whole, small and at 200 %."""
    page, usual = tablet.page, tablet.page.viewport_size
    faults = [f"{one['id']}: {one['nodes']}" for one in axe.faults(tablet.browser)]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    faults += [*axe.wider_than_the_screen(page), *axe.small_targets(page)]
    page.evaluate(TWICE_THE_TEXT)
    faults += axe.wider_than_the_screen(page)
    page.evaluate("document.documentElement.style.fontSize = ''")
    assert usual is not None
    page.set_viewport_size(usual)
    assert not faults, faults
