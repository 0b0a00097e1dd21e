"""What is asked of a form and of the app, and from when until when it is timed."""

from collections.abc import Sequence

from playwright.sync_api import Page

from tests.browser.server import Server
from tests.browser.tablet import Tablet

from . import filled
from .forms import ROOM, Form, Walkapp
from .runs import Runs
from .tablet import SlowTablet, acts, forget, tap, watch_saves

MOUNT, AGAIN, TAP, TURN = "mount", "mount again", "tap to paint", "next indicator"
TAP_SAVED, LETTER_SAVED, FROM_INPUT = "tap to durable", "letter to durable", "letter, with its wait"
TYPE = "key to paint"
START, START_PAINTED = "cold start", "cold start, painted"
SLOWNESS = "slowness"
RUBRIC = filled.RUBRIC_TITLE
WARM_UP_TAPS = 10
LETTERS = "quiet room with teams at work beside windows and boards "
# A letter, then time for the note to be saved and the page to come to rest.
ALONE_MS = 400
# As people type: the save falls into the pause behind a word, or onto the next key.
LETTER_MS, PAUSE_MS = 110, 270
WORDS = ("they ", "count ", "again ", "while ", "one ", "of ", "them ", "draws ", "it ", "slowly ")


def forms(runs: Runs, all_of_them: Sequence[Form]) -> None:
    """Mount and rate the sixty, from peer to peer in each round."""
    for round in runs.rounds():
        for one in all_of_them:
            with runs.measuring(one.name, round) as ms:
                one.begin()
                if one.shows_all:
                    ms[MOUNT].append(one.mount())
                    ms[AGAIN].extend(_mount_again(one) for _ in range(runs.sizes.mounts))
                else:
                    one.mount()
                _rate(one, ms, runs.sizes.taps if round else WARM_UP_TAPS)


def _mount_again(one: Form) -> float:
    one.leave()
    return one.mount()


def _rate(one: Form, ms: dict[str, list[float]], taps: int) -> None:
    """Rate them in their order; each tap has shown before the next."""
    for number in range(taps):
        turned = one.turn_to(number)
        if turned is not None:
            ms[TURN].append(turned)
        forget(one.page, "click")  # those that brought us here
        level = one.level(number)
        tap(level)
        ms[TAP] += acts(one.page, "click")
        assert level.locator("input").is_checked(), f"{one.name}: tap {number} chose nothing"
    if isinstance(one, Walkapp):
        found = _saves(one.page, "ratings/")
        ms[TAP_SAVED] += [saved["durable"] - saved["click"] for saved in found]


def letters(runs: Runs, tablet: Tablet) -> None:
    """A note written letter by letter, each given the time to be saved by itself."""
    page = tablet.page
    for round in runs.rounds():
        with runs.measuring(Walkapp.name, round) as ms:
            _begin_note(tablet)
            for n in range(runs.sizes.letters):
                page.keyboard.type(LETTERS[n % len(LETTERS)])
                page.wait_for_timeout(ALONE_MS)
            found = _saves(page, "evidence/")
            ms[LETTER_SAVED] += [saved["durable"] - saved["began"] for saved in found]
            ms[FROM_INPUT] += [saved["durable"] - saved["input"] for saved in found]


def _begin_note(tablet: Tablet) -> None:
    tablet.open_app()
    tablet.start_visit(ROOM, RUBRIC)
    watch_saves(tablet.page)
    tablet.page.get_by_role("textbox", name="Note").click()


def _saves(page: Page, path: str) -> list[dict[str, float]]:
    """The saves that wrote under this path, waited for and timed by the promise the app gives."""
    found = page.evaluate("walkBench.takeSaves()")
    return [one for one in found if any(each.startswith(path) for each in one["paths"])]


def typing(runs: Runs, tablet: Tablet) -> None:
    """Words into the note of an observation whose script is long already."""
    tablet.open_app()
    observation = tablet.start_visit(ROOM, RUBRIC)
    filled.write_script(tablet.page, observation, runs.sizes.lines)
    for round in runs.rounds():
        with runs.measuring(Walkapp.name, round) as ms:
            tablet.open_app(f"#/visit/{observation}")
            assert tablet.page.locator("evidence-line").count() >= runs.sizes.lines
            tablet.page.get_by_role("textbox", name="Note").click()
            _type(tablet.page, runs.sizes.words)
            ms[TYPE] += acts(tablet.page, "keydown")


def _type(page: Page, words: int) -> None:
    for n in range(words):
        for letter in WORDS[n % len(WORDS)]:
            page.keyboard.type(letter)
            page.wait_for_timeout(LETTER_MS)
        page.wait_for_timeout(PAUSE_MS - LETTER_MS)


def starts(runs: Runs, browser: SlowTablet, server: Server) -> None:
    """The app is opened with no server, in a browser that was closed, until it can be used."""
    browser.close()
    server.stop()
    for round in runs.rounds():
        for _ in range(runs.sizes.starts):
            with browser.opened():
                with runs.measuring(Walkapp.name, round) as ms:
                    usable, painted = _start(browser.page, server.url)
                    ms[START].append(usable)
                    ms[START_PAINTED].append(painted)
                slowness(runs, browser)


def _start(page: Page, url: str) -> tuple[float, float]:
    """From the beginning of the navigation to the app's own mark, and to the frame behind it."""
    page.goto(f"{url}/app/")
    page.locator("html[data-ready=true]").wait_for(state="attached")
    assert page.locator("today-screen a.row").count(), "no list stood there"
    usable = page.evaluate("performance.getEntriesByName('usable')[0].startTime")
    return usable, page.evaluate("walkBench.ready()")


def slowness(runs: Runs, *browsers: SlowTablet) -> None:
    """Was the page really slowed down? Kept with the runs, so that nobody has to believe it."""
    for one in browsers:
        runs.all.append({"peer": one.profile.name, "workload": SLOWNESS, "times": one.slowness()})
