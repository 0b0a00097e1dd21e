"""The same app open twice on one tablet: one truth, one sender."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

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


def ratings(server: Server, observation: str) -> Any:
    found = [one for one in records(server, "observation") if one["id"] == observation]
    return found and found[0]["ratings"]
