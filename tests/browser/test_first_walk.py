"""The first walk: from a tablet with no network to the principal's desk."""

from collections.abc import Callable

from playwright.sync_api import expect

from . import seen
from .browsers import Browser
from .desk import Desk
from .kept import changes_to, records
from .people import DR_ABARA, MR_ORTEGA
from .server import Server
from .tablet import Tablet, rubric_called

ROOM = "Room 12"


def test_a_visit_without_network_survives_a_killed_browser_and_is_released_once(
    server: Server, tablet_of: Callable[..., Browser], engine: str
) -> None:
    before = {kind: len(records(server, kind)) for kind in ("observation", "visit", "visit_room")}
    tablet = Tablet(tablet_of("ortega", engine), server.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()

    server.stop()
    tablet.reload()
    # Over night the tablet is closed; in the morning it is opened where there is no network.
    tablet.browser.close()
    tablet.browser.open()
    tablet.open_app()
    observation = observe_a_whole_visit(tablet)

    tablet.browser.kill_and_reopen()
    tablet.open_app(f"#/visit/{observation}")
    assert tablet.notes_shown() == seen.NOTES
    assert tablet.ratings_shown() == seen.as_shown(seen.RATINGS)
    tablet.finish_and_give()
    tablet.wait_until_waiting()

    server.start()
    tablet.wait_until_sent()
    release_on_another_tablet(Desk(tablet_of("abara", engine), server.url))
    tablet.wait_until_told(observation, "Released")

    assert_kept_exactly_once(server, observation)
    for kind, count in before.items():
        assert len(records(server, kind)) == count + 1, f"one more {kind}, and only one"


def observe_a_whole_visit(tablet: Tablet) -> str:
    observation = tablet.start_visit(ROOM, seen.RUBRIC)
    for kind, words in seen.NOTES[:3]:
        tablet.note(kind, words)
    tablet.rate_all(rubric_called(seen.RUBRIC), seen.GATES, seen.RATINGS)
    tablet.turn_to("Count")
    for label, number in seen.COUNTS.items():
        tablet.set_count(label, number)
    tablet.turn_to("Notes")
    for kind, words in seen.NOTES[3:]:
        tablet.note(kind, words)
    tablet.wait_until_saved()
    return observation


def release_on_another_tablet(desk: Desk) -> None:
    desk.sign_in(DR_ABARA)
    desk.open_desk()
    desk.read_newest()
    assert desk.ratings_read(rubric_called(seen.RUBRIC)) == seen.as_shown(seen.RATINGS)
    for _, words in seen.NOTES:
        expect(desk.page.get_by_text(words)).to_be_visible()
    desk.release()


def assert_kept_exactly_once(server: Server, observation: str) -> None:
    found = [one for one in records(server, "observation") if one["id"] == observation]
    assert len(found) == 1
    body = found[0]
    assert body["state"] == "released"
    assert body["ratings"] == seen.as_kept(seen.RATINGS)
    assert body["gates"] == {gate: {"value": value} for gate, value in seen.GATES.items()}
    assert sorted(body["counts"].values()) == sorted(seen.COUNTS.values())
    kept = sorted(body["evidence"].values(), key=lambda line: line["at"])
    assert [(line["chip"], line["text"]) for line in kept] == [
        (kind.lower(), words) for kind, words in seen.NOTES
    ]
    changes = changes_to(server, observation)
    assert {verdict for _, verdict in changes} == {"ok"}
    assert len(changes) == len(set(changes))
