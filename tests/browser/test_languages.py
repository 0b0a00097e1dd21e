"""A tablet that speaks the language of whoever holds it, with and without a network."""

import json
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from . import seen
from .browsers import Browser
from .kept import records
from .link import Link
from .people import DR_ABARA, MR_ORTEGA, SignIn
from .server import Server
from .tablet import Tablet, rubric_called, title_of

ENGLISH_LEFT = re.compile(r"\b(the|this|your|with|and|not|you|what|when|is|are|of)\b")
WALK = "Recorrido de aula: aprendizaje profundo"  # the rubric's own words are translated beside it
KEPT_WORDS = "caches.match('/static/words/es.json').then(Boolean)"


def sign_in_in_spanish(page: Page, who: SignIn) -> None:
    page.get_by_label("Correo electrónico").fill(who.email)
    page.get_by_label("Contraseña").fill(who.password)
    page.get_by_role("button", name="Iniciar sesión").click()
    expect(page.get_by_role("heading", level=1, name="Hoy")).to_be_visible()


def spanish_on(tablet: Tablet) -> Page:
    page = tablet.page
    tablet.open_app()
    page.get_by_role("button", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    return page


def test_whoever_chooses_spanish_makes_a_whole_visit_in_it_without_a_network(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    page = spanish_on(tablet)
    sign_in_in_spanish(page, MR_ORTEGA)
    page.goto(f"{server.url}/app/#/tablet")
    expect(page.locator("dl div", has_text="Funciona sin red")).to_contain_text("Sí")
    page.wait_for_function(KEPT_WORDS)
    server.kill()
    page.goto(f"{server.url}/app/")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_role("link", name="Iniciar una visita").click()
    page.get_by_label("¿Con qué rúbrica?").select_option(label=WALK)
    page.get_by_role("button", name=re.compile(r"^Aula 12\b")).click()
    page.locator("note-composer textarea").fill("«No sé, pero puedo probarlo»")
    page.keyboard.press("Enter")
    expect(page.locator("evidence-line")).to_contain_text("puedo probarlo")
    server.start()
    page.reload()
    expect(page.get_by_text(re.compile("en el servidor", re.I)).first).to_be_visible()
    assert "puedo probarlo" in json.dumps(records(server, "observation"), ensure_ascii=False)


def test_a_browser_that_speaks_spanish_is_answered_in_spanish(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega", locale="es-US"), server.url)
    page = tablet.page
    tablet.open_app()
    expect(page.get_by_role("heading", level=1, name="Iniciar sesión")).to_be_visible()
    page.get_by_label("Correo electrónico").fill(MR_ORTEGA.email)
    page.get_by_label("Contraseña").fill("no es la contraseña")
    page.get_by_role("button", name="Iniciar sesión").click()
    # What the server says of it comes in the same language.
    expect(page.get_by_role("alert")).to_contain_text("contraseña")
    page.goto(f"{server.url}/")
    expect(page.locator("html")).to_have_attribute("lang", "es")


def test_words_that_do_not_come_leave_nobody_with_an_empty_page(
    server: Server, tablet_of: Callable[..., Browser], link: Link
) -> None:
    tablet = Tablet(tablet_of("ortega", locale="es-MX"), server.url)
    page = tablet.page
    page.route("**/static/words/*.json", lambda route: route.abort())
    tablet.open_app()
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(
        page.get_by_text("The words of this language are not on this tablet yet")
    ).to_be_visible()


def test_the_choice_is_for_this_browser_and_changes_nothing_that_is_written(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), server.url)
    tablet.sign_in(MR_ORTEGA)
    rubric = rubric_called(seen.RUBRIC)
    tablet.start_visit("Room 12", seen.RUBRIC)
    tablet.note("Heard", "“Why do you think that?”")
    tablet.turn_to("Indicators")
    tablet.rate(rubric, "TE1", 3)
    tablet.wait_until_sent()
    before = records(server, "observation")
    tablet.open_app("#/tablet")
    page = tablet.page
    page.get_by_role("button", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    assert records(server, "observation") == before
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert title_of(rubric, "TE1")


def test_no_english_is_left_on_the_screens_of_a_visit(
    server: Server, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("abara"), server.url)
    page = spanish_on(tablet)
    sign_in_in_spanish(page, DR_ABARA)
    left = {}
    for address in ("#/", "#/start", "#/plan", "#/desk", "#/tablet", "#/needs", "#/copy/open"):
        page.goto(f"{server.url}/app/{address}")
        page.locator("main h1").first.wait_for()
        words = page.evaluate(INTERFACE_WORDS)
        left[address] = [line for line in words if ENGLISH_LEFT.search(line)]
    assert not any(left.values()), left


# Names of rubrics, walks and people are as they were written; they stand in places of their own.
INTERFACE_WORDS = """() => {
  const page = document.body.cloneNode(true)
  const names = '.about, option, svg, [lang], blockquote, .focus-question'
  for (const own of page.querySelectorAll(names)) own.remove()
  return page.innerText.split('\\n').map((line) => line.trim()).filter(Boolean)
}"""
