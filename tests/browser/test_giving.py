"""Given, taken back, given again, sent back, given again, released."""

from collections.abc import Callable

from playwright.sync_api import expect

from . import seen
from .browsers import Browser
from .desk import Desk
from .kept import records
from .people import DR_ABARA, MR_ORTEGA
from .server import Server
from .tablet import SENT_WITHIN_MS, Tablet, rubric_called, title_of

REASON = "Please say how many teams you mean in the first note."


def test_an_observation_goes_back_and_forth_and_its_ratings_stay(
    server: Server, tablet_of: Callable[..., Browser], engine: str
) -> None:
    tablet = Tablet(tablet_of("ortega", engine), server.url)
    tablet.sign_in(MR_ORTEGA)
    observation = tablet.start_visit("Room 8", seen.RUBRIC)
    tablet.note("Saw", "Teams compare their answers")
    rubric = rubric_called(seen.RUBRIC)
    tablet.rate(rubric, "TE1", 2)
    tablet.finish_and_give()

    # Taken back before anyone released it, a rating may still change.
    tablet.page.get_by_role("button", name="Take back").click()
    tablet.rate(rubric, "TE1", 3)
    tablet.finish_and_give()
    tablet.wait_until_sent()

    desk = Desk(tablet_of("abara", engine), server.url)
    desk.sign_in(DR_ABARA)
    desk.open_app("#/desk")
    desk.read(observation)
    assert desk.ratings_read(rubric)["TE1"] == "3"
    desk.send_back(REASON)

    tablet.open_app(f"#/visit/{observation}")
    expect(tablet.page.get_by_text(REASON)).to_be_visible(timeout=SENT_WITHIN_MS)
    assert_ratings_are_frozen(tablet, title_of(rubric, "TE1"))
    tablet.change_note("Teams compare their answers", "Four of five teams compare their answers")
    tablet.finish_and_give()
    tablet.wait_until_sent()

    desk.open_app("#/desk")
    desk.read(observation)
    reading = desk.page.locator("observation-reading")
    expect(reading.get_by_text("Four of five teams compare")).to_be_visible()
    expect(desk.page.get_by_text(REASON)).to_be_visible()
    desk.release()
    tablet.wait_until_told(observation, "Released")

    body = next(one for one in records(server, "observation") if one["id"] == observation)
    assert (body["state"], body["ratings"]) == ("released", {"TE1": {"value": 3}})
    reviews = [one for one in records(server, "review") if one["observation"] == observation]
    assert [(one["verb"], one["text"]) for one in reviews] == [("return", REASON)]


def assert_ratings_are_frozen(tablet: Tablet, title: str) -> None:
    tablet.open_indicator(title)
    expect(tablet.page.locator("rating-scale").get_by_role("radio").first).to_be_disabled()
