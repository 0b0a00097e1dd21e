"""A tablet turned, locked or loaded anew in the middle of a line comes back to that line."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from . import axe, seen
from .browsers import TABLET, Browser
from .kept import records, wait_for
from .people import MR_ORTEGA
from .server import Server
from .tablet import Tablet
from .test_instruments import HQIM
from .test_own_rubric import OURS, publish

ROOM = "Room 12"
LANDSCAPE = {"width": 1180, "height": 820}
SPLIT = {"width": 320, "height": 820}
SEEN = """(state) => {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}"""
CARET = "(box) => [box.value, box.selectionStart, document.activeElement === box]"


@pytest.fixture
def ortega(server: Server, tablet_of: Callable[..., Browser]) -> Tablet:
    tablet = Tablet(tablet_of("ortega"), server.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    return tablet


def note_box(page: Page) -> Locator:
    return page.get_by_role("form", name="Write a note").get_by_role("textbox", name="Note")


def body_of(server: Server, observation: str) -> dict[str, Any]:
    return next(one for one in records(server, "observation") if one["id"] == observation)


def test_a_tablet_that_is_turned_or_split_in_the_middle_of_a_line_leaves_the_pen_where_it_is(
    ortega: Tablet,
) -> None:
    page = ortega.page
    ortega.start_visit(ROOM, seen.RUBRIC)
    ortega.note("Saw", "An earlier line")
    type_half_a_line(page)
    for size in (LANDSCAPE, SPLIT, TABLET, LANDSCAPE, TABLET):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert note_box(page).evaluate(CARET) == ["Two of the teams", 7, True]
        expect(note_box(page)).to_be_in_viewport()
        assert not axe.wider_than_the_screen(page)
        page.keyboard.type("!")
        page.keyboard.press("Backspace")
    page.keyboard.press("End")
    page.keyboard.type(" talk")
    page.keyboard.press("Enter")
    assert [words for _, words in ortega.notes_shown()] == [
        "An earlier line",
        "Two of the teams talk",
    ]


def type_half_a_line(page: Page) -> None:
    box = note_box(page)
    box.click()
    box.press_sequentially("Two of the teams")
    box.evaluate("(box) => box.setSelectionRange(7, 7)")


def test_a_tablet_that_is_locked_in_the_middle_of_a_line_comes_back_to_it_also_as_a_new_page(
    ortega: Tablet, server: Server
) -> None:
    page = ortega.page
    observation = ortega.start_visit(ROOM, seen.RUBRIC)
    server.stop()
    page.locator("label.choice", has_text="Heard").first.click()
    type_half_a_line(page)
    page.evaluate(SEEN, "hidden")
    ortega.wait_until_saved()
    page.evaluate(SEEN, "visible")
    assert note_box(page).evaluate(CARET) == ["Two of the teams", 7, True]

    page.evaluate(SEEN, "hidden")
    ortega.reload()
    expect(note_box(page)).to_be_focused()
    assert note_box(page).evaluate(CARET) == ["Two of the teams", 7, True]
    heard = page.locator("note-composer label", has_text="Heard")
    expect(heard.get_by_role("radio")).to_be_checked()
    page.keyboard.type("3 ")
    page.keyboard.press("Enter")
    assert ortega.notes_shown() == [("Heard", "Two of 3 the teams")]

    server.start()
    ortega.open_app(f"#/visit/{observation}")
    ortega.wait_until_sent()
    kept = body_of(server, observation)["evidence"].values()
    assert [one["text"] for one in kept] == ["Two of 3 the teams"]


def test_a_note_that_is_being_changed_survives_a_reload_without_warning(
    ortega: Tablet,
) -> None:
    page = ortega.page
    ortega.start_visit(ROOM, seen.RUBRIC)
    ortega.note("Saw", "Two teams talk")
    page.get_by_role("button", name="Edit").click()
    changed = page.get_by_label("Change the note")
    changed.press("End")
    changed.press_sequentially(" softly")
    ortega.wait_until_saved()
    ortega.reload()
    expect(changed).to_be_focused()
    assert changed.evaluate(CARET) == ["Two teams talk softly", 21, True]

    # Put aside within the quarter of a second that the app waits for more.
    page.keyboard.type(", then write")
    page.evaluate(SEEN, "hidden")
    ortega.wait_until_saved()
    page.evaluate("() => location.reload()")
    ortega.wait_until_ready()
    expect(changed).to_have_value("Two teams talk softly, then write")


def test_an_answer_half_written_when_its_page_is_left_is_kept_and_the_next_page_is_whole(
    ortega: Tablet,
) -> None:
    page = ortega.page
    ortega.start_visit(ROOM, HQIM)
    ortega.turn_to("Indicators")
    ortega.turn_to("The room")
    material = page.get_by_label("Materials and unit")
    material.press_sequentially("Unit 3, lesson 4")
    # Back, with the pen still in the field: no finger, no key has left it.
    page.go_back()
    expect(page.locator("a.indicator-row")).to_have_count(14)
    ortega.wait_until_saved()
    ortega.turn_to("The room")
    expect(material).to_have_value("Unit 3, lesson 4")


def test_a_rubric_that_is_published_while_somebody_writes_leaves_the_pen_and_the_version_alone(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    publish(server)
    tablet = Tablet(tablet_of("ortega"), server.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    observation = tablet.start_visit("Room 9", OURS)
    tablet.wait_until_sent()
    begun_with = body_of(server, observation)["rubric"]
    type_half_a_line(page)

    title = "title: Target and criteria are in student hands"
    publish(server, (title, "title: Students hold the target"))
    page.evaluate("document.querySelector('walk-app').app.sendNow()")
    notice = page.get_by_role("complementary", name="A newer version of the rubric")
    expect(notice).to_contain_text("This visit stays on version 1 unless you move it.")
    assert note_box(page).evaluate(CARET) == ["Two of the teams", 7, True]
    notice.get_by_role("button", name="Stay on version 1").click()
    expect(notice).to_have_count(0)

    tablet.reload()
    expect(note_box(page)).to_have_value("Two of the teams")
    tablet.turn_to("Indicators")
    page.locator("a.indicator-row", has_text="Target and criteria are in student hands").click()
    page.locator(".level-cards label", has_text="A target is posted or said").click()
    expect(notice).to_have_count(0)
    tablet.wait_until_sent()
    wait_for(lambda: body_of(server, observation)["ratings"] == {"TE1": {"value": 2}})
    assert body_of(server, observation)["rubric"] == begun_with
