"""A walk is planned on a tablet: its questions, rooms and times; and is it ready for offline?"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Locator, Page, expect

from walkapp.demo.people import PEOPLE

from . import axe, seen
from .browsers import Browser
from .kept import records
from .pages import follow, sign_in_to_pages
from .people import MR_ORTEGA, MS_KELLER, MS_WHITFIELD
from .server import Server
from .tablet import SENT_WITHIN_MS, Tablet
from .test_together import name_of

QUESTION = "Who does the thinking?"
PROBLEM = "Teachers talk for most of the lesson; students wait."
LOOK_FORS = "Students ask each other why.\nThe criteria are on the table."
DAY = "2027-03-15"  # a Monday
NINE = datetime(2027, 3, 15, 13, 0, tzinfo=UTC)  # in New York, a day after the clocks changed
STAY, BETWEEN = 12, 5
TIMES = ["09:00", "09:17", "09:34"]
FORGET_APP = "caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))"
# The record as the browser might lose it, without a word.
FORGET = """async (ids) => {
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done) => (indexedDB.open(name).onsuccess = (event) => done(event.target.result)))
    if (db.objectStoreNames.contains('docs')) {
      const t = db.transaction(['docs', 'rows'], 'readwrite')
      for (const id of ids) for (const kept of ['docs', 'rows']) t.objectStore(kept).delete(id)
      await new Promise((done) => (t.oncomplete = done))
    }
    db.close()
  }
}"""  # noqa: E501


@pytest.fixture
def ortega(server: Server, tablet_of: Callable[..., Browser]) -> Tablet:
    tablet = Tablet(tablet_of("ortega", accept_downloads=True), server.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    return tablet


def write_plan(page: Page, day: str = DAY) -> None:
    page.get_by_label("Focus question").fill(QUESTION)
    page.get_by_label("Problem of practice").fill(PROBLEM)
    page.get_by_label("Look for").fill(LOOK_FORS)
    page.get_by_label("Day", exact=True).fill(day)
    page.get_by_label("Rubric").select_option(label=seen.RUBRIC)


def propose(page: Page, count: int) -> None:
    page.get_by_label("How many rooms?").fill(str(count))
    page.get_by_role("button", name="Propose rooms").click()


def save(page: Page) -> str:
    page.get_by_role("button", name="Save the walk").click()
    page.get_by_role("heading", name="Stops", exact=True).wait_for()
    return str(page.evaluate("location.hash")).split("/")[2]


def stops(page: Page) -> Locator:
    return page.locator("li.stop")


def rooms_of(page: Page) -> list[str]:
    # What is out of sight has no inner text.
    return re.findall(r"Room \d+", " ".join(stops(page).all_text_contents()))


def expect_times(page: Page) -> None:
    for place, time in enumerate(TIMES):
        expect(stops(page).nth(place)).to_contain_text(time)


def test_a_walk_needs_its_question_and_its_problem(ortega: Tablet) -> None:
    page = ortega.page
    ortega.open_app("#/plan")
    page.get_by_role("button", name="Save the walk").click()
    expect(page.get_by_label("Focus question")).to_be_focused()
    expect(page.get_by_text("Write the focus question")).to_be_visible()
    page.get_by_label("Focus question").fill(QUESTION)
    page.get_by_role("button", name="Save the walk").click()
    expect(page.get_by_label("Problem of practice")).to_be_focused()
    page.get_by_label("Minutes in each room").fill("0")
    page.get_by_label("Problem of practice").fill(PROBLEM)
    page.get_by_role("button", name="Save the walk").click()
    expect(page.get_by_text("A whole number from 1 to 180.")).to_be_visible()
    assert not axe.faults(ortega.browser)
    page.get_by_label("Minutes in each room").fill("10")
    save(page)
    expect(page.get_by_text(PROBLEM)).to_be_visible()


def test_rooms_and_times_are_proposed_and_every_visit_takes_over_what_was_planned(
    server: Server, ortega: Tablet
) -> None:
    page = ortega.page
    server.stop()
    ortega.open_app("#/plan")
    write_plan(page)
    page.get_by_label("Short form").check()
    page.get_by_label("First stop at").fill("09:00")
    page.get_by_label("Minutes in each room").fill(str(STAY))
    page.get_by_label("Minutes between rooms").fill(str(BETWEEN))
    propose(page, 3)
    expect(stops(page)).to_have_count(3)
    expect(stops(page).first).to_contain_text("not visited yet")
    proposed = rooms_of(page)
    assert len({*proposed}) == 3
    expect_times(page)
    assert not axe.faults(ortega.browser)
    page.get_by_role("button", name=f"Move {proposed[0]} down").click()
    assert rooms_of(page) == [proposed[1], proposed[0], proposed[2]]
    expect_times(page)

    walk = save(page)
    expect(page.get_by_text("Short form · 12 minutes in each room")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="The criteria are on")).to_be_visible()
    expect_times(page)
    page.get_by_role("button", name=f"Move {proposed[1]} down").click()
    expect(stops(page).first).to_contain_text(proposed[0])
    expect_times(page)
    assert not axe.faults(ortega.browser)

    page.get_by_role("button", name="Start visit 2").click()
    ortega.parts.wait_for()
    expect(page.locator("visit-ring")).to_contain_text("of about 12")
    page.get_by_text("Look for", exact=True).click()
    expect(page.get_by_text("Students ask each other why.")).to_be_visible()
    ortega.turn_to("Indicators")
    expect(page.locator("a.indicator-row")).to_have_count(8)
    # Once somebody has begun, a stop that moves keeps its time.
    ortega.open_app(f"#/walk/{walk}")
    page.get_by_role("button", name=f"Move {proposed[1]} down").click()
    expect(stops(page).last).to_contain_text(TIMES[1])

    server.start()
    ortega.wait_until_sent()
    begun = next(one for one in records(server, "observation") if one["walk"] == walk)
    assert (begun["form"], begun["minutes"]) == ("short", STAY)
    planned = sorted(one["planned_at"] for one in records(server, "visit") if one["walk"] == walk)
    steps = [moment - int(NINE.timestamp() * 1000) for moment in planned]
    assert [step // 60_000 for step in steps] == [0, 17, 34]


def test_the_calendar_file_holds_the_walk_and_a_room_only_when_the_lead_wants_it(
    ortega: Tablet, tmp_path: Path
) -> None:
    page = ortega.page
    ortega.open_app("#/plan")
    write_plan(page)
    page.get_by_label("Name of the walk").fill("Walk; with, signs \\ and 数学" * 4)
    page.get_by_label("First stop at").fill("09:00")
    propose(page, 2)
    expect(stops(page)).to_have_count(2)
    rooms = rooms_of(page)
    page.get_by_label(name_of(MS_WHITFIELD)).check()
    walk = save(page)
    page.get_by_text("Put it in a calendar").click()
    assert not axe.faults(ortega.browser)
    plain = downloaded(page, tmp_path)
    page.get_by_label("With the rooms").check()
    open_to_all = downloaded(page, tmp_path)

    assert (str(plain["UID"]), str(plain["SUMMARY"])) == (walk, "Walk; with, signs \\ and 数学" * 4)
    assert plain["DTSTART"].dt == NINE
    assert (plain["DTEND"].dt - NINE).seconds == (12 + 5 + 12) * 60
    described = str(plain["DESCRIPTION"])
    assert QUESTION in described and PROBLEM in described and LOOK_FORS in described
    assert "09:00 · Visit 1\n09:17 · Visit 2" in described
    assert not [room for room in rooms if room in described]
    assert not [one.name for one in PEOPLE if one.name in plain.to_ical().decode()]
    assert all(room in str(open_to_all["DESCRIPTION"]) for room in rooms)


def downloaded(page: Page, folder: Path) -> icalendar.Event:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Calendar file").click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.name == f"walk-{DAY}.ics"
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    [event] = calendar.walk("VEVENT")
    assert not calendar.errors and not event.errors
    return event


def test_a_day_without_visits_is_said_and_asked_and_never_forbidden(
    server: Server, ortega: Tablet, tablet_of: Callable[..., Browser]
) -> None:
    page = ortega.page
    ask_for_no_visits(tablet_of("keller"), server)
    ortega.go_to("This tablet")
    page.get_by_role("button", name="Send and fetch now").click()
    ortega.open_app("#/plan")
    write_plan(page)
    asked = page.get_by_text("Heron Lake Elementary asks for no visits on this day")
    expect(asked).to_contain_text("State tests", timeout=SENT_WITHIN_MS)
    propose(page, 3)
    expect(page.locator("[data-said]")).to_have_text("No more rooms to propose.")
    expect(stops(page)).to_have_count(0)
    page.get_by_role("button", name="Save the walk").click()
    expect(page.get_by_label("Plan it on this day all the same")).to_be_focused()
    assert not axe.faults(ortega.browser)
    page.get_by_label("Day", exact=True).fill("2027-03-16")
    expect(asked).to_have_count(0)
    propose(page, 3)
    expect(stops(page)).to_have_count(3)
    page.get_by_label("Day", exact=True).fill(DAY)
    page.get_by_label("Plan it on this day all the same").check()
    save(page)
    expect(stops(page)).to_have_count(3)


def ask_for_no_visits(desk: Browser, server: Server) -> None:
    page = desk.page
    sign_in_to_pages(page, server, MS_KELLER)
    follow(page, page.get_by_role("navigation").get_by_role("link", name="Schools"))
    follow(page, page.get_by_role("link", name="Heron Lake Elementary"))
    page.get_by_label("From").fill(DAY)
    page.get_by_label("Why").fill("State tests")
    follow(page, page.get_by_role("button", name="Add days without visits"))
    expect(page.get_by_role("cell", name="State tests")).to_be_visible()
    assert not axe.faults(desk)


def test_it_is_ready_for_offline_only_with_all_it_takes_and_says_what_is_missing(
    server: Server, ortega: Tablet
) -> None:
    page = ortega.page
    ortega.open_app("#/plan")
    write_plan(page, str(date.today()))
    propose(page, 2)
    page.get_by_label(name_of(MS_WHITFIELD)).check()
    walk = save(page)
    ortega.wait_until_sent()
    ready = page.locator("walk-ready")
    expect(ready.get_by_text("Ready for offline", exact=True)).to_be_visible()
    ready.locator("summary").click()
    for line in ("The app itself", "2 stops with their rooms", "Room for photos", seen.RUBRIC):
        expect(ready).to_contain_text(line)
    expect(ready).to_contain_text(name_of(MS_WHITFIELD))
    assert not axe.faults(ortega.browser)

    server.stop()
    lost = [one["id"] for one in records(server, "visit_room") if one["walk"] == walk][:1]
    rubric = next(one for one in records(server, "walk") if one["id"] == walk)["rubric"]
    page.evaluate(FORGET, [*lost, rubric])
    ortega.open_app("#/tablet")
    ortega.open_app(f"#/walk/{walk}")
    expect(ready.locator("summary")).to_contain_text("2 things are missing")
    expect(ready).to_contain_text("The rubric is not on this tablet.")
    expect(ready).to_contain_text(re.compile(r"The room of stop \d is not on this tablet\."))
    assert not axe.faults(ortega.browser)
    page.evaluate(FORGET_APP)
    page.get_by_role("button", name="Fetch and check again").click()
    expect(ready).to_contain_text("The app itself is not all on this tablet.")
    expect(ready.locator("summary")).to_contain_text("3 things are missing")

    server.start()
    page.get_by_role("button", name="Fetch and check again").click()
    expect(ready.get_by_text("Ready for offline", exact=True)).to_be_visible(timeout=SENT_WITHIN_MS)
