"""The same app open twice on one tablet: one truth, one sender."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, expect

from . import seen
from .browsers import Browser
from .kept import changes_to, records, wait_for
from .people import MR_ORTEGA
from .server import Server
from .tablet import Tablet, rubric_called


def test_two_tabs_show_one_visit_and_send_it_once(
    server: Server, tablet_of: Callable[..., Browser], engine: str
) -> None:
    tablet = Tablet(tablet_of("ortega", engine), server.url)
    tablet.sign_in(MR_ORTEGA)
    observation = tablet.start_visit("Room 11", seen.RUBRIC)
    tablet.note("Saw", "Written in the first tab")

    other = Tablet(tablet.browser, server.url, tab=tablet.browser.new_tab())
    other.open_app(f"#/visit/{observation}")
    other.note("Heard", "Written in the second tab")
    other.rate(rubric_called(seen.RUBRIC), "TM1", 4)

    expect(tablet.page.get_by_text("Written in the second tab")).to_be_attached()
    tablet.rate(rubric_called(seen.RUBRIC), "TM2", 1)
    other.turn_to("Notes")
    expect(other.page.get_by_text("Written in the first tab")).to_be_visible()

    wait_for(lambda: ratings(server, observation) == {"TM1": {"value": 4}, "TM2": {"value": 1}})
    for tab in (tablet, other):
        tab.wait_until_sent()
    body = next(one for one in records(server, "observation") if one["id"] == observation)
    assert sorted(line["text"] for line in body["evidence"].values()) == [
        "Written in the first tab", "Written in the second tab",
    ]  # fmt: skip
    cids = [cid for cid, _ in changes_to(server, observation)]
    assert len(cids) == len(set(cids))


def test_two_tabs_typing_in_one_visit_at_once_keep_both_texts(
    server: Server, tablet_of: Callable[..., Browser], engine: str
) -> None:
    tablet = Tablet(tablet_of("ortega", engine), server.url)
    tablet.sign_in(MR_ORTEGA)
    observation = tablet.start_visit("Room 11", seen.RUBRIC)
    first = note_box(tablet)
    first.fill("Begun in the first tab")
    tablet.wait_until_saved()
    other = Tablet(tablet.browser, server.url, tab=tablet.browser.new_tab())
    other.open_app(f"#/visit/{observation}")
    # The line that is being written in the first tab is not put under the pen of the second.
    second = note_box(other)
    expect(second).to_have_value("")
    for letters in ("In tu", "rn, le", "tter by letter"):
        first.press_sequentially(letters)
        second.press_sequentially(letters)
    for tab in (tablet, other):
        tab.page.get_by_role("button", name="Add note").click()
    wait_for(
        lambda: (
            texts(server, observation)
            == ["Begun in the first tabIn turn, letter by letter", "In turn, letter by letter"]
        )
    )


def test_a_note_changed_in_two_tabs_at_once_keeps_both_versions(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    tablet.sign_in(MR_ORTEGA)
    observation = tablet.start_visit("Room 11", seen.RUBRIC)
    tablet.note("Saw", "As it was")
    other = Tablet(tablet.browser, server.url, tab=tablet.browser.new_tab())
    other.open_app(f"#/visit/{observation}")
    for tab in (tablet, other):
        tab.page.locator("evidence-line").get_by_role("button", name="Edit").click()
    # Both began before either was saved.
    freeze = "() => { window.held = []; window.setTimeout = (work) => window.held.push(work) }"
    other.page.evaluate(freeze)
    other.page.get_by_label("Change the note").fill("As the second tab has it")
    tablet.page.get_by_label("Change the note").fill("As the first tab has it")
    tablet.page.get_by_role("button", name="Done").click()
    expect(other.page.locator(".said", has_text="As the first tab has it")).to_be_attached()
    other.page.get_by_label("Change the note").blur()
    wait_for(
        lambda: (
            texts(server, observation) == ["As the first tab has it", "As the second tab has it"]
        )
    )


def note_box(tablet: Tablet) -> Locator:
    form = tablet.page.get_by_role("form", name="Write a note")
    return form.get_by_role("textbox", name="Note")


def texts(server: Server, observation: str) -> list[str]:
    found = [one for one in records(server, "observation") if one["id"] == observation]
    return sorted(line["text"] for one in found for line in one["evidence"].values())


def ratings(server: Server, observation: str) -> Any:
    found = [one for one in records(server, "observation") if one["id"] == observation]
    return found and found[0]["ratings"]
