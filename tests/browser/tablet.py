"""What people do on a tablet, in their words. Everything goes through the screen."""

import re
from functools import cache
from typing import Any

from playwright.sync_api import Locator, Page, expect

from walkapp.rubric import Rubric, indicators_of
from walkapp.rubric_files import load_library

from .browsers import Browser
from .people import SignIn

SENT_WITHIN_MS = 30_000
# Whatever was just kept is painted by then.
TWO_FRAMES = (
    "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))"
)


@cache
def rubric_called(title: str) -> Rubric:
    return next(one for one in load_library().values() if one.title == title)


class Tablet:
    """One person's tablet at one address."""

    def __init__(self, browser: Browser, url: str, tab: Page | None = None) -> None:
        self.browser = browser
        self.url = url
        self.tab = tab

    @property
    def page(self) -> Page:
        return self.tab or self.browser.page

    # --- getting in ---

    def open_app(self, at: str = "#/") -> None:
        """Open the app as from the home screen and wait until its first screen is painted."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.url}/app/{at}")
        self.wait_until_ready()

    def reload(self) -> None:
        self.page.reload()
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        self.page.locator("html[data-ready=true]").wait_for(state="attached")

    def sign_in(self, person: SignIn) -> None:
        self.open_app()
        self.page.get_by_label("Email").fill(person.email)
        self.page.get_by_label("Password").fill(person.password)
        self.page.get_by_role("button", name="Sign in").click()
        self.screens.wait_for()

    def make_ready_for_offline(self) -> None:
        """Wait for the worker that will serve the app, and for all that this person may see."""
        self.go_to("This tablet")
        expect(self.fact("Works without a network")).to_have_text("Yes", timeout=SENT_WITHIN_MS)
        self.go_to("Today")

    def fact(self, term: str) -> Locator:
        """What stands beside a term in a list of facts."""
        begins = re.compile(rf"^\s*{re.escape(term)}")
        return self.page.locator("dl.facts > div", has_text=begins).locator("dd")

    @property
    def screens(self) -> Locator:
        return self.page.get_by_role("navigation", name="Screens")

    def go_to(self, screen: str) -> None:
        self.screens.get_by_role("link", name=screen).click()
        expect(self.screens.get_by_role("link", name=screen)).to_have_attribute(
            "aria-current", "page"
        )

    # --- a visit ---

    def start_visit(self, room: str, rubric: str) -> str:
        """Two taps from Today, if the rubric is the one used last; returns the observation's id."""
        self.page.get_by_role("link", name="Start a visit").click()
        which = self.page.get_by_label("With which rubric?")
        if which.locator("option:checked").inner_text() != rubric:
            which.select_option(label=rubric)
        self.page.get_by_role("button", name=re.compile(rf"^{re.escape(room)}\b")).click()
        self.parts.wait_for()
        return self.page.evaluate("location.hash").split("/")[2]

    @property
    def parts(self) -> Locator:
        return self.page.get_by_role("navigation", name="Parts of this visit")

    def turn_to(self, part: str) -> None:
        self.parts.get_by_role("link", name=part).click()

    def answer(self, question: str, answer: str) -> None:
        """Answer a question that has a yes and a no."""
        group = self.page.get_by_role("group", name=question)
        group.locator("label", has_text=answer).click()
        expect(group.get_by_role("radio", name=answer)).to_be_checked()

    def rate_all(self, rubric: Rubric, gates: dict[str, str], ratings: dict[str, Any]) -> None:
        self.turn_to("Indicators")
        for gate in rubric.content["gates"]:
            if gate["id"] in gates:
                self.answer(gate["question"], gates[gate["id"]].capitalize())
        for indicator in indicators_of(rubric, "full"):
            if indicator.id in ratings:
                self.rate(rubric, indicator.id, ratings[indicator.id])

    def rate(self, rubric: Rubric, indicator: str, chosen: Any) -> None:
        """Open the indicator from the overview, choose, and go back."""
        found = in_content(rubric, indicator)
        self.open_indicator(found["title"])
        if isinstance(chosen, dict):
            for field in found["fields"]:
                self.answer(field["question"], chosen[field["id"]].capitalize())
        else:
            card = self.card(rubric, found, chosen)
            card.click()
            expect(card.get_by_role("radio")).to_be_checked()

    def open_indicator(self, title: str) -> None:
        self.turn_to("Indicators")
        self.page.locator("a.indicator-row", has_text=title).click()
        expect(self.page.get_by_role("heading", name=title)).to_be_visible()

    def card(self, rubric: Rubric, indicator: dict[str, Any], chosen: int | str) -> Locator:
        """The card of a level by its descriptor, or what stands apart by its label."""
        if isinstance(chosen, int):
            words = next(one["text"] for one in indicator["levels"] if one["value"] == chosen)
            return self.page.locator(".level-cards label", has_text=words)
        scale = rubric.content["scale"]["values"]
        words = next(one["label"] for one in scale if one["value"] == chosen)
        return self.page.locator(".level-apart label", has_text=words)

    def note(self, kind: str, text: str) -> None:
        composer = self.page.get_by_role("form", name="Write a note")
        composer.locator("label", has_text=kind).click()
        composer.get_by_role("textbox", name="Note").fill(text)
        composer.get_by_role("button", name="Add note").click()
        expect(self.page.locator("evidence-line", has_text=text)).to_be_attached()

    def change_note(self, words: str, better: str) -> None:
        self.turn_to("Notes")
        line = self.page.locator("evidence-line", has_text=words)
        line.get_by_role("button", name="Edit").click()
        self.page.get_by_label("Change the note").fill(better)
        self.page.get_by_role("button", name="Done").click()
        expect(self.page.locator("evidence-line", has_text=better)).to_be_visible()

    def notes_shown(self) -> list[tuple[str, str]]:
        """The script from its first line on: the kind and the words of each note."""
        self.turn_to("Notes")
        self.page.locator("evidence-line").first.wait_for()
        lines: list[list[str]] = self.page.locator("evidence-line").evaluate_all(
            "lines => lines.map(line => ['.ties', '.said'].map(part =>"
            " line.querySelector(part).textContent))"
        )
        return [(ties.split(" · ")[0].strip(), words) for ties, words in lines]

    def ratings_shown(self) -> dict[str, str]:
        """What stands for each indicator in the overview."""
        self.turn_to("Indicators")
        shown: dict[str, str] = self.page.locator("a.indicator-row").evaluate_all(
            "rows => Object.fromEntries(rows.map(row =>"
            " [row.hash.split('/').at(-1), row.querySelector('.mark').dataset.value]))"
        )
        return shown

    def set_count(self, label: str, number: int) -> None:
        field = self.page.get_by_role("textbox", name=label)
        field.click()
        field.press_sequentially(str(number))
        field.press("Tab")

    def finish_and_give(self) -> None:
        self.parts.get_by_role("button", name="Finish").click()
        self.page.get_by_role("button", name="Give to the principal").click()
        # The page turns only when the change is kept.
        self.page.wait_for_url(lambda address: not address.endswith("/finish"))
        expect(self.page.get_by_text("Given to the principal").first).to_be_visible()

    # --- the truth about what is saved ---

    @property
    def status(self) -> Locator:
        return self.page.locator(".status-bar").get_by_role("status")

    def wait_until_saved(self) -> None:
        self._wait_until_idle()
        expect(self.status).to_contain_text(re.compile("saved on this tablet|on the server", re.I))

    def _wait_until_idle(self) -> None:
        """Neither "Typing…" nor "Saving…" stands in the place of what is true."""
        expect(self.page.locator("status-line .words > span")).to_be_hidden()

    def wait_until_sent(self) -> None:
        expect(self.status).to_contain_text(
            re.compile("^on the server", re.I), timeout=SENT_WITHIN_MS
        )

    def wait_until_told(self, observation: str, state: str) -> None:
        """Open the app at a visit; it fetches, and says what became of it."""
        self.open_app(f"#/visit/{observation}")
        words = self.page.get_by_role("complementary", name="State").get_by_text(state)
        expect(words).to_be_visible(timeout=SENT_WITHIN_MS)

    def wait_until_waiting(self) -> None:
        self._wait_until_idle()
        expect(self.status).to_contain_text(re.compile(r"waiting \(\d+\)"))


def in_content(rubric: Rubric, indicator: str) -> dict[str, Any]:
    """The indicator as the rubric's content has it."""
    domains = rubric.content["domains"]
    return next(one for domain in domains for one in domain["indicators"] if one["id"] == indicator)


def title_of(rubric: Rubric, indicator: str) -> str:
    return str(in_content(rubric, indicator)["title"])
