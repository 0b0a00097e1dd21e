"""Three observers after the rooms: hall work, what they agree on, the board, one page."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, expect

from . import axe, seen
from .browsers import Browser
from .inspector import THEMES, Inspector, is_looked_at
from .people import MR_ORTEGA, MS_WHITFIELD
from .server import Server
from .tablet import SENT_WITHIN_MS, Tablet, rubric_called, title_of
from .test_doubles import option
from .test_together import QUESTION, RATED, give, name_of, plan, team, write

__all__ = ["team"]

PAIRS, WAITS, DRAWING = (
    "Pairs argue over the first step.",
    "Two of four pairs wait for the teacher.",
    "One pair shows its drawing.",
)
HALL = "A student asked another one why."
WONDER = "Who decides when an answer is whole?"
PATTERN = "Students ask each other for reasons"
STEP = "Try one task together that asks for a reason."
SEEN = "Two teams tried it on Tuesday; five students asked why."
IN_A_WEEK = (date.today() + timedelta(days=7)).isoformat()
# Over in whatever time zone the tablet is.
DAY_BEFORE = (date.today() - timedelta(days=2)).isoformat()
INDICATOR = title_of(rubric_called(seen.RUBRIC), RATED)


class Board:
    """What people do on the board of a debrief."""

    def __init__(self, tablet: Tablet, walk: str) -> None:
        self.tablet, self.page, self.walk = tablet, tablet.page, walk

    def open(self) -> None:
        self.tablet.open_app(f"#/debrief/{self.walk}")
        self.page.get_by_role("heading", name="The board").wait_for()

    def cluster(self, title: str) -> Locator:
        return self.page.get_by_role("group", name=title, exact=True)

    def card(self, text: str) -> Locator:
        return self.page.locator("[data-card]", has_text=text)

    def name(self, title: str) -> None:
        self.page.get_by_label("Name a cluster").fill(title)
        self.page.get_by_role("button", name="Add the cluster").click()
        expect(self.cluster(title)).to_be_visible()

    def lift(self, text: str) -> None:
        put_up = self.page.get_by_role("button", name=re.compile(f"^Put up.*{re.escape(text)}"))
        notes = self.page.locator("details", has_text="Put up notes of the visits").first
        if notes.get_attribute("open") is None:
            notes.locator("summary").first.click()
        put_up.click()
        expect(self.card(text)).to_be_visible()
        expect(put_up).to_be_hidden()

    def move(self, text: str, to: str) -> None:
        self.card(text).get_by_role("button", name="Move").click()
        self.page.get_by_label("Where does it belong?").select_option(label=to)
        expect(self.cluster(to).locator("[data-card]", has_text=text)).to_be_visible()

    def focus_on(self, title: str) -> None:
        offer = re.compile(f"^Focus area.*{re.escape(title)}")
        self.page.get_by_role("button", name=offer).click()
        areas = self.page.get_by_role("region", name="Focus areas")
        expect(areas.get_by_text(title)).to_be_visible()

    def add_step(self, text: str, owner: str) -> None:
        self.page.get_by_label("What will be done?").fill(text)
        self.page.get_by_label("By whom?").select_option(label=owner)
        self.page.get_by_label("Until when?").fill(IN_A_WEEK)
        self.page.get_by_role("button", name="Add the step").click()
        expect(self.page.locator("step-said", has_text=text)).to_be_visible()

    def close(self) -> None:
        self.page.get_by_role("button", name="Close the debrief").click()
        expect(self.page.get_by_text("Debriefed today.")).to_be_visible()


def keep_card(tablet: Tablet, sort: str, text: str) -> None:
    page = tablet.page
    page.get_by_role("group", name="What kind of card?").get_by_text(sort).click()
    page.get_by_role("textbox", name=sort).fill(text)
    page.get_by_role("button", name="Keep the card").click()
    expect(page.locator(".card", has_text=text)).to_be_visible()


def hall_work(tablet: Tablet, walk: str) -> None:
    page = tablet.page
    tablet.open_app(f"#/walk/{walk}")
    page.get_by_role("link", name="Hall work").click()
    page.get_by_role("button", name="Begin the silence").click()
    expect(page.get_by_role("timer")).to_contain_text("left")
    expect(page.get_by_text(WAITS)).to_be_visible()
    page.get_by_role("button", name="Go on to the cards").click()
    page.get_by_role("textbox", name="I notice").fill("A great discussion.")
    expect(page.get_by_text("“great” judges.")).to_be_visible()
    keep_card(tablet, "I notice", HALL)
    keep_card(tablet, "I wonder", WONDER)
    assert page.locator(".mark").count() == 0
    assert PAIRS not in page.locator("main").inner_text()


def agree(tablet: Tablet, walk: str) -> Locator:
    """At the indicator, side by side."""
    tablet.open_app(f"#/walk/{walk}")
    link = tablet.page.get_by_role("link", name="Side by side")
    expect(link).to_be_visible(timeout=SENT_WITHIN_MS)
    link.click()
    found = tablet.page.locator(f"[data-indicator={RATED}]")
    expect(found.locator(".side-by-side > li")).to_have_count(3)
    return found


def fetch(*tablets: Tablet) -> None:
    for tablet in tablets:
        tablet.open_app("#/tablet")
        tablet.page.get_by_role("button", name="Send and fetch now").click()
        tablet.wait_until_sent()


def visit_together(server: Server, tablets: dict[str, Tablet]) -> str:
    """Everybody has been in the room, two with no network; the coach kept two cards in the hall."""
    lead, coach, principal = tablets.values()
    walk = plan(lead)
    for tablet in (coach, principal):
        tablet.open_app("#/")
        expect(tablet.page.get_by_text(QUESTION)).to_be_visible(timeout=SENT_WITHIN_MS)
    for tablet in tablets.values():
        tablet.make_ready_for_offline()
    server.stop()
    write(lead, walk, PAIRS, 3)
    write(coach, walk, WAITS, 2)
    hall_work(coach, walk)
    write(principal, walk, DRAWING, 3)
    server.start()
    for tablet in tablets.values():
        tablet.open_app(f"#/walk/{walk}")
        tablet.page.get_by_role("link", name=re.compile("^Open")).first.click()
        tablet.parts.wait_for()
        give(tablet)
        tablet.wait_until_sent()
    return walk


def test_three_of_a_team_agree_debrief_without_a_network_and_one_says_what_was_done(
    server: Server, team: dict[str, Tablet]
) -> None:
    lead, coach, principal = team.values()
    walk = visit_together(server, team)

    at_leads = agree(lead, walk)
    at_leads.get_by_role("group", name="We agree on").get_by_text("3 ").click()
    expect(at_leads).to_contain_text("Yes: You. Not said yet:")
    lead.wait_until_sent()
    for tablet in (coach, principal):
        found = agree(tablet, walk)
        expect(found).to_contain_text("Proposed: 3", timeout=SENT_WITHIN_MS)
        found.get_by_role("button", name="Yes, I agree").click()
        tablet.wait_until_sent()
    expect(found).to_contain_text("We agree on: 3")
    marks = found.locator(".side-by-side .mark")
    assert [marks.nth(n).get_attribute("data-value") for n in range(3)].count("2") == 1

    fetch(lead, coach)
    server.stop()
    board, other = Board(lead, walk), Board(coach, walk)
    board.open()
    board.lift(PAIRS)
    board.lift(DRAWING)
    board.name(PATTERN)
    board.move(HALL, PATTERN)
    for words in (PAIRS, DRAWING):
        board.move(words, INDICATOR)
    board.focus_on(PATTERN)
    board.add_step(STEP, name_of(MS_WHITFIELD))
    other.open()
    other.lift(WAITS)
    other.move(WAITS, INDICATOR)
    other.focus_on(INDICATOR)
    server.start()
    fetch(lead, coach, lead)

    board.open()
    expect(board.cluster(PATTERN)).to_contain_text("Seen in one room · 1 of 1 room")
    expect(board.cluster(INDICATOR).locator("[data-card]")).to_have_count(3)
    areas = lead.page.get_by_role("region", name="Focus areas").get_by_role("listitem")
    expect(areas).to_have_count(1)
    assert not axe.faults(lead.browser)
    board.close()
    look_at_the_page(lead)
    fetch(lead)

    say_what_was_done(coach)
    fetch(coach, lead)
    board.open()
    step = lead.page.locator("step-said", has_text=STEP)
    expect(step).to_contain_text(SEEN)
    expect(step).to_contain_text("done")


def look_at_the_page(tablet: Tablet) -> None:
    page = tablet.page
    page.get_by_role("link", name="See it on one page").click()
    page.get_by_role("button", name="Print, or save as PDF").wait_for()
    said = page.locator(".one-page").inner_text()
    for words in (QUESTION, PATTERN, HALL, PAIRS, WAITS, DRAWING, WONDER, STEP):
        assert words in said
    # Of people, only who has a step in hand.
    assert said.count(name_of(MS_WHITFIELD)) == 1 and name_of(MR_ORTEGA) not in said
    assert not axe.faults(tablet.browser)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print, or save as PDF")).to_be_hidden()
    pages = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True, tagged=True))
    assert len(pages) == 1
    page.emulate_media(media="screen")


def say_what_was_done(tablet: Tablet) -> None:
    page = tablet.page
    tablet.open_app("#/")
    step = page.get_by_role("region", name="Your next steps")
    expect(step).to_contain_text(STEP, timeout=SENT_WITHIN_MS)
    assert not axe.faults(tablet.browser)
    step.get_by_role("button", name=re.compile("^Say what was done")).click()
    step.get_by_role("button", name="It is done").click()
    expect(step.get_by_text("Write a line first")).to_be_visible()
    step.get_by_label("What was seen of it?").fill(SEEN)
    step.get_by_role("button", name="It is done").click()
    expect(step).to_be_hidden()


def test_a_walk_whose_day_is_over_looks_unfinished_until_its_debrief_is_closed(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    tablet.sign_in(MR_ORTEGA)
    page = tablet.page
    walk = plan_of_before(tablet)
    tablet.open_app("#/")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    assert page.get_by_text("No debrief yet").count() == 0
    write(tablet, walk, PAIRS, 3)
    tablet.open_app(f"#/walk/{walk}")
    expect(page.get_by_text("No debrief yet")).to_be_visible()
    tablet.open_app("#/")
    unfinished = page.get_by_role("region", name="Unfinished walks")
    unfinished.get_by_role("link", name="No debrief yet").click()
    board = Board(tablet, walk)
    page.get_by_role("heading", name="The board").wait_for()
    expect(page.get_by_text("at least one focus area")).to_be_visible()
    board.name(PATTERN)
    board.focus_on(PATTERN)
    board.close()
    tablet.open_app("#/")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    expect(unfinished).to_be_hidden()


def plan_of_before(tablet: Tablet) -> str:
    page = tablet.page
    tablet.open_app("#/plan")
    page.get_by_label("Focus question").fill(QUESTION)
    page.get_by_label("Problem of practice").fill("Teachers talk for most of the lesson.")
    page.get_by_label("Day").fill(DAY_BEFORE)
    page.get_by_label("Rubric").select_option(label=seen.RUBRIC)
    page.get_by_label("Add a room").select_option(label=option(tablet, "Add a room", "Room 9"))
    page.get_by_role("button", name="Save the walk").click()
    page.get_by_role("heading", name="Stops", exact=True).wait_for()
    return str(page.evaluate("location.hash")).split("/")[2]


def test_the_silence_ends_by_itself(server: Server, tablet_of: Callable[..., Browser]) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    tablet.sign_in(MR_ORTEGA)
    page = tablet.page
    walk = plan(tablet)
    write(tablet, walk, PAIRS, 3)
    page.clock.install()
    tablet.open_app(f"#/walk/{walk}")
    page.get_by_role("link", name="Hall work").click()
    page.get_by_role("button", name="Begin the silence").click()
    page.clock.run_for(60_000)
    expect(page.get_by_role("timer")).to_contain_text(re.compile("^(1:00|0:59) left"))
    page.clock.run_for(61_000)
    expect(page.get_by_role("textbox", name="I notice")).to_be_focused()


@pytest.mark.parametrize("theme", THEMES)
def test_every_screen_after_the_rooms_can_be_read_and_hit(
    server: Server, tablet_of: Callable[..., Browser], theme: str
) -> None:
    if not is_looked_at(theme):
        pytest.skip("looked at by make test-all")
    tablet = Tablet(tablet_of("ortega", **THEMES[theme]), server.url)
    tablet.sign_in(MR_ORTEGA)
    eye = Inspector(tablet.browser, every_size=theme == "light")
    page = tablet.page
    walk = plan(tablet)
    write(tablet, walk, PAIRS, 3)
    tablet.open_app(f"#/walk/{walk}")
    page.get_by_role("link", name="Hall work").click()
    page.get_by_role("button", name="Begin the silence").click()
    eye.look("hall work, silent")
    page.get_by_role("button", name="Go on to the cards").click()
    keep_card(tablet, "I notice", HALL)
    keep_card(tablet, "I wonder", WONDER)
    eye.look("hall work, cards")
    board = Board(tablet, walk)
    board.open()
    board.name(PATTERN)
    board.move(HALL, PATTERN)
    board.focus_on(PATTERN)
    board.add_step(STEP, name_of(MR_ORTEGA))
    board.card(WONDER).get_by_role("button", name="Move").click()
    eye.look("debrief")
    board.close()
    page.get_by_role("link", name="See it on one page").click()
    page.get_by_role("button", name="Print, or save as PDF").wait_for()
    eye.look("debrief on one page")
    tablet.open_app("#/")
    own = page.get_by_role("region", name="Your next steps")
    own.get_by_role("button", name=re.compile("^Say what was done")).click()
    eye.look("today, a step being closed")
    eye.assert_nothing_found()
