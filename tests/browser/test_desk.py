"""The principal's desk: what waits and until when, what changed, several at once, and thanks."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, expect

from . import seen
from .browsers import Browser
from .desk import Desk
from .inspector import Inspector
from .kept import records
from .link import Link
from .pages import follow, sign_in_to_pages
from .people import DR_ABARA, MR_ORTEGA, MS_KELLER
from .server import Server
from .tablet import SENT_WITHIN_MS, Tablet, rubric_called

FIRST = "Great teams compare answers, Ms. Vega helps"
BETTER = "Four of five teams compare their answers"
REASON = "Please say how many teams, and leave the name out."
NOTICED = "Every table had the criteria in the middle."
ROOMS = ("Room 8", "Room 9", "Room 11")


def give(tablet: Tablet, room: str, note: str, level: int = 2) -> str:
    """A visit with one note and one rating, given and on the server."""
    tablet.open_app()
    observation = tablet.start_visit(room, seen.RUBRIC)
    tablet.note("Saw", note)
    tablet.rate(rubric_called(seen.RUBRIC), "TE1", level)
    tablet.finish_and_give()
    tablet.wait_until_sent()
    return observation


def at_desk(tablet_of: Callable[..., Browser], url: str, **options: Any) -> Desk:
    desk = Desk(tablet_of("abara", **options), url)
    desk.sign_in(DR_ABARA)
    desk.open_app("#/desk")
    desk.waiting.first.wait_for(timeout=SENT_WITHIN_MS)
    return desk


def observer(tablet_of: Callable[..., Browser], server: Server) -> Tablet:
    tablet = Tablet(tablet_of("ortega"), server.url)
    tablet.sign_in(MR_ORTEGA)
    return tablet


def turn_to(desk: Desk, state: str) -> None:
    desk.page.locator(".desk-states label", has_text=state).click()


def kept(server: Server, observation: str) -> dict[str, Any]:
    return next(one for one in records(server, "observation") if one["id"] == observation)


def said(desk: Desk) -> Locator:
    return desk.page.locator("said-so-far")


def test_what_went_back_is_read_as_it_was_and_beside_what_came_again(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = observer(tablet_of, server)
    observation = give(tablet, "Room 8", FIRST, level=4)
    desk = at_desk(tablet_of, server.url)
    page = desk.page
    desk.read(observation)
    page.get_by_text("3 things to look at").click()
    page.get_by_role("button", name=re.compile("^Quote it.*looks like a name")).click()
    expect(page.get_by_label("Your comment")).to_have_value(re.compile(f"“{FIRST}”"))
    page.get_by_role("button", name="Add the comment").click()
    expect(said(desk)).to_contain_text(FIRST)
    desk.send_back(REASON)

    turn_to(desk, "Sent back")
    expect(page.locator(f'a.row[href="#/desk/{observation}"]')).to_contain_text("sent back")
    page.locator(f'a.row[href="#/desk/{observation}"]').click()
    expect(page.locator(".reading")).to_contain_text("This is how it was when it went back")
    expect(page.locator("observation-reading")).to_contain_text(FIRST)

    tablet.open_app(f"#/visit/{observation}")
    expect(tablet.page.locator("said-so-far")).to_contain_text(FIRST, timeout=SENT_WITHIN_MS)
    tablet.change_note(FIRST, BETTER)
    tablet.finish_and_give()
    tablet.wait_until_sent()

    desk.open_app("#/desk")
    desk.read(observation)
    history = page.locator("version-history")
    expect(history).to_contain_text("came again. 1 thing is different.")
    history.get_by_text("Before and now").click()
    expect(history.locator(".beside dd")).to_have_text([f"{FIRST} (Saw)", f"{BETTER} (Saw)"])
    history.get_by_role("link", name="As it was given").click()
    expect(page.locator("observation-reading")).to_contain_text(FIRST)
    page.get_by_role("link", name="The newest version").click()
    expect(page.locator("observation-reading")).to_contain_text(BETTER)


def test_several_are_released_at_once_each_as_its_own_change_and_without_a_network(
    server: Server, tablet_of: Callable[..., Browser], link: Link
) -> None:
    tablet = observer(tablet_of, server)
    given = [give(tablet, room, f"Two teams of {room}") for room in ROOMS]
    desk = at_desk(tablet_of, link.url)
    page = desk.page
    expect(desk.waiting).to_have_count(4, timeout=SENT_WITHIN_MS)
    desk.make_ready_for_offline()
    link.down()
    desk.open_desk()
    page.get_by_role("button", name="Choose several").click()
    for row in page.locator(".row-check", has_text="Luis Ortega").all():
        row.click()
    page.get_by_role("link", name="Look at 3").click()
    expect(page.get_by_role("heading", name="Release 3 observations?")).to_be_focused()
    expect(page.locator("bulk-release")).to_contain_text("ratings stay as they are")
    page.get_by_role("button", name="Release 3").click()
    expect(desk.waiting).to_have_count(1)
    desk.wait_until_waiting()
    link.up()
    desk.wait_until_sent()
    for observation in given:
        body = kept(server, observation)
        assert body["state"] == "released"
        assert body["released"]["at"] >= body["given_at"]
    turn_to(desk, "Released")
    page.locator(f'a.row[href="#/desk/{given[0]}"]').click()
    page.get_by_role("button", name="Reopen").click()
    page.get_by_label("Why do you reopen it?").fill("A word is wrong.")
    page.get_by_role("button", name="Reopen").click()
    turn_to(desk, "Reopened")
    expect(page.locator(f'a.row[href="#/desk/{given[0]}"]')).to_be_visible()


def test_the_median_time_to_feedback_stands_there_from_five_answers_on(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = observer(tablet_of, server)
    given = [give(tablet, room, "Two teams") for room in (*ROOMS, "Room 12")]
    desk = at_desk(tablet_of, server.url)
    figure = desk.page.locator(".desk-figure")
    # Of the demo's last week, and it took days.
    expect(figure).to_contain_text("1 answer in the last 30 days")
    for observation in given:
        desk.open_app("#/desk")
        desk.read(observation)
        desk.release()
    desk.open_app("#/desk")
    expect(figure).to_contain_text("less than an hour until observers have feedback")
    expect(figure).to_contain_text("Median of 5 answers")


def test_staff_would_see_number_notes_and_ratings_and_not_when_or_by_whom(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = observer(tablet_of, server)
    observation = give(tablet, "Room 8", BETTER)
    desk = at_desk(tablet_of, server.url)
    desk.read(observation)
    desk.page.get_by_role("link", name="What staff may see").click()
    sheet = desk.page.get_by_role("region", name="Visit 1", exact=True)
    expect(sheet).to_contain_text(BETTER)
    assert "Luis Ortega" not in sheet.inner_text()
    assert not re.search(r"\d\d:\d\d", sheet.inner_text())


def test_thanks_go_to_the_observer_and_to_the_room_of_a_number(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = observer(tablet_of, server)
    observation = give(tablet, "Room 8", BETTER)
    desk = at_desk(tablet_of, server.url)
    desk.read(observation)
    desk.page.get_by_role("button", name="Thank you").click()
    desk.page.get_by_role("button", name="Say thank you").click()
    expect(desk.page.get_by_text("Write first what was noticed.")).to_be_visible()
    desk.page.get_by_label("Begin with a note").select_option(label=BETTER)
    desk.page.get_by_role("button", name="Say thank you").click()
    expect(said(desk)).to_contain_text("Thank you to the observer. We noticed")
    desk.wait_until_sent()

    tablet.open_app(f"#/visit/{observation}")
    expect(tablet.page.locator("said-so-far")).to_contain_text(BETTER, timeout=SENT_WITHIN_MS)
    tablet.page.get_by_role("button", name="Thank the room").click()
    box = tablet.page.get_by_label("In the room we noticed")
    box.fill("so Ms. Vega waits")
    expect(tablet.page.get_by_text("“Ms. Vega” looks like a name")).to_be_visible()
    box.fill(NOTICED)
    tablet.page.get_by_role("button", name="Say thank you").click()
    expect(tablet.page.locator("said-so-far")).to_contain_text(NOTICED)
    tablet.wait_until_sent()
    desk.open_app(f"#/desk/{observation}")
    expect(said(desk)).to_contain_text(NOTICED, timeout=SENT_WITHIN_MS)
    thanks = [(one["to"], one["number"], one["noticed"]) for one in records(server, "thank_you")]
    assert sorted(thanks) == [("observer", 1, BETTER), ("room", 1, NOTICED)]


def test_what_an_administrator_chooses_is_when_feedback_is_due_on_the_desk(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = observer(tablet_of, server)
    give(tablet, "Room 8", BETTER)
    office = tablet_of("keller").page
    sign_in_to_pages(office, server, MS_KELLER)
    expect(office.get_by_label("within two work days")).to_be_checked()
    office.get_by_label("on the same day").check()
    follow(office, office.get_by_role("button", name="Save"))
    expect(office.get_by_role("status")).to_contain_text("Saved")
    desk = at_desk(tablet_of, server.url)
    expect(desk.waiting.filter(has_text="Luis Ortega")).to_contain_text("feedback due today")


def test_a_desk_is_worked_through_by_keys_alone(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = observer(tablet_of, server)
    first, second = (give(tablet, room, BETTER) for room in ROOMS[:2])
    desk = at_desk(tablet_of, server.url, viewport={"width": 1180, "height": 820})
    page, press = desk.page, desk.page.keyboard.press
    mine = desk.waiting.filter(has_text="Luis Ortega")
    expect(mine).to_have_count(2, timeout=SENT_WITHIN_MS)
    press("j")
    press("ArrowDown")
    expect(mine.first).to_be_focused()
    press("k")
    press("j")
    press("o")
    expect(page.get_by_role("heading", name="Visit 1", level=1)).to_be_focused()
    press("c")
    expect(page.get_by_label("Your comment")).to_be_focused()
    page.keyboard.insert_text("rs")
    expect(page.get_by_label("Your comment")).to_have_value("rs")
    page.get_by_role("button", name="Not now").click()
    press("r")
    expect(page.locator(".reading .tag")).to_contain_text("Released")
    press("?")
    expect(page.get_by_role("heading", name="Keys")).to_be_visible()
    press("Escape")
    desk.wait_until_sent()
    assert kept(server, first)["state"] == "released"
    assert kept(server, second)["state"] == "submitted"


def test_the_desk_can_be_used_by_everybody(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = observer(tablet_of, server)
    observation = give(tablet, "Room 8", FIRST, level=4)
    give(tablet, "Room 9", BETTER)
    desk = at_desk(tablet_of, server.url)
    page = desk.page
    eye = Inspector(desk.browser, every_size=True)
    page.get_by_text("Show only some").click()
    eye.look_in_every_theme("desk, filters")
    desk.read(observation)
    page.get_by_text("3 things to look at").click()
    eye.look_in_every_theme("desk, hints")
    page.get_by_role("button", name="Thank you").click()
    eye.look("desk, thank you")
    page.get_by_role("button", name="Not now").click()
    page.get_by_role("link", name="What staff may see").click()
    page.locator("staff-preview h1").wait_for()
    eye.look("desk, what staff may see")
    page.get_by_role("link", name="The whole observation").click()
    desk.send_back(REASON)
    tablet.open_app(f"#/visit/{observation}")
    tablet.page.get_by_text(REASON).first.wait_for(timeout=SENT_WITHIN_MS)
    tablet.change_note(FIRST, BETTER)
    tablet.finish_and_give()
    tablet.wait_until_sent()
    desk.open_app("#/desk")
    desk.read(observation)
    page.locator("version-history").get_by_text("Before and now").click()
    eye.look_in_every_theme("desk, before and now")
    desk.open_app("#/desk")
    page.get_by_role("button", name="Choose several").click()
    page.get_by_role("button", name="Choose all").click()
    eye.look("desk, choosing")
    page.get_by_role("link", name=re.compile("Look at")).click()
    page.locator("bulk-release h1").wait_for()
    eye.look_in_every_theme("desk, several")
    eye.assert_nothing_found()
