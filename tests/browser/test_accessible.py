"""Every screen and state: axe finds nothing, nothing scrolls sideways, every target can be hit."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from . import axe, seen
from .browsers import Browser
from .desk import Desk
from .inspector import THEMES, Inspector, is_looked_at
from .pages import follow, sign_in_to_pages
from .people import DR_ABARA, MR_ORTEGA, MS_KELLER
from .server import Server
from .tablet import Tablet, rubric_called, title_of

PLANTED = """() => {
  const button = document.body.appendChild(document.createElement('button'))
  const place = { position: 'absolute', left: '900px', width: '20px', height: '20px' }
  Object.assign(button.style, place)
}"""


@pytest.fixture(params=THEMES)
def theme(request: pytest.FixtureRequest) -> str:
    chosen: str = request.param
    if not is_looked_at(chosen):
        pytest.skip("looked at by make test-all")
    return chosen


def test_what_an_observer_sees(
    server: Server, tablet_of: Callable[..., Browser], theme: str
) -> None:
    tablet = Tablet(tablet_of("ortega", **THEMES[theme]), server.url)
    page = tablet.page
    eye = Inspector(tablet.browser, every_size=theme == "light")
    tablet.open_app()
    eye.look("sign in")
    page.get_by_label("Email").fill(MR_ORTEGA.email)
    page.get_by_label("Password").fill("not the password at all")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    eye.look("sign in, refused")

    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    eye.look("today")
    look_at_planning(tablet, eye)
    look_at_a_visit(tablet, eye)
    server.kill()
    look_at_trouble(tablet, eye)
    eye.assert_nothing_found()
    server.start()


def look_at_planning(tablet: Tablet, eye: Inspector) -> None:
    page = tablet.page
    tablet.open_app("#/start")
    page.get_by_role("button", name="Room 12").wait_for()
    eye.look("start a visit")
    tablet.open_app("#/plan")
    page.get_by_role("button", name="Save the walk").click()
    eye.look("plan a walk, without its question")
    page.get_by_label("Focus question").fill("How do students justify what they claim?")
    page.get_by_label("Problem of practice").fill("Answers come without their reasons.")
    page.get_by_label("Add a room").select_option(index=1)
    page.get_by_label("Add a room").select_option(index=1)
    eye.look("plan a walk, two stops")
    page.get_by_role("button", name="Save the walk").click()
    page.get_by_role("heading", name="Stops", exact=True).wait_for()
    eye.look("a planned walk")


def look_at_a_visit(tablet: Tablet, eye: Inspector) -> None:
    page, rubric = tablet.page, rubric_called(seen.RUBRIC)
    tablet.open_app()
    observation = tablet.start_visit("Room 12", seen.RUBRIC)
    eye.look("visit, nothing noted")
    for kind, words in seen.NOTES[:3]:
        tablet.note(kind, words)
    eye.look("visit, notes")
    page.get_by_role("button", name="Edit").first.click()
    eye.look("visit, a note in change")
    page.get_by_role("button", name="Done").click()
    tablet.turn_to("Indicators")
    eye.look("visit, indicators")
    tablet.answer(rubric.content["gates"][0]["question"], "No")
    eye.look("visit, indicators after the gate")
    tablet.rate(rubric, "TE1", 3)
    eye.look("visit, levels")
    tablet.rate(rubric, "TS3", "not_applicable")
    eye.look("visit, does not apply")
    tablet.open_indicator(title_of(rubric, "TE3"))
    eye.look("visit, a pair")
    tablet.turn_to("Count")
    eye.look("visit, counts")
    count_everything(page, eye)
    tablet.turn_to("The room")
    eye.look("visit, the room")
    tablet.parts.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name="Give to the principal").wait_for()
    eye.look("visit, finish")
    page.get_by_role("button", name="Give to the principal").click()
    page.get_by_role("button", name="Take back").wait_for()
    eye.look("visit, given")
    tablet.open_app(f"#/visit/{observation[:-1]}0")
    eye.look("visit, not on this tablet")


def count_everything(page: Page, eye: Inspector) -> None:
    tools = page.get_by_role("navigation", name="What to count")
    tools.get_by_role("link", name="Engagement sweep").click()
    page.get_by_role("button", name="Start the sweep").wait_for()
    eye.look("visit, a sweep to begin")
    tools.get_by_role("link", name="Turns of talk").click()
    page.locator(".seat", has_text="B3").click()
    eye.look("visit, turns")
    tools.get_by_role("link", name="Who holds the floor").click()
    page.get_by_role("button", name="Students").click()
    eye.look("visit, the floor")
    page.get_by_role("button", name="Stop the timer").click()


def look_at_trouble(tablet: Tablet, eye: Inspector) -> None:
    page = tablet.page
    tablet.open_app()
    tablet.start_visit("Room 9", seen.RUBRIC)
    tablet.wait_until_waiting()
    eye.look("visit, no network")
    tablet.open_app()
    eye.look("today, waiting")
    tablet.open_app("#/tablet")
    eye.look("this tablet, waiting")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Stay signed in").wait_for()
    eye.look("this tablet, signing out refused")
    tablet.open_app("#/needs")
    eye.look("needs you, nothing")


def test_what_a_principal_sees(
    server: Server, tablet_of: Callable[..., Browser], theme: str
) -> None:
    desk = Desk(tablet_of("abara", **THEMES[theme]), server.url)
    page = desk.page
    eye = Inspector(desk.browser, every_size=theme == "light")
    desk.sign_in(DR_ABARA)
    desk.open_app("#/desk")
    desk.waiting.first.wait_for()
    eye.look("desk")
    desk.waiting.first.click()
    page.locator("observation-reading").wait_for()
    eye.look("desk, reading")
    for ask in ("Comment", "Send back"):
        page.get_by_role("button", name=ask, exact=True).click()
        eye.look(f"desk, {ask.lower()}")
        page.get_by_role("button", name="Not now").click()
    page.get_by_role("button", name="Send back").click()
    page.get_by_role("button", name="Send back").click()
    eye.look("desk, send back without a reason")
    eye.assert_nothing_found()


def test_what_somebody_without_a_screen_sees(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("keller"), server.url)
    tablet.sign_in(MS_KELLER)
    eye = Inspector(tablet.browser, every_size=True)
    eye.look("nobody's screen")
    eye.assert_nothing_found()


def test_what_an_administrator_sees(
    server: Server, tablet_of: Callable[..., Browser], theme: str
) -> None:
    browser = tablet_of("keller", **THEMES[theme])
    page = browser.page
    eye = Inspector(browser, every_size=theme == "light")
    for path in ("", "sign-in", "problems/too-many-tries", "invite/nothing", "nowhere"):
        page.goto(f"{server.url}/{path}")
        eye.look(f"/{path}")
    sign_in_to_pages(page, server, MS_KELLER)
    eye.look("overview")
    for section in ("Schools", "People", "Import", "Devices", "Audit"):
        follow(page, page.get_by_role("navigation").get_by_role("link", name=section))
        eye.look(section)
    look_at_a_person(page, eye)
    look_at_an_import(page, eye)
    eye.assert_nothing_found()


def look_at_a_person(page: Page, eye: Inspector) -> None:
    sections = page.get_by_role("navigation")
    follow(page, sections.get_by_role("link", name="Schools"))
    follow(page, page.get_by_role("link", name="Heron Lake Elementary"))
    eye.look("a school")
    follow(page, page.get_by_role("link", name="Add a room"))
    eye.look("a new room")
    follow(page, sections.get_by_role("link", name="People"))
    follow(page, page.get_by_role("link", name="Add a person"))
    eye.look("a new person")
    page.get_by_label("Name").fill("Ngozi Okoye")
    page.get_by_label("Email").fill("okoye@lakeview.example")
    page.get_by_label("Role").select_option("observer")
    follow(page, page.get_by_role("button", name="Add person"))
    eye.look("a person")
    follow(page, page.get_by_role("button", name="Make a link"))
    eye.look("a link")
    link = page.get_by_label("Link", exact=True).input_value()
    back = page.url
    page.goto(link)
    eye.look("an invitation")
    page.goto(back.removesuffix("/link"))


def look_at_an_import(page: Page, eye: Inspector) -> None:
    for name, text in {
        "good": "school_code,school_name\n0900,Birch Street School\n",
        "bad": "school_code,room_code\n0900,\n0031,12\n",
        "broken": "this is no list",
    }.items():
        follow(page, page.get_by_role("navigation").get_by_role("link", name="Import"))
        page.get_by_label("File").set_input_files(
            {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": text.encode()}
        )
        follow(page, page.get_by_role("button", name="Look at it"))
        eye.look(f"an import, {name}")


def test_axe_finds_a_fault_that_was_planted(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    browser = tablet_of("nobody")
    browser.page.goto(server.url)
    browser.page.evaluate(PLANTED)
    assert [one["id"] for one in axe.faults(browser)] == ["button-name"]
    assert len(axe.small_targets(browser.page)) == 1
    assert axe.wider_than_the_screen(browser.page)
