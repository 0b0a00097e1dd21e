"""Networks that answer and lie, servers that hang or die, browsers that kill the worker."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from . import seen
from .browsers import Browser
from .kept import changes_to, records, wait_for
from .link import PORTAL_PAGE, Link
from .people import MR_ORTEGA
from .server import Server
from .tablet import Tablet, rubric_called

ROOM = "Room 9"
FEW = {"TE1": 3, "SA2": "not_observed"}
SAID = "Two of three teams use the criteria"
CACHED = """async () => {
  const texts = []
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys())
      texts.push(await (await (await caches.open(name)).match(request)).text())
  return texts.join('\\n')
}"""


def ready(tablet_of: Callable[..., Browser], url: str, engine: str = "chromium") -> Tablet:
    tablet = Tablet(tablet_of("ortega", engine), url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    return tablet


def observe_a_little(tablet: Tablet) -> str:
    observation = tablet.start_visit(ROOM, seen.RUBRIC)
    tablet.note("Saw", SAID)
    tablet.rate_all(rubric_called(seen.RUBRIC), {}, FEW)
    tablet.wait_until_saved()
    return observation


def body_of(server: Server, observation: str) -> dict[str, object]:
    return next(one for one in records(server, "observation") if one["id"] == observation)


def test_a_wi_fi_that_answers_200_to_everything_is_told_and_poisons_nothing(
    server: Server, link: Link, tablet_of: Callable[..., Browser], engine: str
) -> None:
    tablet = ready(tablet_of, link.url, engine)
    link.portal()
    link.down()
    link.up()
    observation = observe_a_little(tablet)
    expect(tablet.status).to_contain_text("this Wi-Fi wants you to sign in", timeout=30_000)
    tablet.reload()
    tablet.wait_until_waiting()
    assert link.portal_answers and PORTAL_PAGE.decode() not in tablet.page.evaluate(CACHED)
    assert not changes_to(server, observation)
    link.portal(False)
    tablet.open_app()
    tablet.wait_until_sent()
    assert len(changes_to(server, observation)) == len(set(changes_to(server, observation)))
    assert body_of(server, observation)["ratings"] == seen.as_kept(FEW)


def test_a_server_that_hangs_is_told_and_holds_up_nobody(
    server: Server, link: Link, tablet_of: Callable[..., Browser]
) -> None:
    tablet = ready(tablet_of, link.url)
    link.hold()
    observation = observe_a_little(tablet)
    expect(tablet.status).to_contain_text("waiting for the server", timeout=30_000)
    tablet.turn_to("Notes")
    tablet.note("Heard", "Why do you think so?")
    link.hold(False)
    tablet.wait_until_sent()
    assert len(body_of(server, observation)["evidence"]) == 2  # type: ignore[arg-type]


def test_an_answer_cut_short_counts_as_not_sent(
    server: Server, link: Link, tablet_of: Callable[..., Browser]
) -> None:
    tablet = ready(tablet_of, link.url)
    link.cut_answers(400)
    link.down()  # what was open before would stay whole
    link.up()
    observation = observe_a_little(tablet)
    wait_for(lambda: link.lost >= 2)
    tablet.wait_until_waiting()
    link.cut_answers(None)
    tablet.open_app()
    tablet.wait_until_sent()
    assert body_of(server, observation)["ratings"] == seen.as_kept(FEW)


def test_a_server_killed_in_the_middle_loses_and_doubles_nothing(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = ready(tablet_of, server.url)
    observation = tablet.start_visit(ROOM, seen.RUBRIC)
    for number in range(3):
        tablet.note("Saw", f"{SAID} {number}")
        tablet.page.evaluate("dispatchEvent(new Event('online'))")
        server.kill()
        server.start()
    tablet.open_app()
    tablet.wait_until_sent()
    evidence = body_of(server, observation)["evidence"]
    said = sorted(line["text"] for line in evidence.values())  # type: ignore[attr-defined]
    assert said == [f"{SAID} {number}" for number in range(3)]
    assert {verdict for _, verdict in changes_to(server, observation)} <= {"ok", "merged"}


def test_a_worker_killed_by_the_browser_starts_again_with_the_next_request(
    link: Link, tablet_of: Callable[..., Browser]
) -> None:
    tablet = ready(tablet_of, link.url)
    link.down()
    devtools = tablet.browser.context.new_cdp_session(tablet.page)  # type: ignore[union-attr]
    for _ in range(3):
        devtools.send("ServiceWorker.enable")
        devtools.send("ServiceWorker.stopAllWorkers")
        tablet.reload()
        expect(tablet.page.get_by_role("link", name="Start a visit")).to_be_visible()


def test_a_first_load_cut_half_way_is_no_half_app(
    link: Link, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), link.url)
    # The document and the first scripts come; one file that only the worker fetches never does,
    # neither by itself nor with all the others in one piece.
    context = tablet.browser.context
    assert context is not None
    cut: list[str] = []

    def cut_off(route: Route) -> None:
        cut.append(route.request.url)
        route.abort()

    context.route("**/static/js/ui/screens/desk.js", cut_off)
    context.route("**/app/files", cut_off)
    with context.expect_event("requestfailed", lambda request: request.url.endswith("/desk.js")):
        tablet.sign_in(MR_ORTEGA)
    tablet.go_to("This tablet")
    expect(tablet.fact("Works without a network")).to_contain_text("Not yet")
    held = tablet.page.evaluate("navigator.serviceWorker.controller !== null")
    assert held is False
    assert any(url.endswith("/app/files") for url in cut)

    # What broke off is begun again by itself.
    context.unroute_all()
    expect(tablet.fact("Works without a network")).to_have_text("Yes", timeout=30_000)


@pytest.mark.parametrize("file", ["sync/syncer.js", "ui/parts/status-line.js"])
def test_a_part_of_the_app_that_did_not_come_is_fetched_again_without_a_reload(
    server: Server, tablet_of: Callable[..., Browser], file: str
) -> None:
    # Nothing of the app is on the tablet yet, and no worker can help.
    browser = tablet_of("ortega", service_workers="block")
    assert browser.context is not None
    browser.context.route(f"**/static/js/{file}", lambda route: route.abort(), times=2)
    tablet = Tablet(browser, server.url)
    tablet.sign_in(MR_ORTEGA)
    observation = observe_a_little(tablet)
    tablet.wait_until_sent()
    assert body_of(server, observation)["ratings"] == seen.as_kept(FEW)


def test_a_browser_that_says_it_is_offline_sends_all_the_same(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    browser = tablet_of("ortega")
    assert browser.context is not None
    browser.context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })"
    )
    tablet = Tablet(browser, server.url)
    tablet.sign_in(MR_ORTEGA)
    observation = observe_a_little(tablet)
    assert tablet.page.evaluate("navigator.onLine") is False
    tablet.wait_until_sent()
    assert body_of(server, observation)["ratings"] == seen.as_kept(FEW)


def test_giving_by_many_quick_presses_gives_once(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = ready(tablet_of, server.url)
    before = {kind: len(records(server, kind)) for kind in ("observation", "visit", "walk")}
    observation = observe_a_little(tablet)
    tablet.parts.get_by_role("button", name="Finish").click()
    tablet.page.get_by_role("button", name="Give to the principal").evaluate(
        "button => { for (let n = 0; n < 8; n += 1) button.click() }"
    )
    expect(tablet.page.get_by_text("Given to the principal").first).to_be_visible()
    tablet.page.go_back()
    tablet.page.go_forward()
    tablet.wait_until_sent()
    after = {kind: len(records(server, kind)) for kind in before}
    assert after["observation"] == before["observation"] + 1
    assert after["visit"] == before["visit"] + 1
    assert after["walk"] <= before["walk"] + 1
    assert re.fullmatch("submitted", str(body_of(server, observation)["state"]))
