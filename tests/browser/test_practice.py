"""A practice visit: the real screen, a guide above it, and nothing left behind."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from . import seen
from .browsers import Browser
from .inspector import THEMES, Inspector, is_looked_at
from .kept import records
from .people import MR_ORTEGA, MS_STONE
from .server import Server
from .tablet import Tablet, rubric_called, title_of
from .test_by_keyboard import Keyboard

SAID = "It goes up here because she runs faster"
PROMISE = "Practice: nothing of this is kept or sent."
JUDGED, SEEN = "Good discussion", "In 3 of 5 teams, students answered each other"
RATED, UNSEEN = "TE1", "TE2"
STEPS = [
    "Write what a student says", "Tie a note to an indicator", "Rate an indicator",
    "Mark one as not observed", "Turn a judgement into evidence", "Undo something",
    "Finish, and give it",
]  # fmt: skip

# Every key of every store with the length of what lies there, and all that the browser remembers
# but the hour at which the storage was last counted.
ALL_THAT_IS_KEPT = """async () => {
  const done = (asked) => new Promise((yes, no) => {
    asked.onsuccess = () => yes(asked.result)
    asked.onerror = () => no(asked.error)
  })
  const remembered = (where) => Object.entries(where).map(String).sort()
    .map((one) => one.replace(/"at":\\d+/, ''))
  const found = { local: remembered(localStorage), session: remembered(sessionStorage) }
  for (const { name } of await indexedDB.databases()) {
    const db = await done(indexedDB.open(name))
    for (const store of db.objectStoreNames) {
      if (store === 'meta') continue
      const lies = db.transaction(store).objectStore(store)
      const keys = (await done(lies.getAllKeys())).map(String)
      const all = await done(lies.getAll())
      found[`${name} ${store}`] = keys.map((key, at) => `${key} ${JSON.stringify(all[at])?.length}`)
    }
    db.close()
  }
  return found
}"""


class Learner(Tablet):
    """A new coach with a tablet."""

    @property
    def guide(self) -> Locator:
        return self.page.get_by_role("region", name="Practice")

    def begin(self) -> None:
        self.open_app()
        self.page.get_by_role("link", name="Practise a visit").click()
        expect(self.guide).to_contain_text(PROMISE)
        self.parts.wait_for()

    def done(self, step: str) -> None:
        """The guide has seen it, says so, and is turned to the next by its reader."""
        expect(self.guide.get_by_role("status")).to_contain_text(f"Done: {step}")
        if step != STEPS[-1]:
            self.guide.get_by_role("button", name="Next step").click()

    def at_step(self, step: str) -> None:
        expect(self.guide).to_contain_text(step)

    def practise(self, look: Callable[[str], None] = lambda state: None) -> None:
        page, rubric = self.page, rubric_called(seen.RUBRIC)
        look("begun")
        self.note("Heard", SAID)
        look("a step done")
        self.done(STEPS[0])
        look("to tie")
        self.open_indicator(title_of(rubric, RATED))
        page.get_by_text("Tie a note", exact=True).click()
        page.get_by_role("checkbox", name=re.compile(SAID)).check()
        self.done(STEPS[1])
        self.rate(rubric, RATED, 3)
        look("rated")
        self.done(STEPS[2])
        self.rate(rubric, UNSEEN, "not_observed")
        self.done(STEPS[3])
        self.guide.get_by_role("button", name="Put it into my notes").click()
        box = page.get_by_label("Change the note")
        expect(box).to_be_focused()
        expect(box).to_have_value(JUDGED)
        look("a judgement to turn")
        box.fill(SEEN)
        page.get_by_role("button", name="Done").click()
        self.done(STEPS[4])
        page.get_by_role("button", name=re.compile("^Undo: ")).click()
        self.done(STEPS[5])
        self.parts.get_by_role("button", name="Finish").click()
        page.get_by_role("button", name="Give to the principal").wait_for()
        look("finish")
        page.get_by_role("button", name="Give to the principal").click()
        expect(page.get_by_role("heading", name="That is a whole visit")).to_be_focused()
        expect(page.get_by_text(PROMISE)).to_be_visible()
        look("whole")


def learner(tablet_of: Callable[..., Browser], server: Server, **options: object) -> Learner:
    tablet = Learner(tablet_of("ortega", **options), server.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    return tablet


def kept(page: Page) -> object:
    return page.evaluate(ALL_THAT_IS_KEPT)


def test_a_whole_practice_is_done_offline_and_nothing_of_it_is_on_the_tablet_or_the_server(
    server: Server, tablet_of: Callable[..., Browser], engine: str
) -> None:
    tablet = learner(tablet_of, server, engine=engine)
    on_server = {kind: records(server, kind) for kind in ("walk", "visit", "observation")}
    server.stop()
    tablet.begin()
    before, status = kept(tablet.page), tablet.status.inner_text()
    tablet.practise()
    for step in STEPS:
        expect(tablet.page.locator(".practised", has_text=step)).to_contain_text("done")
    assert kept(tablet.page) == before
    assert tablet.status.inner_text() == status

    server.start()
    tablet.go_to("This tablet")
    with tablet.page.expect_response(lambda answer: "/api/v1/sync" in answer.url and answer.ok):
        tablet.page.get_by_role("button", name="Send and fetch now").click()
    assert {kind: records(server, kind) for kind in on_server} == on_server
    tablet.go_to("Today")
    expect(tablet.page.get_by_role("link", name="Practise a visit")).to_be_visible()
    expect(tablet.page.locator(".rows")).to_have_count(0)


def test_leaving_in_the_middle_asks_nothing_and_forgets_it(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = learner(tablet_of, server)
    server.stop()
    page = tablet.page
    tablet.begin()
    before = kept(page)
    tablet.note("Heard", SAID)
    page.get_by_role("textbox", name="Note").fill("half a no")
    page.get_by_role("link", name="Leave practice").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    assert kept(page) == before
    page.go_back()
    expect(tablet.guide).to_contain_text(STEPS[0])
    expect(page.locator("evidence-line")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Note")).to_have_value("")
    expect(tablet.guide.get_by_role("status")).to_be_empty()


def test_steps_are_done_in_any_order_skipped_and_come_back(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = learner(tablet_of, server)
    page, rubric = tablet.page, rubric_called(seen.RUBRIC)
    tablet.begin()
    tablet.rate(rubric, RATED, 3)
    expect(tablet.guide.get_by_role("status")).to_contain_text(STEPS[2])
    skip = tablet.guide.get_by_role("button", name="Skip", exact=True)
    for step in (STEPS[0], STEPS[1], *STEPS[3:], STEPS[0]):
        tablet.at_step(step)
        skip.click()
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(tablet.guide.get_by_role("status")).to_contain_text(STEPS[5])
    tablet.guide.locator("summary").click()
    expect(tablet.guide.get_by_text(PROMISE)).to_be_visible()
    expect(tablet.guide.get_by_text("can be talked about")).to_be_hidden()
    tablet.parts.get_by_role("button", name="Finish").click()
    page.get_by_role("button", name="Give to the principal").click()
    whole = page.locator(".practised")
    expect(whole.filter(has_text=STEPS[2])).to_contain_text("done")
    expect(whole.filter(has_text=STEPS[0])).to_contain_text("not this time")
    page.get_by_role("button", name="Again").click()
    tablet.at_step(STEPS[0])
    tablet.turn_to("Indicators")
    expect(page.locator("a.indicator-row .mark").first).to_have_attribute("data-value", "")


def test_a_real_visit_begins_where_the_practice_ends(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = learner(tablet_of, server)
    tablet.begin()
    tablet.parts.get_by_role("button", name="Finish").click()
    tablet.page.get_by_role("button", name="Give to the principal").click()
    tablet.page.get_by_role("link", name="Start a real visit").click()
    tablet.page.get_by_role("button", name="Room 12").click()
    tablet.parts.wait_for()
    expect(tablet.guide).to_have_count(0)
    tablet.note("Heard", SAID)
    tablet.finish_and_give()
    tablet.wait_until_sent()
    assert [one["state"] for one in records(server, "observation")][-1] == "submitted"
    tablet.open_app()
    expect(tablet.page.get_by_text("New here?")).to_have_count(0)
    tablet.go_to("This tablet")
    expect(tablet.page.get_by_role("link", name="Practise a visit")).to_be_visible()


def test_whoever_observes_nowhere_is_not_offered_a_practice(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Learner(tablet_of("stone"), server.url)
    tablet.sign_in(MS_STONE)
    tablet.open_app("#/tablet")
    expect(tablet.fact("Works without a network")).to_be_visible()
    expect(tablet.page.get_by_role("link", name="Practise a visit")).to_have_count(0)
    tablet.open_app("#/visit/practice")
    expect(tablet.guide).to_have_count(0)


def test_a_practice_by_keyboard_alone(server: Server, tablet_of: Callable[..., Browser]) -> None:
    tablet = learner(tablet_of, server)
    page, keys = tablet.page, Keyboard(tablet.page)
    keys.press(page.get_by_role("link", name="Practise a visit"))
    tablet.parts.wait_for()
    keys.choose(
        page.get_by_role("group", name="What kind of note?"),
        page.get_by_role("radio", name="Heard"),
    )
    keys.write(page.get_by_role("textbox", name="Note"), SAID)
    page.keyboard.press("Enter")
    expect(tablet.guide.get_by_role("status")).to_contain_text(STEPS[0])
    further = tablet.guide.get_by_role("button", name=re.compile("Next step|Skip$"))
    keys.press(further)
    for step in STEPS[2:5]:
        page.keyboard.press("Enter")
        tablet.at_step(step)
    keys.press(tablet.guide.get_by_role("button", name="Put it into my notes"))
    expect(page.get_by_label("Change the note")).to_be_focused()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text(SEEN)
    expect(tablet.guide.get_by_role("status")).to_contain_text(STEPS[4])
    keys.press(tablet.guide.locator("summary"))
    expect(tablet.guide.get_by_text("judges.")).to_be_hidden()
    keys.press(tablet.parts.get_by_role("button", name="Finish"))
    keys.press(page.get_by_role("button", name="Give to the principal"))
    expect(page.get_by_role("heading", name="That is a whole visit")).to_be_focused()
    keys.press(page.get_by_role("button", name="Again"))
    keys.press(page.get_by_role("link", name="Leave practice"))
    expect(page.get_by_role("heading", name="Today")).to_be_visible()


@pytest.mark.parametrize("theme", THEMES)
def test_a_practice_in_every_theme(
    server: Server, tablet_of: Callable[..., Browser], theme: str
) -> None:
    if not is_looked_at(theme):
        pytest.skip("looked at by make test-all")
    tablet = learner(tablet_of, server, **THEMES[theme])
    eye = Inspector(tablet.browser, every_size=theme == "light")
    tablet.begin()
    tablet.practise(lambda state: eye.look(f"practice, {state}"))
    eye.assert_nothing_found()
