"""Two tablets of one person edit one thing with no network: both versions stay, one is chosen."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from . import axe, seen
from .browsers import Browser
from .kept import records, wait_for
from .link import Link
from .people import MR_ORTEGA
from .server import Server
from .tablet import SENT_WITHIN_MS, Tablet, rubric_called, title_of

NOTE = "Two of three teams use the criteria"
HERE = "Two of three teams use the criteria, one by heart"
THERE = "All three teams use the criteria by the end"
RATED = "TE1"

Pair = tuple[Tablet, Link, Tablet, Link, str]


@pytest.fixture
def pair(server: Server, tablet_of: Callable[..., Browser]) -> Any:
    """One visit on two tablets of Mr. Ortega, each behind a link of its own that is down by now."""
    links = (Link(server.port), Link(server.port))
    for link in links:
        link.up()
    one, other = (
        Tablet(tablet_of(name), link.url)
        for name, link in zip(("classroom", "office"), links, strict=True)
    )
    one.sign_in(MR_ORTEGA)
    one.make_ready_for_offline()
    observation = one.start_visit("Room 9", seen.RUBRIC)
    one.note("Saw", NOTE)
    one.rate(rubric_called(seen.RUBRIC), RATED, 1)
    one.wait_until_sent()
    other.sign_in(MR_ORTEGA)
    other.make_ready_for_offline()
    other.open_app(f"#/visit/{observation}")
    expect(other.page.get_by_text(NOTE)).to_be_visible(timeout=SENT_WITHIN_MS)
    for link in links:
        link.down()
    yield one, links[0], other, links[1], observation
    for link in links:
        link.down()


def test_a_note_and_a_rating_written_twice_are_both_kept_and_a_choice_settles_them(
    server: Server, pair: Pair
) -> None:
    one, one_link, other, other_link, observation = pair
    rubric = rubric_called(seen.RUBRIC)
    write(one, observation, HERE, 3)
    write(other, observation, THERE, 4)
    bring(one, one_link, server, observation, HERE)
    bring(other, other_link, server, observation, THERE)
    one.open_app(f"#/visit/{observation}")

    for tablet in (one, other):
        versions = of_note(tablet)
        expect(versions).to_be_visible(timeout=SENT_WITHIN_MS)
        for words in (HERE, THERE, "You, on this tablet", "You, on another tablet"):
            expect(versions.get_by_text(words).first).to_be_visible()
        expect(tablet.page.get_by_text("Two tablets wrote here at the same time")).to_be_visible()
        expect(of_rating(tablet)).to_be_visible()
        expect(tablet.page.get_by_role("link", name="needs you")).to_be_visible()
    assert axe.faults(one.browser) == [] and axe.small_targets(one.page) == []

    of_note(one).get_by_role("button", name="Keep both").click()
    label = next(
        level["label"] for level in rubric.content["scale"]["values"] if level["value"] == 4
    )
    of_rating(one).get_by_role("button", name=re.compile(f"^Keep this one .{label}")).click()
    expect(one.page.get_by_role("complementary", name="Two versions")).to_be_hidden()
    wait_for(lambda: not body_of(server, observation).get("also"))
    other.open_app(f"#/visit/{observation}")
    expect(other.page.get_by_role("complementary", name="Two versions")).to_be_hidden(
        timeout=SENT_WITHIN_MS
    )

    body = body_of(server, observation)
    (line,) = body["evidence"].values()
    assert sorted(line["text"].split("\n")) == sorted([HERE, THERE])
    assert body["ratings"][RATED] == {"value": 4}
    for tablet in (one, other):
        assert tablet.ratings_shown()[RATED] == "4"
        tablet.turn_to("Notes")
        expect(tablet.page.locator("evidence-line", has_text=THERE)).to_contain_text(HERE)


def test_a_note_removed_here_and_changed_there_comes_back_and_says_so(
    server: Server, pair: Pair
) -> None:
    one, one_link, other, other_link, observation = pair
    line = one.page.locator("evidence-line", has_text=NOTE)
    one.turn_to("Notes")
    line.get_by_role("button", name="Edit").click()
    one.page.get_by_role("button", name="Remove this note").click()
    expect(line).to_be_hidden()
    other.change_note(NOTE, THERE)
    one.wait_until_waiting()
    other.wait_until_waiting()
    one_link.up()
    one.open_app(f"#/visit/{observation}")
    wait_for(lambda: not body_of(server, observation)["evidence"])
    bring(other, other_link, server, observation, THERE)
    one.open_app(f"#/visit/{observation}")
    for tablet in (one, other):
        kept_line = tablet.page.locator("evidence-line", has_text=THERE)
        expect(kept_line).to_be_visible(timeout=SENT_WITHIN_MS)
    expect(one.page.get_by_text("You removed this here.")).to_be_visible()
    (kept,) = body_of(server, observation)["evidence"].values()
    assert kept["text"] == THERE


def write(tablet: Tablet, observation: str, words: str, level: int) -> None:
    tablet.open_app(f"#/visit/{observation}")
    tablet.change_note(NOTE, words)
    tablet.rate(rubric_called(seen.RUBRIC), RATED, level)
    tablet.wait_until_waiting()


def bring(tablet: Tablet, link: Link, server: Server, observation: str, words: str) -> None:
    """The tablet comes back into the network; wait until its words are on the server."""
    link.up()
    tablet.open_app(f"#/visit/{observation}")
    wait_for(lambda: words in str(body_of(server, observation)))


def of_note(tablet: Tablet) -> Locator:
    return tablet.page.get_by_role("region", name=re.compile("^Two versions: The note of"))


def of_rating(tablet: Tablet) -> Locator:
    title = title_of(rubric_called(seen.RUBRIC), RATED)
    return tablet.page.get_by_role("region", name=f"Two versions: {title}")


def body_of(server: Server, observation: str) -> dict[str, Any]:
    return next(one for one in records(server, "observation") if one["id"] == observation)
