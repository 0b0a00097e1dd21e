"""In which language a page and a problem are said, and who decides it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from flask import Flask
from flask.testing import FlaskClient

from walkapp import languages
from walkapp.problems import PROBLEMS
from walkapp.said import said_day

from . import tablet
from .district import World

SPANISH = {"Accept-Language": "es-MX,es;q=0.9,en-US;q=0.6,en;q=0.5"}
ENGLISH = {"Accept-Language": "en-US,en;q=0.9"}
SHIPPED = languages.WORDS / "es" / "server.po"

SIGNED_OUT, UNKNOWN_SPACE = PROBLEMS["signed-out"], PROBLEMS["unknown-space"]
WORDS: dict[str | tuple[str, str], str | tuple[str, str]] = {
    "Sign in": "Iniciar sesión",
    "Give a name.": "Escriba un nombre.",
    "Added.": "Se agregó.",
    "Observer": "Observador",
    "added the school %(whom)s": "se agregó %(whom)s, una escuela",
    ("%(num)s device", "%(num)s devices"): ("%(num)s dispositivo", "%(num)s dispositivos"),
    SIGNED_OUT.title: "Aquí ya nadie tiene una sesión abierta.",
    SIGNED_OUT.next: "Lo escrito queda en esta tableta. Inicie sesión de nuevo.",
    UNKNOWN_SPACE.title: "Este distrito no está abierto para usted.",
}


@pytest.fixture(autouse=True)
def _words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A small Spanish catalogue of our own: what translators write may change at any time."""
    catalogue = Catalog(locale="es", charset="utf-8")
    for english, spanish in WORDS.items():
        catalogue.add(english, spanish)
    file = tmp_path / "words" / "es" / "server.po"
    file.parent.mkdir(parents=True)
    with file.open("wb") as open_file:
        write_po(open_file, catalogue)
    monkeypatch.setattr(languages, "WORDS", tmp_path / "words")
    languages._translations.cache_clear()
    yield
    languages._translations.cache_clear()


def test_a_browser_that_asks_for_spanish_is_answered_in_spanish(client: FlaskClient) -> None:
    page = client.get("/sign-in", headers=SPANISH).text
    assert '<html lang="es">' in page and "<h1>Iniciar sesión</h1>" in page
    assert "<h1>Sign in</h1>" in client.get("/sign-in", headers=ENGLISH).text


def test_what_no_catalogue_has_is_said_in_english(client: FlaskClient) -> None:
    page = client.get("/sign-in", headers=SPANISH).text
    assert '<label for="password">Password</label>' in page
    begun = client.get("/sign-in", headers={"Accept-Language": "ht"}).text
    assert '<html lang="ht">' in begun and "<h1>Sign in</h1>" in begun


def test_a_choice_is_kept_and_beats_the_wish_of_the_browser(client: FlaskClient) -> None:
    answer = client.get("/language/es?back=/sign-in?back%3D/rescue/", headers=ENGLISH)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?back=/rescue/"
    page = client.get("/sign-in", headers=ENGLISH).text
    assert '<html lang="es">' in page and "Iniciar sesión" in page
    client.get("/language/en")
    assert '<html lang="en">' in client.get("/sign-in", headers=SPANISH).text


def test_every_page_offers_every_language_and_marks_its_own(client: FlaskClient) -> None:
    page = client.get("/rescue/", headers=SPANISH).text
    for code, name in languages.LANGUAGES.items():
        assert f'lang="{code}"' in page and f">{name}</a>" in page
    assert page.count('aria-current="true">Español') == page.count('aria-current="true"') == 1


@pytest.mark.parametrize(
    "back",
    [
        "https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example/",
        "/\t/elsewhere.example/", "/\n/elsewhere.example/", "\t//elsewhere.example/",
        "elsewhere.example", "javascript:alert(1)", "",
    ],
)  # fmt: skip
def test_the_way_back_never_leads_to_another_server(client: FlaskClient, back: str) -> None:
    answer = client.get("/language/es", query_string={"back": back})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_the_way_back_never_leads_to_an_address_that_only_takes_a_form(
    client: FlaskClient,
) -> None:
    assert client.get("/language/es?back=/sign-out").headers["Location"] == "/"


def test_a_language_that_is_not_there_falls_back_to_english(client: FlaskClient) -> None:
    assert '<html lang="en">' in client.get("/sign-in", headers={"Accept-Language": "fr"}).text
    client.set_cookie(languages.COOKIE, "../../etc")
    assert '<html lang="en">' in client.get("/sign-in", headers=ENGLISH).text
    answer = client.get("/language/fr")
    assert answer.status_code == 404 and "Set-Cookie" not in answer.headers


def test_problems_are_said_in_the_language_asked_on_pages_and_in_json(client: FlaskClient) -> None:
    document = client.get("/api/v1/session", headers=SPANISH).json
    assert document["code"] == "signed-out"
    assert (document["title"], document["next"]) == (
        WORDS[SIGNED_OUT.title],
        WORDS[SIGNED_OUT.next],
    )
    assert f"<h1>{WORDS[SIGNED_OUT.title]}</h1>" in client.get(
        "/problems/signed-out", headers=SPANISH
    ).text  # fmt: skip
    assert client.get("/api/v1/session", headers=ENGLISH).json["title"] == SIGNED_OUT.title


def test_a_tablet_hears_what_is_wrong_in_its_own_language(
    as_role: Callable[[str], FlaskClient],
) -> None:
    strange = str(uuid4())
    answer = as_role("observer").post(
        tablet.SYNC, json=tablet.request(strange, ()), headers=SPANISH
    )
    problem = answer.json["spaces"][strange]["problem"]
    assert problem["code"] == "unknown-space" and problem["title"] == WORDS[UNKNOWN_SPACE.title]


def test_a_refused_form_says_why_in_spanish(
    as_role: Callable[[str], FlaskClient], world: World
) -> None:
    at = f"/admin/{world.lakeview.space}/schools"
    answer = as_role("admin").post(at, data={"name": " ", "code": "9"}, headers=SPANISH)
    assert answer.status_code == 422 and "Escriba un nombre." in answer.text


def test_a_name_keeps_its_place_in_a_translated_sentence_and_stays_a_name(
    as_role: Callable[[str], FlaskClient], world: World
) -> None:
    admin, home = as_role("admin"), f"/admin/{world.lakeview.space}"
    done = admin.post(f"{home}/schools", data={"name": "<b>100%(x)s", "code": "9"})
    assert "Se agregó." in admin.get(done.headers["Location"], headers=SPANISH).text
    audit = admin.get(f"{home}/audit", headers=SPANISH).text
    assert "se agregó <bdi>&lt;b&gt;100%(x)s</bdi>, una escuela" in audit


def test_words_of_tables_and_counts_of_things_are_translated_too(
    as_role: Callable[[str], FlaskClient], world: World
) -> None:
    admin, home = as_role("admin"), f"/admin/{world.lakeview.space}"
    assert "<caption>1 dispositivo</caption>" in admin.get(f"{home}/devices", headers=SPANISH).text
    assert "Observador, <bdi>" in admin.get(f"{home}/people", headers=SPANISH).text
    assert "Observer, <bdi>" in admin.get(f"{home}/people", headers=ENGLISH).text


def test_days_are_written_as_people_of_the_language_write_them(app: Flask) -> None:
    noon = 1_793_707_200_000  # November 3, 2026, 12:00 UTC
    assert said_day(noon) == "November 3, 2026"
    with app.test_request_context(headers=SPANISH):
        assert said_day(noon) == "3 de noviembre de 2026"


def test_whoever_asks_from_no_browser_is_answered_in_english(app: Flask) -> None:
    with app.app_context():
        assert languages.language() == "en" and languages.gettext("Sign in") == "Sign in"


def test_pages_show_what_the_translators_wrote(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(languages, "WORDS", SHIPPED.parents[1])
    languages._translations.cache_clear()
    with SHIPPED.open("rb") as file:
        written = read_po(file).get("Sign in")
    assert written and written.string
    assert f"<h1>{written.string}</h1>" in client.get("/sign-in", headers=SPANISH).text
