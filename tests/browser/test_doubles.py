"""One person begins one visit on two tablets with no network: both are kept and can be joined."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from . import axe, seen
from .browsers import Browser
from .desk import Desk
from .kept import records, wait_for
from .link import Link
from .people import DR_ABARA, MR_ORTEGA
from .server import Server
from .tablet import SENT_WITHIN_MS, Tablet, rubric_called, title_of

QUESTION = "Who decides what comes next?"
HERE, THERE = "Three teams compare two drafts", "One team reads its draft aloud"
LATER = "At the bell two teams are still talking"
RATED, ONLY_THERE = "TE1", "TE2"

Pair = tuple[Tablet, Link, Tablet, Link, str]


@pytest.fixture
def pair(server: Server, tablet_of: Callable[..., Browser]) -> Any:
    """One planned walk on two tablets of Mr. Ortega, each behind a link that is down by now."""
    links = (Link(server.port), Link(server.port))
    for link in links:
        link.up()
    one, other = (
        Tablet(tablet_of(name), link.url)
        for name, link in zip(("classroom", "office"), links, strict=True)
    )
    one.sign_in(MR_ORTEGA)
    one.make_ready_for_offline()
    walk = planned_walk(one)
    one.wait_until_sent()
    other.sign_in(MR_ORTEGA)
    other.make_ready_for_offline()
    other.open_app(f"#/walk/{walk}")
    expect(other.page.get_by_role("button", name="Start visit 1")).to_be_visible(
        timeout=SENT_WITHIN_MS
    )
    for link in links:
        link.down()
    yield one, links[0], other, links[1], walk
    for link in links:
        link.down()


def test_a_stop_begun_on_two_tablets_is_brought_together_and_given_once(
    server: Server, pair: Pair, tablet_of: Callable[..., Browser]
) -> None:
    one, one_link, other, other_link, walk = pair
    rubric = rubric_called(seen.RUBRIC)
    first = begin(one, walk, HERE, 2)
    later = begin(other, walk, THERE, 4)
    other.rate(rubric, ONLY_THERE, 3)
    other.wait_until_waiting()
    bring(one, one_link, server, first)
    bring(other, other_link, server, later)

    one.open_app(f"#/walk/{walk}")
    notice = twice(one)
    expect(notice).to_contain_text(
        re.compile(
            r"You began the visit to Room 9 twice: at \d\d:\d\d, and at \d\d:\d\d on another"
        ),
        timeout=SENT_WITHIN_MS,
    )
    expect(one.page.get_by_role("link", name="Open visit 1")).to_have_count(2)
    assert axe.faults(one.browser) == [] and axe.small_targets(one.page) == []

    notice.get_by_role("button", name="Bring them together").click()
    expect(one.page.get_by_role("link", name="Open visit 1")).to_have_count(1)
    expect(one.page.get_by_role("button", name="Undo")).to_be_visible()
    one.open_app(f"#/visit/{first}")
    for words in (HERE, THERE):
        expect(one.page.locator("evidence-line", has_text=words)).to_be_visible()
    assert axe.faults(one.browser) == [] and axe.small_targets(one.page) == []
    title = title_of(rubric, RATED)
    versions = one.page.get_by_role("region", name=f"Two versions: {title}")
    label = next(each["label"] for each in rubric.content["scale"]["values"] if each["value"] == 4)
    versions.get_by_role("button", name=re.compile(f"^Keep this one .{label}")).click()
    expect(versions).to_be_hidden()

    other.open_app(f"#/visit/{later}")
    expect(other.page.get_by_text("This was brought together with the visit of")).to_be_visible(
        timeout=SENT_WITHIN_MS
    )
    assert axe.faults(other.browser) == [] and axe.small_targets(other.page) == []
    one.finish_and_give()
    wait_for(lambda: states(server) == {first: "submitted", later: "draft"})

    desk = Desk(tablet_of("abara"), server.url)
    desk.sign_in(DR_ABARA)
    desk.open_desk()
    desk.read(first)
    for words in (HERE, THERE):
        expect(desk.page.locator("observation-reading")).to_contain_text(words)
    shown = desk.ratings_read(rubric)
    assert (shown[RATED], shown[ONLY_THERE]) == ("4", "3")
    assert desk.page.locator(f'a.row[href="#/desk/{later}"]').count() == 0


def test_what_is_written_on_after_a_joining_is_not_overlooked(server: Server, pair: Pair) -> None:
    one, one_link, other, other_link, walk = pair
    first = begin(one, walk, HERE, 2)
    later = begin(other, walk, THERE, 2)
    bring(one, one_link, server, first)
    bring(other, other_link, server, later)
    one.open_app(f"#/visit/{first}")
    expect(twice(one)).to_be_visible(timeout=SENT_WITHIN_MS)
    other_link.down()
    other.note("Saw", LATER)
    twice(one).get_by_role("button", name="Bring them together").click()
    wait_for(lambda: body_of(server, later).get("same_as") == first)

    other_link.up()
    # Whoever is writing is told, and goes on writing.
    told = other.page.get_by_text("What you write here is kept")
    expect(told).to_be_visible(timeout=SENT_WITHIN_MS)
    wait_for(lambda: LATER in str(body_of(server, later)))
    one.open_app(f"#/visit/{first}")
    left = one.page.get_by_role("complementary", name="Twice").filter(has_text="only there")
    expect(left).to_contain_text("One thing is only there.", timeout=SENT_WITHIN_MS)
    left.get_by_role("button", name="Bring it over").click()
    expect(one.page.locator("evidence-line", has_text=LATER)).to_be_visible()
    expect(left).to_be_hidden()
    wait_for(lambda: LATER in str(body_of(server, first)))


def test_a_joining_can_be_undone_and_two_that_are_kept_apart_are_not_asked_about_again(
    server: Server, pair: Pair
) -> None:
    one, one_link, other, other_link, walk = pair
    first = begin(one, walk, HERE, 2)
    later = begin(other, walk, THERE, 4)
    bring(one, one_link, server, first)
    bring(other, other_link, server, later)
    one.open_app()
    expect(twice(one)).to_be_visible(timeout=SENT_WITHIN_MS)
    twice(one).get_by_role("button", name="Bring them together").click()
    one.page.get_by_role("button", name="Undo").click()
    expect(twice(one)).to_be_visible()
    wait_for(lambda: "same_as" not in body_of(server, later))
    assert THERE not in str(body_of(server, first)) and not body_of(server, first).get("also")

    twice(one).get_by_role("button", name="Bring them together").click()
    expect(twice(one)).to_be_hidden()
    wait_for(lambda: body_of(server, later).get("same_as") == first)
    one.open_app(f"#/visit/{later}")
    one.page.get_by_role("button", name="Take apart").click()
    expect(one.parts).to_be_visible()
    wait_for(lambda: "same_as" not in body_of(server, later))
    for tablet in (one, other):
        tablet.open_app(f"#/walk/{walk}")
        opened = tablet.page.get_by_role("link", name="Open visit 1")
        expect(opened).to_have_count(2, timeout=SENT_WITHIN_MS)
        expect(twice(tablet)).to_be_hidden(timeout=SENT_WITHIN_MS)
    assert THERE in str(body_of(server, first)) and THERE in str(body_of(server, later))


def test_quick_visits_begun_twice_are_kept_apart_on_every_tablet_once_their_person_said_so(
    server: Server, pair: Pair
) -> None:
    one, one_link, other, other_link, _ = pair
    begun = []
    for tablet, link in ((one, one_link), (other, other_link)):
        tablet.open_app()
        begun.append(tablet.start_visit("Room 9", seen.RUBRIC))
        tablet.wait_until_waiting()
        link.up()
        tablet.open_app()
        tablet.wait_until_sent()
    notice = twice(other)
    expect(notice).to_contain_text("You began the visit to Room 9 twice", timeout=SENT_WITHIN_MS)
    notice.get_by_role("button", name="Keep both").click()
    expect(notice).to_be_hidden()
    wait_for(lambda: body_of(server, begun[1]).get("not_same") == {begun[0]: True})
    one.open_app(f"#/visit/{begun[1]}")
    expect(one.parts).to_be_visible(timeout=SENT_WITHIN_MS)
    for tablet in (one, other):
        tablet.open_app()
        expect(tablet.page.locator(".row", has_text="Room 9")).to_have_count(2)
        expect(twice(tablet)).to_be_hidden(timeout=SENT_WITHIN_MS)


def test_a_room_added_to_a_walk_on_two_tablets_is_made_one_stop(server: Server, pair: Pair) -> None:
    one, one_link, other, other_link, walk = pair
    for tablet in (one, other):
        tablet.open_app(f"#/walk/{walk}")
        tablet.page.get_by_label("Add a stop").select_option(label=room_12(tablet))
        expect(tablet.page.get_by_role("button", name="Start visit 2")).to_be_visible()
    other_link.up()
    other.open_app(f"#/walk/{walk}")
    other.wait_until_sent()
    one_link.up()
    one.open_app(f"#/walk/{walk}")
    stops = one.page.get_by_role("button", name="Start visit 2")
    expect(stops).to_have_count(2, timeout=SENT_WITHIN_MS)
    notice = one.page.get_by_role("complementary", name="Twice: Room 12")
    expect(notice).to_contain_text("Room 12 is a stop of the same walk twice. Both are kept.")
    notice.get_by_role("button", name="Make it one stop").click()
    expect(stops).to_have_count(1)
    one.wait_until_sent()
    other.open_app(f"#/walk/{walk}")
    expect(other.page.get_by_role("button", name="Start visit 2")).to_have_count(
        1, timeout=SENT_WITHIN_MS
    )
    other.page.get_by_role("button", name="Make it two stops").click()
    expect(other.page.get_by_role("button", name="Start visit 2")).to_have_count(2)
    expect(other.page.get_by_role("complementary", name="Twice")).to_be_hidden()


def planned_walk(tablet: Tablet) -> str:
    tablet.open_app("#/plan")
    page = tablet.page
    page.get_by_label("Focus question").fill(QUESTION)
    page.get_by_label("Problem of practice").fill("Teachers talk for most of the lesson.")
    page.get_by_label("Rubric").select_option(label=seen.RUBRIC)
    page.get_by_label("Add a room").select_option(label=option(tablet, "Add a room", "Room 9"))
    page.get_by_role("button", name="Save the walk").click()
    page.get_by_role("heading", name="Stops", exact=True).wait_for()
    return str(page.evaluate("location.hash")).split("/")[2]


def option(tablet: Tablet, field: str, room: str) -> str:
    options = tablet.page.get_by_label(field).locator("option").all_inner_texts()
    return next(each for each in options if re.match(rf"{room}\b", each))


def room_12(tablet: Tablet) -> str:
    return option(tablet, "Add a stop", "Room 12")


def begin(tablet: Tablet, walk: str, words: str, level: int) -> str:
    """Start the first stop, note something, rate something."""
    tablet.open_app(f"#/walk/{walk}")
    tablet.page.get_by_role("button", name="Start visit 1").click()
    tablet.parts.wait_for()
    tablet.note("Saw", words)
    tablet.rate(rubric_called(seen.RUBRIC), RATED, level)
    tablet.wait_until_waiting()
    return str(tablet.page.evaluate("location.hash")).split("/")[2]


def bring(tablet: Tablet, link: Link, server: Server, observation: str) -> None:
    """The tablet comes back into the network; wait until its visit is on the server."""
    link.up()
    tablet.open_app(f"#/visit/{observation}")
    wait_for(lambda: observation in states(server))
    tablet.wait_until_sent()


def twice(tablet: Tablet) -> Locator:
    return tablet.page.get_by_role("complementary", name=re.compile("^Twice: "))


def states(server: Server) -> dict[str, str]:
    all_ = records(server, "observation")
    return {one["id"]: one["state"] for one in all_ if one.get("focus") == QUESTION}


def body_of(server: Server, observation: str) -> dict[str, Any]:
    return next(one for one in records(server, "observation") if one["id"] == observation)
