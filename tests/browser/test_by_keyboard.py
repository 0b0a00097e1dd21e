"""A whole visit without touching the screen: Tab, arrows, Space, Enter, and the letters."""

import contextlib
from collections.abc import Callable

from playwright.sync_api import FileChooser, Locator, Page, TimeoutError, expect

from walkapp.rubric import indicators_of

from . import seen
from .browsers import Browser
from .cameras import camera_picture
from .kept import records, wait_for
from .people import MR_ORTEGA
from .server import Server
from .tablet import Tablet, in_content, rubric_called
from .test_conflicts import HERE, THERE, Pair, body_of, bring, of_note, pair, write  # noqa: F401
from .test_photos import POSTER, Photographer

FURTHEST_TABS = 120
MOST_ARROWS = 8

WHERE_IS_IT = """one => {
  const now = document.activeElement
  if (one.contains(now)) return 'here'
  const isBehind = now.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING
  return isBehind ? 'behind' : 'ahead'
}"""


class Keyboard:
    """Hands that only have keys."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, target: Locator) -> None:
        """Press Tab, or Shift and Tab when it lies behind, until the target has the focus."""
        target.wait_for()
        for _ in range(FURTHEST_TABS):
            where = target.evaluate(WHERE_IS_IT)
            if where == "here":
                return
            self.page.keyboard.press("Tab" if where == "ahead" else "Shift+Tab")
        raise AssertionError(f"Tab never reaches {target}")

    def press(self, target: Locator) -> None:
        self.go_to(target)
        self.page.keyboard.press("Enter")

    def choose(self, group: Locator, wanted: Locator) -> None:
        """Tab into a group of radios, then move by the arrows; they go round."""
        self.go_to(group)
        self.page.keyboard.press("Space")
        for _ in range(MOST_ARROWS):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows never choose {wanted}")

    def write(self, target: Locator, words: str) -> None:
        self.go_to(target)
        self.page.keyboard.insert_text(words)


def test_a_whole_visit_by_keyboard_alone(
    server: Server, tablet_of: Callable[..., Browser], engine: str
) -> None:
    tablet = Tablet(tablet_of("ortega", engine), server.url)
    page = tablet.page
    keys = Keyboard(page)
    tablet.open_app()
    keys.write(page.get_by_label("Email"), MR_ORTEGA.email)
    keys.write(page.get_by_label("Password"), MR_ORTEGA.password)
    page.keyboard.press("Enter")

    keys.press(page.get_by_role("link", name="Start a visit"))
    keys.press(page.get_by_role("button", name="Room 15"))
    tablet.parts.wait_for()
    observation = page.evaluate("location.hash").split("/")[2]
    rate_by_keyboard(tablet, keys)
    keys.press(tablet.parts.get_by_role("link", name="Notes"))
    for _, words in seen.NOTES[:2]:
        keys.write(page.get_by_role("textbox", name="Note"), words)
        page.keyboard.press("Enter")
        expect(page.locator("evidence-line", has_text=words)).to_be_visible()
    keys.press(tablet.parts.get_by_role("button", name="Finish"))
    keys.press(page.get_by_role("button", name="Give to the principal"))
    expect(page.get_by_text("Given to the principal").first).to_be_visible()
    tablet.wait_until_sent()

    body = next(one for one in records(server, "observation") if one["id"] == observation)
    assert (body["state"], body["ratings"]) == ("submitted", seen.as_kept(seen.RATINGS))
    assert len(body["evidence"]) == 2


def rate_by_keyboard(tablet: Tablet, keys: Keyboard) -> None:
    page, rubric = tablet.page, rubric_called(seen.RUBRIC)
    keys.press(tablet.parts.get_by_role("link", name="Indicators"))
    gate = rubric.content["gates"][0]
    answer(page, keys, gate["question"], "Yes")
    indicators = [in_content(rubric, one.id) for one in indicators_of(rubric, "full")]
    keys.press(page.locator("a.indicator-row", has_text=indicators[0]["title"]))
    for indicator in indicators:
        expect(page.get_by_role("heading", name=indicator["title"])).to_be_visible()
        chosen = seen.RATINGS[indicator["id"]]
        if isinstance(chosen, dict):
            for field in indicator["fields"]:
                answer(page, keys, field["question"], chosen[field["id"]].capitalize())
        else:
            wanted = tablet.card(rubric, indicator, chosen).get_by_role("radio")
            keys.choose(page.locator("rating-scale"), wanted)
        if indicator is not indicators[-1]:
            keys.press(page.get_by_role("link", name="Next"))


def chooser_opened_from(picker: Locator) -> FileChooser:
    """What Enter opens. A busy driver may miss that it opened; the second press is only made when
    the app did not take the focus away, for that would be its own fault."""
    for within in (5_000, 15_000):
        expect(picker).to_be_focused()
        with contextlib.suppress(TimeoutError):
            with picker.page.expect_file_chooser(timeout=within) as chooser:
                picker.page.keyboard.press("Enter")
            return chooser.value
    raise AssertionError("Enter on the picker opened nothing, though it had the focus")


def test_a_photo_is_taken_looked_at_and_kept_by_keyboard_alone(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Photographer(tablet_of("ortega"), server.url)
    page, keys = tablet.page, Keyboard(tablet.page)
    tablet.sign_in(MR_ORTEGA)
    tablet.start_visit("Room 12", seen.RUBRIC)
    picker = page.get_by_label("Choose a photo")
    keys.go_to(picker)
    picture = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": camera_picture()}
    chooser_opened_from(picker).set_files([picture])  # type: ignore[list-item]
    expect(page.get_by_role("heading", name="Look at the photo")).to_be_focused()
    keys.write(page.get_by_label("What does it show?"), POSTER)
    keys.press(page.get_by_role("button", name="No student’s face can be recognised"))
    expect(tablet.photos).to_have_count(1)
    keys.press(page.get_by_role("button", name=f"Look at it large: {POSTER}"))
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("img", name=POSTER)).to_be_hidden()
    tablet.wait_until_sent()
    (body,) = [one for one in records(server, "observation") if one.get("photos")]
    assert [photo["alt"] for photo in body["photos"].values()] == [POSTER]


def test_one_of_two_versions_is_chosen_by_keyboard_alone(
    server: Server,
    pair: Pair,  # noqa: F811 - the fixture above
) -> None:
    one, one_link, other, other_link, observation = pair
    write(one, observation, HERE, 3)
    write(other, observation, THERE, 3)
    bring(one, one_link, server, observation, HERE)
    bring(other, other_link, server, observation, THERE)
    one.open_app("#/needs")
    keys = Keyboard(one.page)
    keys.press(one.page.get_by_role("link", name="See the two versions"))
    keys.press(of_note(one).get_by_role("button", name="Keep both"))
    expect(of_note(one)).to_be_hidden()
    wait_for(lambda: not body_of(server, observation).get("also"))
    (line,) = body_of(server, observation)["evidence"].values()
    assert sorted(line["text"].split("\n")) == sorted([HERE, THERE])


def answer(page: Page, keys: Keyboard, question: str, words: str) -> None:
    group = page.get_by_role("group", name=question)
    keys.choose(group, group.get_by_role("radio", name=words))
