"""Three observers in one room: each writes alone, then they read each other."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from walkapp.demo.people import PEOPLE

from . import axe, seen
from .browsers import Browser
from .people import DR_ABARA, MR_ORTEGA, MS_WHITFIELD, SignIn
from .server import Server
from .tablet import SENT_WITHIN_MS, Tablet, rubric_called
from .test_doubles import option

QUESTION = "Who does the thinking?"
RATED = "TE1"
NORMS = "We stay for the whole visit. What we see stays here."


def name_of(person: SignIn) -> str:
    return next(one.name for one in PEOPLE if one.email == person.email)


@pytest.fixture
def team(server: Server, tablet_of: Callable[..., Browser]) -> dict[str, Tablet]:
    """Mr. Ortega leads; Ms. Whitfield and the principal, on another browser, walk along."""
    made = {
        "lead": (MR_ORTEGA, "chromium"),
        "coach": (MS_WHITFIELD, "chromium"),
        "principal": (DR_ABARA, "firefox"),
    }
    tablets = {}
    for who, (person, engine) in made.items():
        tablets[who] = Tablet(tablet_of(who, engine), server.url)
        tablets[who].sign_in(person)
    return tablets


def plan(lead: Tablet) -> str:
    page = lead.page
    lead.open_app("#/plan")
    page.get_by_label("Focus question").fill(QUESTION)
    page.get_by_label("Problem of practice").fill("Teachers talk for most of the lesson.")
    page.get_by_label("Rubric").select_option(label=seen.RUBRIC)
    page.get_by_label("Add a room").select_option(label=option(lead, "Add a room", "Room 9"))
    for person in (MS_WHITFIELD, DR_ABARA):
        page.get_by_label(name_of(person)).check()
    page.get_by_label("Norms").fill(NORMS)
    assert not axe.faults(lead.browser)
    page.get_by_role("button", name="Save the walk").click()
    page.get_by_role("heading", name="Walking together").wait_for()
    lead.wait_until_sent()
    return str(page.evaluate("location.hash")).split("/")[2]


def observe(tablet: Tablet, walk: str, words: str, level: int) -> None:
    write(tablet, walk, words, level)
    give(tablet)


def write(tablet: Tablet, walk: str, words: str, level: int) -> None:
    tablet.open_app(f"#/walk/{walk}")
    tablet.page.get_by_role("button", name="Start visit 1").click()
    tablet.parts.wait_for()
    tablet.note("Saw", words)
    tablet.rate(rubric_called(seen.RUBRIC), RATED, level)


def give(tablet: Tablet) -> None:
    tablet.page.get_by_role("button", name="Finish").click()
    expect(tablet.page.get_by_text("You walk as a team")).to_be_visible()
    tablet.page.get_by_role("button", name="Give", exact=True).click()
    hidden = tablet.page.get_by_text("You alone read it until the visit is revealed.")
    expect(hidden).to_be_visible()


def test_three_observers_without_a_network_read_each_other_when_all_have_given(
    server: Server, team: dict[str, Tablet]
) -> None:
    walk = plan(team["lead"])
    for who in ("coach", "principal"):
        team[who].open_app("#/")
        expect(team[who].page.get_by_text(QUESTION)).to_be_visible(timeout=SENT_WITHIN_MS)
    for tablet in team.values():
        tablet.make_ready_for_offline()
    server.stop()
    team["coach"].open_app(f"#/walk/{walk}")
    expect(team["coach"].page.get_by_text(NORMS)).to_be_visible()
    observe(team["lead"], walk, "Pairs argue over the first step.", 3)
    observe(team["coach"], walk, "Two of four pairs wait for the teacher.", 2)
    write(team["principal"], walk, "One pair shows its drawing.", 2)
    server.start()
    for who in ("lead", "coach"):
        team[who].wait_until_sent()
    team["coach"].open_app(f"#/walk/{walk}")
    expect(team["coach"].page.get_by_text("Opens when all have given theirs")).to_be_visible()
    give(team["principal"])
    team["principal"].wait_until_sent()
    for tablet in team.values():
        tablet.open_app(f"#/walk/{walk}")
        link = tablet.page.get_by_role("link", name="Side by side")
        expect(link).to_be_visible(timeout=SENT_WITHIN_MS)
        link.click()
        finding = tablet.page.locator(f"[data-indicator={RATED}]")
        expect(finding).to_contain_text("2 different ratings from 3 of us.")
        expect(finding.locator(".side-by-side > li")).to_have_count(3)
        assert not axe.faults(tablet.browser)


def test_before_the_reveal_the_principal_of_the_team_has_nothing_on_the_desk(
    server: Server, team: dict[str, Tablet]
) -> None:
    walk = plan(team["lead"])
    observe(team["lead"], walk, "Pairs argue over the first step.", 3)
    team["lead"].wait_until_sent()
    page = team["principal"].page
    team["principal"].open_app(f"#/walk/{walk}")
    expect(page.get_by_text(QUESTION)).to_be_visible(timeout=SENT_WITHIN_MS)
    assert others_on(team["principal"], walk) == 0
    lead = team["lead"].page
    team["lead"].open_app(f"#/walk/{walk}")
    lead.get_by_role("button", name="Reveal Visit 1 now").click()
    lead.get_by_role("group", name="Reveal").get_by_role("button", name="Reveal").click()
    expect(lead.get_by_role("link", name=re.compile("Side by side"))).to_be_visible()
    team["lead"].wait_until_sent()
    team["principal"].open_app(f"#/walk/{walk}")
    expect(page.get_by_role("link", name="Side by side")).to_be_visible(timeout=SENT_WITHIN_MS)
    assert others_on(team["principal"], walk) == 1


def test_a_lead_who_did_not_go_in_reveals_what_another_gave(
    server: Server, team: dict[str, Tablet]
) -> None:
    walk = plan(team["lead"])
    team["coach"].open_app("#/")
    expect(team["coach"].page.get_by_text(QUESTION)).to_be_visible(timeout=SENT_WITHIN_MS)
    observe(team["coach"], walk, "Two of four pairs wait for the teacher.", 2)
    team["coach"].wait_until_sent()
    page = team["lead"].page
    team["lead"].open_app(f"#/walk/{walk}")
    page.get_by_role("button", name="Reveal Visit 1 now").click()
    page.get_by_role("group", name="Reveal").get_by_role("button", name="Reveal").click()
    team["lead"].wait_until_sent()
    page.get_by_role("link", name="Side by side").click()
    finding = page.locator(f"[data-indicator={RATED}]")
    expect(finding).to_contain_text("One of us rated it.", timeout=SENT_WITHIN_MS)


def others_on(tablet: Tablet, walk: str) -> int:
    """How many observations of this walk the tablet holds that are not its person's."""
    return int(
        tablet.page.evaluate(
            """async (walk) => {
              const { app } = document.querySelector('walk-app')
              const rows = await app.store.list('observation', { limit: 200 })
              const others = rows.filter(({ summary }) => summary.observer !== app.space.person)
              return others.filter(({ summary }) => summary.walk === walk).length
            }""",
            walk,
        )
    )
