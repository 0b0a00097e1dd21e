"""What no rubric of the release asks for yet: lists that grow, and shares of what was seen."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from .browsers import TABLET, Browser
from .desk import Desk
from .inspector import Inspector
from .kept import records
from .people import DR_ABARA, MR_ORTEGA
from .server import Server
from .tablet import Tablet

OURS = "Oak Hill Check"
DOMAIN = """
  - id: RE
    title: How students respond
    indicators:
      - {id: RE1, title: Share of students engaged, type: percent}
      - {id: RE2, title: Teams with all members adding to content, type: fraction, suggest_n: 4}
      - id: CH1
        title: Changes made to the model
        type: list
        columns:
          - {id: what, type: text, label: What was changed}
          - {id: why, type: choice, label: Why, options: [student need, time, materials]}
counts:
"""
SECTIONS = """
sections:
  - id: focus
    title: Focus and next steps
    items:
      - {id: attended, type: fraction, label: Training sessions attended of those offered}
      - {id: wonderings, type: question_list, label: Wonderings}
      - id: areas
        type: list
        label: Focus areas
        max: 2
        fields: [{id: area, type: text, label: Focus area}]
      - {id: steps, type: action_list, label: Next steps with owner and date}
"""


def publish(server: Server) -> None:
    server.command("rubrics", "copy", "deeper-learning-walk", "oak-check", "--title", OURS)
    file = server.home / "rubrics" / "oak-check.yaml"
    text = file.read_text("ascii")
    assert "\ncounts:\n" in text
    file.write_text(text.replace("\ncounts:\n", DOMAIN, 1) + SECTIONS, "ascii")
    server.command("rubrics", "publish", "oak-check")


def listed(page: Page, label: str) -> Locator:
    return page.get_by_role("region", name=label, exact=True)


def test_rows_and_shares_are_filled_in_without_a_network_and_read_at_the_desk(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    publish(server)
    tablet = Tablet(tablet_of("ortega"), server.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    server.stop()
    observation = tablet.start_visit("Room 9", OURS)
    look = Inspector(tablet.browser, every_size=True)

    tablet.open_indicator("Share of students engaged")
    tablet.set_count("Percent", 85)
    tablet.open_indicator("Teams with all members adding to content")
    tablet.set_count("Of these", 5)
    tablet.set_count("All asked or seen", 4)
    expect(page.get_by_text("5 of 4: more than all of them. Look again?")).to_be_visible()
    look.look("a share")
    for _ in range(2):
        page.get_by_role("button", name="One fewer: Of these").click()
    tablet.open_indicator("Changes made to the model")
    changes = page.locator("row-list")
    add_row(changes, "Teams of two")
    changes.locator("label", has_text="time").click()
    add_row(changes, "A step too many")
    look.look("a list of an indicator")
    changes.get_by_role("button", name="Remove").last.click()
    expect(changes.get_by_role("button", name="Add another")).to_be_focused()
    tablet.turn_to("Indicators")
    expect(row(page, "Share of students engaged")).to_contain_text("85 %")
    expect(row(page, "Teams with all members")).to_contain_text("3 of 4")
    expect(row(page, "Changes made to the model")).to_contain_text("1 entry")

    tablet.turn_to("The room")
    areas = listed(page, "Focus areas")
    for words in ("Talk", "Time on task"):
        add_row(areas, words)
    expect(areas.get_by_role("button", name=re.compile("^Add"))).to_be_disabled()
    expect(areas).to_contain_text("Up to 2.")
    add_row(listed(page, "Next steps with owner and date"), "Show a recording of talk")
    look.look("lists of a section")
    tablet.wait_until_saved()
    tablet.reload()
    expect(areas.get_by_role("textbox")).to_have_count(2)
    expect(areas.get_by_role("textbox").last).to_have_value("Time on task")
    page.set_viewport_size(TABLET)  # type: ignore[arg-type]
    tablet.finish_and_give()

    server.start()
    tablet.wait_until_sent()
    body = next(one for one in records(server, "observation") if one["id"] == observation)
    assert body["ratings"] == {"RE1": {"value": 85}, "RE2": {"n": 3, "of": 4}}
    rows = sorted(body["rows"].values(), key=lambda one: one["at"])
    assert [one["of"] for one in rows] == ["CH1", "areas", "areas", "steps"]
    desk = Desk(tablet_of("abara"), server.url)
    desk.sign_in(DR_ABARA)
    desk.open_desk()
    desk.read(observation)
    for words in ("85 %", "3 of 4", "Teams of two · time", "Time on task", "Show a recording"):
        expect(desk.page.get_by_text(words).first).to_be_visible()
    look.assert_nothing_found()


def add_row(rows: Locator, words: str) -> None:
    """The pen stands in its first field as soon as it is there."""
    before = rows.get_by_role("listitem").count()
    rows.get_by_role("button", name=re.compile("^Add")).click()
    first = rows.get_by_role("listitem").nth(before).get_by_role("textbox").first
    expect(first).to_be_focused()
    rows.page.keyboard.type(words)


def row(page: Page, title: str) -> Locator:
    return page.locator("a.indicator-row", has_text=title)
