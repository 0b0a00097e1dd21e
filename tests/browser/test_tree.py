"""What a screen reader meets, screen by screen: the accessibility tree is kept beside the tests, so
that whoever changes a screen reads what changed for those who hear it.

`TEST_WRITE_TREES=1` writes the trees anew; they are read, in the diff, before they are committed.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from . import seen
from .browsers import Browser
from .desk import Desk
from .people import DR_ABARA, MR_ORTEGA
from .server import Server
from .tablet import Tablet, rubric_called, title_of

TREES = Path(__file__).parent / "trees"
# What differs from day to day and from run to run.
PASSING = [
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "ID"),
    (re.compile(r"\b\d{1,2}:\d\d\b"), "HH:MM"),
    (re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, [A-Z][a-z]+ \d+"), "DAY"),
    (re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d+(?:, \d{4})?"), "DAY"),
    (re.compile(r"yesterday, HH:MM|DAY, HH:MM"), "HH:MM"),
    (re.compile(r"\b\d+ min\b"), "N min"),
    (re.compile(r"feedback (?:was )?due (?:today|yesterday|DAY)"), "feedback due DAY"),
]


class Ear:
    """Hears screens and remembers what is not as it was."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.changed: list[str] = []

    def hear(self, state: str) -> None:
        self.page.wait_for_timeout(300)  # what is announced has been announced
        tree = self.page.locator("main").aria_snapshot()
        for passing, name in PASSING:
            tree = passing.sub(name, tree)
        path = TREES / f"{state}.yaml"
        if os.environ.get("TEST_WRITE_TREES"):
            path.write_text(tree + "\n")
        if not path.is_file() or path.read_text() != tree + "\n":
            self.changed.append(f"--- {state}\n{tree}")

    def assert_as_before(self) -> None:
        assert not self.changed, "\n".join(self.changed)


def test_an_observer_hears_a_visit_as_it_was_reviewed(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    page, rubric, ear = tablet.page, rubric_called(seen.RUBRIC), Ear(tablet.page)
    tablet.sign_in(MR_ORTEGA)
    tablet.open_app("#/start")
    page.get_by_role("button", name="Room 12").wait_for()
    ear.hear("start")
    tablet.open_app()
    tablet.start_visit("Room 12", seen.RUBRIC)
    for kind, words in seen.NOTES[:2]:
        tablet.note(kind, words)
    ear.hear("visit-notes")
    tablet.turn_to("Indicators")
    tablet.rate(rubric, "TE1", 3)
    ear.hear("visit-levels")
    tablet.open_indicator(title_of(rubric, "TE3"))
    ear.hear("visit-pair")
    tablet.turn_to("Indicators")
    page.locator("indicator-overview").wait_for()
    ear.hear("visit-indicators")
    tablet.turn_to("Count")
    tools = page.get_by_role("navigation", name="What to count")
    tools.get_by_role("link", name="Engagement sweep").click()
    page.get_by_role("button", name="Start the sweep").wait_for()
    ear.hear("visit-sweep")
    tools.get_by_role("link", name="Turns of talk").click()
    page.locator(".seat", has_text="B3").click()
    ear.hear("visit-turns")
    tablet.turn_to("The room")
    ear.hear("visit-room")
    tablet.parts.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name="Give to the principal").wait_for()
    ear.hear("visit-finish")
    ear.assert_as_before()


def test_a_principal_hears_the_desk_as_it_was_reviewed(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    desk = Desk(tablet_of("abara"), server.url)
    ear = Ear(desk.page)
    desk.sign_in(DR_ABARA)
    desk.open_app("#/desk")
    desk.waiting.first.wait_for()
    ear.hear("desk")
    desk.waiting.first.click()
    desk.page.locator("observation-reading").wait_for()
    ear.hear("desk-reading")
    ear.assert_as_before()
