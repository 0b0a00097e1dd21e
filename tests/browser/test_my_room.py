"""A teacher reads what was written about her room, and replies; the observer finds it offline."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from . import seen
from .browsers import Browser
from .desk import Desk
from .inspector import THEMES, Inspector, is_looked_at
from .kept import records
from .link import Link
from .pages import follow
from .people import DR_ABARA, MR_ORTEGA, MS_KELLER, MS_STONE, SignIn
from .server import Server
from .tablet import SENT_WITHIN_MS, Tablet

ROOM = "Room 8"
NOTE = "Four students checked their plan against the criteria"
WORDS = "It was the first day with the new criteria."
THANKS = "Thank you, I did not know that."


class OwnPage:
    """What somebody does on their own page, in any browser."""

    def __init__(self, browser: Browser, server: Server, who: SignIn) -> None:
        self.browser, self.page, self.url = browser, browser.page, server.url
        self.open()
        self.page.get_by_label("Email").fill(who.email)
        self.page.get_by_label("Password").fill(who.password)
        follow(self.page, self.page.get_by_role("button", name="Sign in"))
        expect(self.page.get_by_role("heading", name="My own")).to_be_visible()

    def open(self, path: str = "/mine/") -> None:
        self.page.goto(f"{self.url}{path}")

    def press(self, words: str) -> None:
        follow(self.page, self.page.get_by_role("button", name=words, exact=True))

    def go(self, words: str) -> None:
        follow(self.page, self.page.get_by_role("link", name=words))

    def claim(self, day: str) -> None:
        self.go("This was my room")
        self.page.get_by_label("On which day were you visited?").fill(day)
        self.page.get_by_label("In which room?").select_option(label="8")
        self.page.get_by_label("I agree").check()
        self.press("This was my room")
        expect(self.page.get_by_text("Not confirmed so far")).to_be_visible()

    def reply(self, says: str, words: str) -> None:
        self.page.get_by_role("radio", name=says).check()
        self.page.get_by_label("Your words").fill(words)
        self.press("Attach it")


def day_of(server: Server, observation: str) -> str:
    """By the tablet's calendar: it may be another day than the server's."""
    return next(
        str(one["date"]) for one in records(server, "observation") if one["id"] == observation
    )


def given(tablet: Tablet) -> str:
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    tablet.open_app()
    observation = tablet.start_visit(ROOM, seen.RUBRIC)
    tablet.note("Saw", NOTE)
    tablet.finish_and_give()
    tablet.wait_until_sent()
    return observation


def test_from_the_claim_to_the_answer(
    server: Server, link: Link, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), link.url)
    observation = given(tablet)
    teacher = OwnPage(tablet_of("stone"), server, MS_STONE)
    teacher.claim(day_of(server, observation))
    observer = OwnPage(tablet_of("ortega-at-a-desk"), server, MR_ORTEGA)
    expect(observer.page.get_by_text("Maya Stone says: visit")).to_be_visible()
    observer.press("Yes, her room")

    principal = Desk(tablet_of("abara"), server.url)
    principal.sign_in(DR_ABARA)
    principal.open_desk()
    principal.read(observation)
    principal.release()

    teacher.open()
    teacher.go("Read visit")
    expect(teacher.page.get_by_text(NOTE)).to_be_visible()
    teacher.reply("I ask for a correction", WORDS)
    expect(teacher.page.get_by_text("Your reply is attached")).to_be_visible()
    expect(teacher.page.get_by_text(WORDS)).to_be_visible()

    tablet.open_app("#/tablet")
    tablet.page.get_by_role("button", name="Send and fetch now").click()
    tablet.open_app(f"#/visit/{observation}")
    replies = tablet.page.locator("room-replies")
    expect(replies).to_contain_text(WORDS, timeout=SENT_WITHIN_MS)
    link.down()
    tablet.open_app(f"#/visit/{observation}")
    expect(replies).to_contain_text(WORDS)
    expect(replies).not_to_contain_text("Stone")
    replies.get_by_role("button", name="Answer").click()
    replies.get_by_label("Your answer").fill(THANKS)
    replies.get_by_role("button", name="Answer").click()
    expect(replies).to_contain_text(THANKS)
    link.up()
    tablet.open_app("#/tablet")
    tablet.page.get_by_role("button", name="Send and fetch now").click()
    tablet.wait_until_sent()
    [kept] = records(server, "reply")
    assert (kept["text"], kept["answer"]["text"]) == (WORDS, THANKS)

    teacher.page.reload()
    expect(teacher.page.get_by_text(THANKS)).to_be_visible()
    expect(teacher.page.get_by_role("link", name="Change my words")).to_have_count(0)
    withdraw(teacher)


def withdraw(teacher: OwnPage) -> None:
    read = teacher.page.url
    teacher.open()
    teacher.page.get_by_text("What you agreed to", exact=True).click()
    follow(teacher.page, teacher.page.get_by_role("button", name="Withdraw"))
    expect(teacher.page.get_by_text("Nothing of it can be read here any more.")).to_be_visible()
    answer = teacher.page.goto(read)
    assert answer is not None and answer.status == 404


def test_the_desk_reopens_with_the_reason_of_the_room(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    observation = given(Tablet(tablet_of("ortega"), server.url))
    teacher = OwnPage(tablet_of("stone"), server, MS_STONE)
    teacher.claim(day_of(server, observation))
    OwnPage(tablet_of("ortega-at-a-desk"), server, MR_ORTEGA).press("Yes, her room")
    principal = Desk(tablet_of("abara"), server.url)
    principal.sign_in(DR_ABARA)
    principal.open_desk()
    principal.read(observation)
    principal.release()
    teacher.open()
    teacher.go("Read visit")
    teacher.reply("I ask for a correction", WORDS)
    principal.open_app("#/tablet")
    principal.page.get_by_role("button", name="Send and fetch now").click()
    principal.wait_until_sent()
    principal.open_app(f"#/desk/{observation}")
    replies = principal.page.locator("room-replies")
    expect(replies).to_contain_text(WORDS, timeout=SENT_WITHIN_MS)
    replies.get_by_role("button", name="Reopen with this reason").click()
    expect(principal.page.get_by_label("Why do you reopen it?")).to_have_value(WORDS)
    principal.page.get_by_role("button", name="Reopen", exact=True).click()
    principal.wait_until_sent()
    assert [one["verb"] for one in records(server, "review") if one["text"] == WORDS] == ["reopen"]


@pytest.mark.parametrize("theme", [name for name in THEMES if is_looked_at(name)])
def test_the_pages_can_be_used_by_everybody(
    server: Server, tablet_of: Callable[..., Browser], theme: str
) -> None:
    observation = given(Tablet(tablet_of("ortega"), server.url))
    teacher = OwnPage(tablet_of("stone", **THEMES[theme]), server, MS_STONE)
    eye = Inspector(teacher.browser, every_size=theme == "light")
    teacher.go("This was my room")
    eye.look("the form of a claim")
    teacher.open()
    teacher.claim(day_of(server, observation))
    eye.look("a claim that waits")
    observer = OwnPage(tablet_of("ortega-at-a-desk", **THEMES[theme]), server, MR_ORTEGA)
    asked = Inspector(observer.browser, every_size=theme == "light")
    asked.look("is this her room")
    observer.press("Yes, her room")
    principal = Desk(tablet_of("abara", **THEMES[theme]), server.url)
    principal.sign_in(DR_ABARA)
    principal.open_desk()
    principal.read(observation)
    principal.release()
    teacher.open()
    eye.look("something to read")
    teacher.go("Read visit")
    teacher.reply("I ask for a correction", WORDS)
    eye.look("a copy with a reply")
    teacher.go("Change my words")
    eye.look("changing her words")
    teacher.open("/mine/access")
    eye.look("who has looked")
    principal.open_app("#/tablet")
    principal.page.get_by_role("button", name="Send and fetch now").click()
    principal.wait_until_sent()
    principal.open_app(f"#/desk/{observation}")
    principal.page.locator("room-replies .note-box").wait_for()
    at_desk = Inspector(principal.browser, every_size=theme == "light")
    at_desk.look("a reply at the desk")
    for inspector in (eye, asked, at_desk):
        inspector.assert_nothing_found()


def test_the_pages_of_trust_can_be_used_by_everybody(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    browser = tablet_of("keller")
    page = browser.page
    page.goto(f"{server.url}/sign-in")
    page.get_by_label("Email").fill(MS_KELLER.email)
    page.get_by_label("Password").fill(MS_KELLER.password)
    follow(page, page.get_by_role("button", name="Sign in"))
    eye = Inspector(browser, every_size=True)
    follow(page, page.get_by_role("link", name="How long things are kept"))
    eye.look("retention without a rule")
    page.get_by_label("Years").first.fill("1")
    follow(page, page.get_by_role("button", name="Save"))
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("combobox", name="Hold", exact=True).select_option(index=1)
    page.get_by_label("Why").fill("A records request.")
    follow(page, page.get_by_role("button", name="Put on hold"))
    page.goto(f"{page.url.partition('?')[0]}?on=2031-01-01")
    eye.look("retention with a rule and a hold")
    follow(page, page.get_by_role("link", name="Overview").first)
    eye.look("overview")
    follow(page, page.get_by_role("link", name="Who has looked"))
    eye.look("who has looked, administrator")
    eye.assert_nothing_found()
