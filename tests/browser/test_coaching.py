"""A coach asks, a teacher agrees, a step is written, found again at the door, closed, withdrawn."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from . import seen
from .browsers import Browser
from .inspector import THEMES, Inspector, is_looked_at
from .kept import records, wait_for
from .link import Link
from .people import DR_ABARA, MR_VELEZ, MS_STONE, MS_WHITFIELD
from .server import Server
from .tablet import SENT_WITHIN_MS, Tablet

SCHOOL, ROOM, OTHER_ROOM = "Mill Creek Middle", "Room 202", "Room 201"
COACH, TEACHER = "Dana Whitfield", "Omar Velez"
STRENGTH = "Three students read their claim aloud and named the source."
QUESTION = "Who decides when a claim is strong enough?"
STEP = "After each claim, ask: “Who sees it differently?”"
LOOK_FOR = "A student answers another student, not the teacher."
EVIDENCE = "Twice a student answered another one; the teacher waited both times."


class Zone(Tablet):
    """What the two people of an agreement do."""

    def enter(self) -> None:
        self.open_app("#/coaching")
        self.heading("Coaching").wait_for()

    def heading(self, words: str) -> Locator:
        return self.page.get_by_role("heading", name=words, exact=True)

    def tap(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).click()

    def open_pair(self, name: str) -> None:
        self.enter()
        self.page.get_by_role("link", name=name).first.click()
        self.heading(name).wait_for()

    def send(self) -> None:
        self.open_app("#/tablet")
        self.tap("Send and fetch now")
        self.wait_until_sent()

    def write(self, **words: str) -> None:
        for label, text in words.items():
            box = self.page.get_by_role("textbox", name=label.replace("_", " "), exact=True)
            box.fill(text)
            box.blur()

    def start_at(self, school: str, room: str) -> None:
        self.open_app("#/start")
        self.page.get_by_label("At which school?").select_option(label=school)
        self.page.get_by_label("With which rubric?").select_option(label=seen.RUBRIC)
        self.page.locator("button.room", has_text=room).click()
        self.parts.wait_for()

    @property
    def last_step(self) -> Locator:
        return self.page.locator("last-step details")


def whitfield(tablet_of: Callable[..., Browser], url: str) -> Zone:
    coach = Zone(tablet_of("whitfield"), url)
    coach.sign_in(MS_WHITFIELD)
    return coach


def velez(tablet_of: Callable[..., Browser], url: str) -> Zone:
    teacher = Zone(tablet_of("velez"), url)
    teacher.sign_in(MR_VELEZ)
    return teacher


def test_from_the_question_to_the_door_and_back(
    server: Server, link: Link, tablet_of: Callable[..., Browser]
) -> None:
    coach = whitfield(tablet_of, link.url)
    coach.make_ready_for_offline()
    ask(coach)
    teacher = velez(tablet_of, server.url)
    agree(teacher)
    write_a_step(coach)

    link.down()
    coach.start_at(SCHOOL, OTHER_ROOM)
    expect(coach.last_step).to_have_count(0)
    coach.start_at(SCHOOL, ROOM)
    expect(coach.last_step).to_contain_text(STEP)
    expect(coach.last_step).to_contain_text(LOOK_FOR)
    coach.last_step.locator("summary").click()
    expect(coach.page.get_by_text(STEP)).to_be_hidden()
    close(coach)
    link.up()
    coach.send()
    for kind in ("visit", "visit_room", "observation", "walk"):
        assert STEP not in str(records(server, kind)) and TEACHER not in str(records(server, kind))
    [step] = [one for one in records(server, "coaching_step") if one["step"] == STEP]
    assert (step["closed"]["uptake"], step["closed"]["text"]) == (3, EVIDENCE)

    teacher.open_pair(COACH)
    expect(teacher.page.get_by_text(EVIDENCE)).to_be_visible(timeout=SENT_WITHIN_MS)
    withdraw(teacher)
    forgotten(coach)
    teacher.enter()
    teacher.page.get_by_text("Over", exact=True).click()
    teacher.page.get_by_role("link", name=COACH).filter(has_text="Withdrawn").click()
    expect(teacher.page.get_by_text(EVIDENCE)).to_be_visible()


def ask(coach: Zone) -> None:
    """The question of the demo is taken back, and asked anew."""
    coach.page.get_by_role("link", name="Coaching").click()
    coach.tap(f"Take back the question to {TEACHER}")
    coach.page.get_by_label("Whom?").select_option(label=f"{TEACHER} · {SCHOOL}")
    coach.tap("Ask")
    expect(
        coach.page.get_by_role("button", name=f"Take back the question to {TEACHER}")
    ).to_be_visible()
    coach.send()


def agree(teacher: Zone) -> None:
    question = teacher.page.get_by_role("article", name=f"A question from {COACH}")
    expect(question).to_have_count(1, timeout=SENT_WITHIN_MS)
    expect(question).to_contain_text("Nobody else does")
    question.get_by_text("The rooms I teach in").first.click()
    question.get_by_label(ROOM).check()
    question.get_by_role("button", name="I agree").click()
    expect(teacher.heading("My coaches")).to_be_visible()
    teacher.send()


def write_a_step(coach: Zone) -> None:
    coach.send()
    coach.open_pair(TEACHER)
    coach.tap("Write a step")
    coach.write(One_strength=STRENGTH, One_question=QUESTION)
    coach.tap("Give it to the teacher")
    expect(coach.page.get_by_role("alert")).to_have_text("Still to be written: One small step.")
    # Every letter is kept: the tablet may go away in the middle.
    coach.wait_until_saved()
    coach.reload()
    expect(coach.page.get_by_role("textbox", name="One strength")).to_have_value(STRENGTH)
    coach.write(One_small_step=STEP, Look_for_this_next_time=LOOK_FOR)
    coach.tap("Give it to the teacher")
    expect(coach.heading("Last step")).to_be_visible()
    coach.send()


def close(coach: Zone) -> None:
    coach.last_step.locator("summary").click()
    coach.last_step.get_by_role("link").click()
    coach.tap("Close it with evidence")
    coach.tap("Close the step")
    expect(coach.page.get_by_text("a step is closed with evidence")).to_be_visible()
    coach.page.locator("label", has_text="Tried and adjusted").click()
    coach.page.get_by_role("textbox", name="Evidence").fill(EVIDENCE)
    coach.tap("Close the step")
    expect(coach.heading("Earlier steps")).to_be_visible()


def withdraw(teacher: Zone) -> None:
    teacher.tap("Withdraw")
    expect(teacher.page.get_by_text("ends for good")).to_be_visible()
    teacher.page.get_by_role("group", name="Withdraw").get_by_role(
        "button", name="Withdraw"
    ).click()
    expect(teacher.heading("Coaching")).to_be_visible()
    teacher.send()


def forgotten(coach: Zone) -> None:
    """After the next contact nothing of the step is left anywhere on the coach's tablet."""
    coach.send()
    coach.enter()
    coach.page.get_by_text("Over", exact=True).click()
    over = coach.page.get_by_role("link", name=TEACHER).filter(has_text="Withdrawn")
    expect(over).to_be_visible(timeout=SENT_WITHIN_MS)
    over.click()
    expect(coach.page.get_by_text("The steps have left this tablet")).to_be_visible()
    expect(coach.page.get_by_text(STEP)).to_have_count(0)
    coach.start_at(SCHOOL, ROOM)
    expect(coach.last_step).to_have_count(0)


def test_in_a_nameless_walk_nothing_of_a_teacher_stands_there(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    coach = whitfield(tablet_of, server.url)
    coach.start_at("Heron Lake Elementary", "Room 12")
    expect(coach.last_step).to_contain_text("ask one more student")
    coach.open_app()
    coach.page.locator(".stop", has_text="Room 12").get_by_role("button").click()
    coach.parts.wait_for()
    coach.note("Saw", "Six teams of four")
    expect(coach.last_step).to_have_count(0)


def test_the_principal_of_the_school_finds_nothing_of_it(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    principal = Zone(tablet_of("abara"), server.url)
    principal.sign_in(DR_ABARA)
    principal.open_app("#/coaching")
    expect(principal.heading("Today")).to_be_visible()
    expect(principal.page.get_by_role("link", name="Coaching")).to_have_count(0)


def test_a_tablet_that_was_away_sends_its_step_into_a_withdrawn_agreement(
    server: Server, link: Link, tablet_of: Callable[..., Browser]
) -> None:
    coach = whitfield(tablet_of, link.url)
    coach.make_ready_for_offline()
    coach.open_pair("Maya Stone")
    link.down()
    coach.tap("Write a step")
    coach.write(One_strength=STRENGTH, One_question=QUESTION, One_small_step=STEP)
    coach.tap("Give it to the teacher")

    teacher = Zone(tablet_of("stone"), server.url)
    teacher.sign_in(MS_STONE)
    teacher.open_pair(COACH)
    withdraw(teacher)
    wait_for(lambda: any("over" in one for one in records(server, "agreement")))
    link.up()
    coach.open_app("#/tablet")
    coach.tap("Send and fetch now")
    expect(coach.page.get_by_text("kept for the lead to decide")).to_be_visible(
        timeout=SENT_WITHIN_MS
    )
    coach.enter()
    expect(coach.page.get_by_text(STEP)).to_have_count(0)


@pytest.mark.parametrize("theme", [name for name in THEMES if is_looked_at(name)])
def test_both_sides_of_the_zone_can_be_used_by_everybody(
    server: Server, tablet_of: Callable[..., Browser], theme: str
) -> None:
    coach = Zone(tablet_of("whitfield", **THEMES[theme]), server.url)
    coach.sign_in(MS_WHITFIELD)
    eye = Inspector(coach.browser, every_size=theme == "light")
    coach.enter()
    eye.look("coach, list")
    coach.open_pair("Maya Stone")
    coach.tap("End this agreement")
    eye.look("coach, a second question")
    coach.tap("Not now")
    coach.tap("Close it with evidence")
    coach.tap("Close the step")
    eye.look("coach, closing without evidence")
    coach.tap("Not now")
    coach.tap("Write a step")
    coach.tap("Give it to the teacher")
    eye.look("coach, writing")
    coach.start_at("Heron Lake Elementary", "Room 12")
    coach.last_step.wait_for()
    eye.look("coach, at the door")
    eye.assert_nothing_found()
    look_at_the_teachers(server, tablet_of, theme)


def look_at_the_teachers(server: Server, tablet_of: Callable[..., Browser], theme: str) -> None:
    teacher = Zone(tablet_of("velez", **THEMES[theme]), server.url)
    teacher.sign_in(MR_VELEZ)
    eye = Inspector(teacher.browser, every_size=theme == "light")
    teacher.page.get_by_role("article").wait_for()
    teacher.page.get_by_text("The rooms I teach in").first.click()
    eye.look("teacher, a question")
    eye.assert_nothing_found()
