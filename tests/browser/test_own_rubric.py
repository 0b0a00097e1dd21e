"""A district's own rubric reaches the tablet; a draft stays on the version it was begun with."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from .browsers import Browser
from .kept import records, wait_for
from .people import MR_ORTEGA
from .server import Server
from .tablet import Tablet

OURS = "Oak Hill Walk"


def publish(server: Server, *more: tuple[str, str]) -> None:
    """The first version, or the next one with some words changed."""
    if not more:
        server.command("rubrics", "copy", "deeper-learning-walk", "oak-walk", "--title", OURS)
        server.command("rubrics", "publish", "oak-walk")
        return
    server.command("rubrics", "version", "oak-walk")
    file = server.home / "rubrics" / "oak-walk-v2.yaml"
    text = file.read_text("ascii")
    for old, new in more:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, "ascii")
    server.command("rubrics", "publish", "oak-walk-v2")


def test_a_draft_moves_up_only_when_its_observer_has_seen_what_changes(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    publish(server)
    tablet = Tablet(tablet_of("ortega"), server.url)
    tablet.sign_in(MR_ORTEGA)
    page = tablet.page
    tablet.make_ready_for_offline()
    observation = tablet.start_visit("Room 9", OURS)
    tablet.turn_to("Count")
    tablet.set_count("Teams seen", 5)
    tablet.set_count("Students asked", 3)
    tablet.wait_until_sent()

    first = "title: Target and criteria are in student hands"
    count = "  - {id: teams_seen, type: integer, label: Teams seen}\n"
    publish(server, (first, "title: Students hold the target"), (count, ""))
    tablet.open_app("#/tablet")
    page.get_by_role("button", name="Send and fetch now").click()
    tablet.open_app(f"#/visit/{observation}")
    notice = page.get_by_role("complementary", name="A newer version of the rubric")
    expect(notice).to_contain_text("This visit stays on version 1 unless you move it.")
    tablet.turn_to("Indicators")
    expect(row(page, "Target and criteria are in student hands")).to_be_visible()
    tablet.turn_to("Notes")
    notice.get_by_text("What changes").click()
    expect(notice.get_by_text("Students hold the target")).to_be_visible()
    expect(notice).to_contain_text("One answer has no place in it and would stand as a note: Teams")
    notice.get_by_role("button", name="Move this visit to version 2").click()
    expect(notice).to_have_count(0)
    expect(page.locator("evidence-line", has_text="Teams seen: 5")).to_be_visible()
    tablet.turn_to("Indicators")
    expect(row(page, "Students hold the target")).to_be_visible()
    tablet.wait_until_sent()

    wait_for(lambda: "teams_seen" not in body_of(server, observation)["counts"])
    body = body_of(server, observation)
    assert body["counts"] == {"students_asked": 3}
    assert [one["text"] for one in body["evidence"].values()] == ["Teams seen: 5"]


def row(page: Page, title: str) -> Locator:
    return page.locator("a.indicator-row", has_text=title)


def body_of(server: Server, observation: str):  # type: ignore[no-untyped-def]
    return next(one for one in records(server, "observation") if one["id"] == observation)
