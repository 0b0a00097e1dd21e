"""A network that fails in every way a school's network does."""

from collections.abc import Callable

from playwright.sync_api import expect

from . import seen
from .browsers import Browser
from .kept import changes_to, records, wait_for
from .link import Link
from .people import MR_ORTEGA
from .server import Server
from .tablet import Tablet, rubric_called

ROOM = "Room 9"
FEW = {"TE1": 3, "SA2": "not_observed"}


def observe_a_little(tablet: Tablet) -> str:
    observation = tablet.start_visit(ROOM, seen.RUBRIC)
    tablet.note("Saw", "Two of three teams use the criteria")
    tablet.rate_all(rubric_called(seen.RUBRIC), {}, FEW)
    tablet.wait_until_saved()
    return observation


def test_answers_that_never_arrive_make_nothing_twice(
    server: Server, link: Link, tablet_of: Callable[..., Browser], engine: str
) -> None:
    before = {kind: len(records(server, kind)) for kind in ("observation", "visit", "visit_room")}
    tablet = Tablet(tablet_of("ortega", engine), link.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    # Whoever was never answered first asks whether anybody is there, and hands over nothing.
    tablet.go_to("This tablet")
    expect(tablet.fact("Last reached the server")).not_to_have_text("not yet")
    tablet.go_to("Today")

    link.lose_answers()
    observation = observe_a_little(tablet)
    tablet.finish_and_give()
    # The server has done the work, more than once over; the tablet does not know.
    wait_for(lambda: bool(changes_to(server, observation)) and link.lost >= 2)
    tablet.wait_until_waiting()

    link.down()
    tablet.browser.kill_and_reopen()
    link.lose_answers(False)
    link.up()
    tablet.open_app()
    sign_in_again_if_asked(tablet)
    tablet.wait_until_sent()

    for kind, count in before.items():
        assert len(records(server, kind)) == count + 1, f"one more {kind}, and only one"
    body = next(one for one in records(server, "observation") if one["id"] == observation)
    assert (body["state"], body["ratings"]) == ("submitted", seen.as_kept(FEW))
    assert len(body["evidence"]) == 1


def test_a_dead_uplink_is_told_and_changes_nothing_else(
    link: Link, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), link.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    link.down()
    observe_a_little(tablet)
    assert tablet.page.evaluate("navigator.onLine") is True
    tablet.wait_until_waiting()
    expect(tablet.status).to_contain_text("no network", timeout=30_000)
    link.up()
    tablet.open_app()
    tablet.wait_until_sent()


def test_a_lost_sign_in_keeps_the_work_until_the_person_signs_in_again(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    assert tablet.browser.context is not None
    tablet.browser.context.clear_cookies()
    observation = observe_a_little(tablet)
    expect(tablet.status).to_contain_text("sign in to send", timeout=30_000)

    tablet.open_app("#/tablet")
    sign_in_again_if_asked(tablet)
    tablet.wait_until_sent()
    body = next(one for one in records(server, "observation") if one["id"] == observation)
    assert body["ratings"] == seen.as_kept(FEW)


def sign_in_again_if_asked(tablet: Tablet) -> None:
    """A browser killed within half a minute of signing in may have forgotten its cookie."""
    tablet.open_app("#/tablet")
    asked = tablet.page.get_by_text("sign in again")
    safe = tablet.page.get_by_text("Safe to put this tablet away")
    expect(asked.or_(safe)).to_be_visible(timeout=30_000)
    if asked.is_visible():
        tablet.page.get_by_role("link", name="Sign in").click()
        tablet.page.get_by_label("Password").fill(MR_ORTEGA.password)
        tablet.page.get_by_role("button", name="Sign in").click()
        tablet.screens.wait_for()
