"""What is counted, chosen and listed in a room without a network, and what the desk reads."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from . import seen
from .browsers import Browser
from .desk import Desk
from .kept import records, wait_for
from .people import DR_ABARA, MR_ORTEGA
from .server import Server
from .tablet import Tablet

ROOM = "Room 9"
HQIM = "HQIM Implementation Walk"
SWEEP = "Timed Engagement Sweep"
ALIGNMENT = "School System Alignment Check"


def in_a_room(
    tablet_of: Callable[..., Browser], server: Server, rubric: str, **options: object
) -> tuple[Tablet, str]:
    tablet = Tablet(tablet_of("ortega", **options), server.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    server.stop()
    return tablet, tablet.start_visit(ROOM, rubric)


def body_of(server: Server, observation: str) -> dict[str, object]:
    return next(one for one in records(server, "observation") if one["id"] == observation)


def entries(server: Server, observation: str, map: str) -> list[dict[str, object]]:
    kept = body_of(server, observation).get(map, {})
    assert isinstance(kept, dict)
    return sorted(kept.values(), key=lambda one: one["at"])


def tool(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="What to count").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def choose(page: Page, group: str, words: str) -> None:
    label = page.get_by_role("group", name=group).locator("label", has_text=words)
    label.click()
    expect(label.locator("input")).to_be_checked()


def test_a_sweep_marks_its_moments_and_counts_only_what_was_looked_at(
    server: Server, tablet_of: Callable[..., Browser], engine: str
) -> None:
    tablet, observation = in_a_room(tablet_of, server, seen.RUBRIC, engine=engine)
    page = tablet.page
    page.clock.install()
    tablet.turn_to("Count")
    tool(page, "Engagement sweep")
    choose(page, "Every", "60 seconds")
    page.get_by_role("button", name="Start the sweep").click()
    expect(page.get_by_text("First signal in")).to_be_visible()
    tablet.turn_to("Notes")  # the cue is there wherever its observer is
    page.clock.fast_forward(60_500)
    cue = page.get_by_role("link", name=re.compile("Look up now: 1"))
    expect(cue).to_be_visible()
    cue.click()
    choose(page, "Students engaged at the signal, of 10", "7")
    for words in ("Talk in team", "Explain or justify", "Listen or watch"):
        choose(page, "What most students are doing", words)
    choose(page, "Whose voice is heard", "Student")
    page.clock.fast_forward(120_000)  # two more signals, and nobody looks at the second
    expect(page.get_by_role("heading", name=re.compile("Signal 3"))).to_be_visible()
    choose(page, "Students engaged at the signal, of 10", "9")
    page.get_by_role("button", name="Stop the sweep").click()
    expect(page.get_by_text("80 % engaged")).to_be_visible()
    expect(
        page.get_by_text("3 signals, every 60 s, 10 students in view; 1 missed.")
    ).to_be_visible()
    tablet.reload()
    expect(page.get_by_text("80 % engaged")).to_be_visible()
    tablet.finish_and_give()
    expect(page.get_by_text("80 % engaged")).to_be_visible()

    server.start()
    tablet.wait_until_sent()
    kept = entries(server, observation, "intervals")
    assert [(one["n"], one["engaged"]) for one in kept] == [(1, 7), (3, 9)]
    assert kept[0]["students"] == ["EX", "LI"] and kept[0]["voice"] == "Student"
    desk = Desk(tablet_of("abara", engine=engine), server.url)
    desk.sign_in(DR_ABARA)
    desk.open_desk()
    desk.read(observation)
    expect(desk.page.get_by_text("80 % engaged")).to_be_visible()


def test_a_sweep_goes_on_after_the_browser_was_killed(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet, observation = in_a_room(tablet_of, server, SWEEP)
    page = tablet.page
    expect(page.get_by_role("heading", name="Engagement sweep")).to_be_visible()
    choose(page, "Every", "30 seconds")
    page.get_by_role("button", name="Start the sweep").click()
    expect(page.get_by_text("First signal in")).to_be_visible()
    tablet.wait_until_saved()
    tablet.browser.kill_and_reopen()
    tablet.open_app(f"#/visit/{observation}/count/sweep")
    expect(tablet.page.get_by_text(re.compile("First signal in|Next signal in"))).to_be_visible()


def test_turns_the_floor_and_students_asked_are_one_tap_each(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet, observation = in_a_room(tablet_of, server, seen.RUBRIC)
    page = tablet.page
    tablet.turn_to("Count")
    card = page.locator(".ask", has_text="What are you learning today?")
    card.get_by_role("button", name="Could answer").click()
    card.get_by_role("button", name="Could not").click()
    expect(page.get_by_text("1 of 2 could answer")).to_be_visible()
    tool(page, "Turns of talk")
    for seat in ("A1", "B3", "A1", "C5"):
        page.locator(".seat", has_text=seat).click()
    choose(page, "What kind of talk", "Why")
    page.get_by_role("button", name=re.compile("^Undo")).click()
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(page.get_by_role("button", name=re.compile(r"Seat\s+A1\s+2\s+turns"))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile(r"Seat\s+C5\s+no turns"))).to_be_visible()
    tool(page, "Who holds the floor")
    page.get_by_role("button", name=re.compile("^Teacher")).click()
    page.get_by_role("button", name=re.compile("^Students")).click()
    page.get_by_role("button", name="Stop the timer").click()
    tablet.wait_until_saved()

    server.start()
    tablet.wait_until_sent()
    body = body_of(server, observation)
    assert body["asked"] == {"q1": {"asked": 2, "could": 1}}
    assert [one["seat"] for one in entries(server, observation, "turns")] == ["A1", "B3", "A1"]
    talk = entries(server, observation, "talk")
    assert [one["who"] for one in talk] == ["teacher", "students"]
    assert talk[0]["until"] == talk[1]["at"] <= talk[1]["until"]


def test_every_kind_of_question_is_answered_and_read_again(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet, observation = in_a_room(tablet_of, server, HQIM)
    page = tablet.page
    tablet.turn_to("Indicators")
    choose(page, "Where is the class against the pacing window the district set?", "Behind 1-5")
    expect(page.get_by_text("Optional · 0 of 2")).to_be_visible()
    expect(page.get_by_text("0 of 12")).to_be_visible()
    tablet.turn_to("The room")
    page.get_by_label("Materials and unit").fill("Unit 3, lesson 4")
    choose(page, "Where must the system help?", "Pacing")
    choose(page, "Where must the system help?", "Planning time")
    tablet.wait_until_saved()
    tablet.reload()
    expect(page.get_by_label("Materials and unit")).to_have_value("Unit 3, lesson 4")
    expect(page.get_by_role("checkbox", name="Pacing")).to_be_checked()
    tablet.finish_and_give()
    expect(page.get_by_text("Planning time, Pacing")).to_be_visible()

    server.start()
    tablet.wait_until_sent()
    body = body_of(server, observation)
    assert body["gates"] == {"G3": {"value": "Behind 1-5 lessons"}}
    assert body["choices"] == {"barriers": {"value": ["Planning time", "Pacing"]}}
    assert body["answers"] == {"material": "Unit 3, lesson 4"}


def test_a_number_is_kept_while_it_is_typed(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet, _ = in_a_room(tablet_of, server, seen.RUBRIC)
    page = tablet.page
    tablet.turn_to("Count")
    field = page.locator("count-stepper input").first
    field.press_sequentially("12")
    tablet.wait_until_saved()
    expect(field).to_be_focused()
    tablet.reload()
    tablet.turn_to("Count")
    expect(page.locator("count-stepper input").first).to_have_value("12")


def test_words_that_come_from_elsewhere_do_not_move_those_being_typed(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet, _ = in_a_room(tablet_of, server, HQIM)
    page = tablet.page
    tablet.turn_to("The room")
    field = page.get_by_label("Materials and unit")
    field.press_sequentially("Unit 3")
    # Another tablet's words arrive before these are handed over.
    page.evaluate(
        """() => {
          const part = document.activeElement.closest("text-answer")
          part.value = "Unit 9, of somebody else"
        }"""
    )
    field.press_sequentially(", lesson 4")
    expect(field).to_have_value("Unit 3, lesson 4")
    tablet.wait_until_saved()
    tablet.reload()
    expect(page.get_by_label("Materials and unit")).to_have_value("Unit 3, lesson 4")


def test_a_rubric_about_the_whole_school_has_no_room_and_nothing_to_count(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    tablet.sign_in(MR_ORTEGA)
    page = tablet.page
    page.get_by_role("link", name="Start a visit").click()
    page.get_by_label("With which rubric?").select_option(label=ALIGNMENT)
    page.get_by_role("button", name="Start the whole-school visit").click()
    tablet.parts.wait_for()
    expect(tablet.parts.get_by_role("link", name="Count")).to_have_count(0)
    tablet.turn_to("Indicators")
    page.locator("a.indicator-row", has_text="Common planning").click()
    page.locator(".level-cards label", has_text="Teams plan team tasks every week.").click()
    tablet.wait_until_sent()
    observation = page.evaluate("location.hash").split("/")[2]
    wait_for(lambda: body_of(server, observation).get("ratings") == {"SY1": {"value": 3}})


def test_the_script_is_split_joined_and_moved_and_each_step_can_be_undone(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet, observation = in_a_room(tablet_of, server, seen.RUBRIC)
    page = tablet.page
    for words in ("Two teams talk", "One team waits. The teacher looks", "A student asks why"):
        tablet.note("Saw", words)
    first, second, third = "Two teams talk", "One team waits.", "A student asks why"

    line = page.locator("evidence-line", has_text="One team waits")
    line.get_by_role("button", name="Edit").click()
    box = page.get_by_label("Change the note")
    box.evaluate("box => box.setSelectionRange(15, 15)")
    page.get_by_role("button", name="Split at the cursor").click()
    script_says(tablet, first, second, "The teacher looks", third)
    page.get_by_role("button", name="Move up").click()
    script_says(tablet, second, first, "The teacher looks", third)
    page.get_by_role("button", name=re.compile("^Undo")).click()
    page.get_by_role("button", name=re.compile("^Undo")).click()
    script_says(tablet, first, "One team waits. The teacher looks", third)
    page.locator("evidence-line", has_text=third).get_by_role("button", name="Edit").click()
    page.get_by_role("button", name="Join with the one above").last.click()
    script_says(tablet, first, f"One team waits. The teacher looks {third}")
    tablet.wait_until_saved()

    server.start()
    tablet.wait_until_sent()
    kept = entries(server, observation, "evidence")
    whole = f"One team waits. The teacher looks\n{third}"
    assert [one["text"] for one in kept] == [first, whole]


def script_says(tablet: Tablet, *lines: str) -> None:
    expect(tablet.page.locator("evidence-line .said")).to_have_text(list(lines))


def test_hints_lead_to_their_place_and_can_be_left(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet, _ = in_a_room(tablet_of, server, seen.RUBRIC)
    page = tablet.page
    tablet.note("Saw", "Good start by Ms. Vega")
    tablet.parts.get_by_role("button", name="Finish").click()
    hints = page.get_by_role("list", name="Worth a look")
    expect(
        hints.get_by_role("link", name=re.compile("“Ms. Vega” looks like a name"))
    ).to_be_visible()
    hints.get_by_role("link", name=re.compile("“Good” judges")).click()
    box = page.get_by_label("Change the note")
    expect(box).to_be_focused()
    box.fill("Starts 2 minutes after the bell")
    page.get_by_role("button", name="Done").click()
    tablet.parts.get_by_role("button", name="Finish").click()
    expect(hints.get_by_text("judges")).to_have_count(0)
    hints.get_by_role("button", name=re.compile(r"Leave it\s*: Not answered yet")).click()
    tablet.reload()
    expect(hints).to_be_visible()
    expect(hints.get_by_text("Not answered yet")).to_have_count(0)
    expect(page.get_by_role("button", name="Give to the principal")).to_be_enabled()


def test_own_phrases_are_kept_on_this_tablet_and_put_where_the_pen_stands(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet, _ = in_a_room(tablet_of, server, seen.RUBRIC)
    page = tablet.page
    page.get_by_role("button", name="Phrases").click()
    box = page.get_by_role("textbox", name="Note")
    page.get_by_role("button", name="… of … teams").click()
    page.keyboard.type("3")
    expect(box).to_have_value("3 of __ teams ")
    box.fill("Exit ticket on the board")
    page.get_by_role("button", name="Keep these words as a phrase").click()
    box.fill("")
    tablet.reload()
    page.get_by_role("button", name="Phrases").click()
    page.get_by_role("button", name="Exit ticket on the board", exact=True).click()
    expect(page.get_by_role("textbox", name="Note")).to_have_value("Exit ticket on the board")


def test_keys_rate_and_turn_but_never_while_somebody_writes(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet, _ = in_a_room(tablet_of, server, seen.RUBRIC)
    page = tablet.page
    page.keyboard.press("i")
    page.locator("a.indicator-row").first.click()
    page.locator(".level-cards").wait_for()
    page.keyboard.press("3")
    expect(page.locator(".level-cards input").nth(2)).to_be_checked()
    page.keyboard.press("j")
    page.keyboard.press("0")
    expect(page.locator(".level-apart input").first).to_be_checked()
    page.keyboard.press("u")
    expect(page.locator(".level-apart input").first).not_to_be_checked()
    page.keyboard.press("n")
    page.keyboard.type("i see 3 of 4")
    expect(page.get_by_role("textbox", name="Note")).to_have_value("i see 3 of 4")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_sketch_is_kept_stroke_by_stroke_and_the_desk_sees_it(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet, observation = in_a_room(tablet_of, server, seen.RUBRIC)
    page = tablet.page
    page.get_by_role("button", name="Draw").click()
    pad = page.get_by_role("img", name="Where you draw")
    box = pad.bounding_box()
    assert box is not None
    for row in (0.2, 0.5, 0.8):
        page.mouse.move(box["x"] + 20, box["y"] + box["height"] * row)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] - 20, box["y"] + box["height"] * row, steps=8)
        page.mouse.up()
    page.get_by_role("button", name="Undo the last stroke").click()
    page.get_by_label("What does it show?").fill("Where the teams sit")
    tablet.wait_until_saved()
    # Closed, not killed: right after signing in a killed browser may forget who it was.
    tablet.browser.close()
    tablet.browser.open()
    tablet.open_app(f"#/visit/{observation}")
    page = tablet.page
    drawing = page.get_by_role("img", name="Where the teams sit")
    expect(drawing.locator("path")).to_have_count(2)
    tablet.finish_and_give()

    server.start()
    tablet.wait_until_sent()
    (kept,) = entries(server, observation, "ink")
    lines = str(kept["strokes"]).split("\n")
    assert len(lines) == 2 and all(len(line.split(" ")) > 3 for line in lines)
    desk = Desk(tablet_of("abara"), server.url)
    desk.sign_in(DR_ABARA)
    desk.open_desk()
    desk.read(observation)
    expect(desk.page.get_by_role("img", name="Where the teams sit")).to_be_visible()
