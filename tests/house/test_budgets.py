"""What a first visit costs, in bytes and files, as the service really sends them."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from flask.testing import FlaskClient

from walkapp import create_app
from walkapp.config import Config

from .javascript import Script, read_script
from .places import HOUSE, SCRIPTS, script_imports, scripts

FIRST_VISIT_BYTES = 60_000
WHOLE_APP_BYTES = 150_000
BOOT_MODULES = 14  # docs/decisions/0029: the two that bring the words come first
BOOT_SCRIPT_BYTES = 160_000
THIRD_PARTY_BYTES = 10_000

LOADED = re.compile(r'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"')


@pytest.fixture(scope="module")
def tablet(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A visitor who has nothing yet."""
    home = tmp_path_factory.mktemp("budgets")
    return create_app(Config.from_env({"WALK_HOME": str(home)})).test_client()


def sent(tablet: FlaskClient, address: str) -> bytes:
    answer = tablet.get(address, headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200, f"{address}: {answer.status}"
    return answer.data


def served_as(tablet: FlaskClient, file: Path) -> str:
    return tablet.get(f"/{file.relative_to(HOUSE).as_posix()}").get_data(as_text=True)


@pytest.fixture(scope="module")
def readable(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Somebody who works on the app."""
    home = tmp_path_factory.mktemp("readable")
    env = {"WALK_HOME": str(home), "WALK_READABLE": "yes"}
    return create_app(Config.from_env(env)).test_client()


def boot_modules() -> list[Path]:
    """boot.js, app.js, and all they import at once; what is fetched when needed comes later."""
    found: list[Path] = []
    waiting = [SCRIPTS / "boot.js", SCRIPTS / "app.js"]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.append(module)
            waiting += script_imports(module, lazy=False)
    return found


def first_visit(tablet: FlaskClient) -> Iterator[tuple[str, int]]:
    page = tablet.get("/app/").get_data(as_text=True)
    named = {urlsplit(address).path for address in LOADED.findall(page)}
    modules = {f"/{module.relative_to(HOUSE).as_posix()}" for module in boot_modules()}
    for address in sorted({"/app/", "/sw.js"} | named | modules):
        yield address, len(sent(tablet, address))


def test_a_first_visit_costs_at_most_60_kb(tablet: FlaskClient) -> None:
    bill = dict(first_visit(tablet))
    print(f"first visit: {sum(bill.values())} bytes", sorted(bill.items(), key=lambda x: -x[1])[:8])
    assert sum(bill.values()) <= FIRST_VISIT_BYTES, bill


def test_the_whole_offline_app_costs_at_most_150_kb(tablet: FlaskClient) -> None:
    worker = tablet.get("/sw.js").get_data(as_text=True)
    shell = set(re.findall(r'"(/(?:app/|manifest\.json|static/(?!words/)[^"]+))"', worker))
    assert "/app/" in shell and "/static/js/app.js" in shell
    packed = sent(tablet, "/app/files")
    print(f"the whole app: {len(packed)} bytes")
    assert {
        path for path, _, _ in json.loads(brotli.decompress(packed).split(b"\n", 1)[0])
    } == shell
    assert len(packed) <= WHOLE_APP_BYTES


def test_the_page_starts_with_at_most_14_modules() -> None:
    assert len(boot_modules()) <= BOOT_MODULES, [path.name for path in boot_modules()]


def test_the_page_names_every_module_it_starts_with(tablet: FlaskClient) -> None:
    page = tablet.get("/app/").get_data(as_text=True)
    preloaded = set(re.findall(r'<link rel="modulepreload" href="([^"]+)"', page))
    started = {f"/{module.relative_to(HOUSE).as_posix()}" for module in boot_modules()}
    assert started - preloaded <= {"/static/js/boot.js"}
    assert preloaded <= started


def test_what_is_read_before_the_first_screen_stays_small() -> None:
    assert sum(path.stat().st_size for path in boot_modules()) <= BOOT_SCRIPT_BYTES


def test_the_tablet_carries_one_file_of_others(tablet: FlaskClient) -> None:
    others = list((HOUSE / "static").rglob("vendor/*.js"))
    assert [path.name for path in others] == ["lit-html.js"]
    assert len(sent(tablet, "/static/js/vendor/lit-html.js")) <= THIRD_PARTY_BYTES


def test_a_script_says_on_the_tablet_what_it_says_in_the_source(tablet: FlaskClient) -> None:
    for file in scripts():
        source, served = read_script(file.read_text("utf-8")), read_script(served_as(tablet, file))
        # A text with something filled in may have become a plain one, and the other way about.
        assert _words_in(served) >= _words_in(source), file.name


def _words_in(script: Script) -> Counter[str]:
    said = re.sub(r"\\u[0-9a-f]{4}", "", " ".join([*script.strings, *script.templates]))
    return Counter(re.findall(r"[\w-]{3,}", said))


def test_who_works_on_the_app_reads_a_script_as_it_is_without_its_comments(
    readable: FlaskClient,
) -> None:
    for file in scripts():
        source = file.read_text("utf-8")
        served = served_as(readable, file)
        assert len(served.split("\n")) == len(source.split("\n")), "line 40 stays line 40"
        ours, theirs = read_script(source), read_script(served)
        assert ours.code.split() == theirs.code.split(), file.name
        assert ours.strings == theirs.strings, file.name
        # White space in HTML is one space, however long; a text that means its own says so.
        assert [each.split() for each in ours.templates] == [
            each.split() for each in theirs.templates
        ], file.name


def test_a_sheet_reaches_the_tablet_without_its_comments_and_with_every_rule(
    tablet: FlaskClient,
) -> None:
    sheet = tablet.get("/static/css/app.css").get_data(as_text=True)
    assert "/*" not in sheet
    for file in (HOUSE / "static/css").glob("components/*.css"):
        rules = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.S)
        assert " ".join(rules.split()) in " ".join(sheet.split()), file.name
