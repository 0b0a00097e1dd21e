"""The people, tablets and servers of the journeys."""

import contextlib
import os
import shutil
import urllib.request
from collections.abc import Callable, Generator, Iterator
from datetime import date
from pathlib import Path
from zlib import crc32

import pytest
from playwright.sync_api import Error, Playwright, expect, sync_playwright

from .browsers import CHROMIUM, FIREFOX, Browser
from .link import Link
from .server import Server

HERE = Path(__file__).parent
BOTH_ENGINES = ("chromium", "firefox")
IN_BOTH_EVERY_TIME = {
    "test_a_visit_without_network_survives_a_killed_browser_and_is_released_once",
}
# Of what a screen shows and how it is used, half is looked at each day and the other half the next;
# what is saved, sent and hidden is looked at every time. `make test-all` looks at everything.
BY_TURNS = {
    "test_accessible.py", "test_accessible_safety.py", "test_capture_faults.py",
    "test_coaching.py", "test_debrief.py", "test_desk.py", "test_by_keyboard.py",
    "test_doubles.py", "test_instruments.py", "test_languages.py", "test_my_room.py",
    "test_notices.py", "test_photos.py", "test_plan.py", "test_practice.py",
    "test_put_aside.py", "test_reports.py", "test_save_copy.py",
    "test_rows_and_shares.py", "test_set_clock.py", "test_together.py", "test_tree.py",
    "test_own_rubric.py", "test_versions.py",
}  # fmt: skip
TURNS = 3  # days
# xdist's workers are told by the first of them, so that midnight parts nobody.
TODAY = int(os.environ.setdefault("TEST_DAY", str(date.today().toordinal())))
FAILED = pytest.StashKey[bool]()
# Two journeys share two cores; what is to come within a second may take some.
expect.set_options(timeout=12_000)
# What a page may say aloud: a server that is away is an everyday thing on a tablet.
EXPECTED_WORDS = (
    "Failed to load resource", "net::ERR_", "NetworkError", "can’t establish",
    # Firefox says this of a screen it was fetching when the page was left.
    "error loading dynamically imported module",
    # And this of a file of the app that was on its way when the page was left.
    "A ServiceWorker intercepted the request and encountered an unexpected error",
)  # fmt: skip


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
    # Whoever names a file or a test wants it now.
    named = any(argument.partition("::")[0].endswith(".py") for argument in config.args)
    resting = [] if named else [item for item in items if is_resting(item)]
    items[:] = [item for item in items if item not in resting]
    config.hook.pytest_deselected(items=resting)


def is_resting(item: pytest.Item) -> bool:
    if item.path.parent != HERE or item.path.name not in BY_TURNS or os.environ.get("TEST_ALL"):
        return False
    return bool((crc32(item.name.encode()) + TODAY) % TURNS)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A journey that names `engine` is made in both browsers by `make test-all`; else in one of
    them, which changes from day to day."""
    if "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", engines_of(metafunc.function.__name__))


def engines_of(journey: str) -> tuple[str, ...]:
    if os.environ.get("TEST_ALL") or journey in IN_BOTH_EVERY_TIME:
        return BOTH_ENGINES
    return (BOTH_ENGINES[(crc32(journey.encode()) + TODAY) % len(BOTH_ENGINES)],)


def pytest_report_header() -> str:
    return f"browsers: as on day {TODAY} (TEST_DAY={TODAY} makes the same choice again)"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An initialised home with the demo district, made once and copied for each test."""
    home = tmp_path_factory.mktemp("demo")
    server = Server(home)
    server.command("init")
    server.command("demo")
    # The app in one piece is packed once, for all the copies of this home.
    server.start()
    wanted = urllib.request.Request(f"{server.url}/app/files", headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(wanted, timeout=30) as piece:
        assert piece.headers["Content-Encoding"] == "br"
    server.stop()
    return home


@pytest.fixture
def server(demo_home: Path, tmp_path: Path) -> Iterator[Server]:
    """The demo district, served."""
    yield from served(Server(Path(shutil.copytree(demo_home, tmp_path / "home"))))


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[Server]:
    """What `walkapp init` leaves: nobody, nothing, but the rubrics."""
    home = tmp_path / "home"
    home.mkdir()
    server = Server(home)
    server.command("init")
    yield from served(server)


def served(server: Server) -> Iterator[Server]:
    server.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def link(server: Server) -> Iterator[Link]:
    """The school's Wi-Fi between a tablet and the demo district."""
    link = Link(server.port)
    link.up()
    yield link
    link.down()


@pytest.fixture
def tablet_of(
    request: pytest.FixtureRequest, playwright: Playwright, tmp_path: Path
) -> Iterator[Callable[..., Browser]]:
    """Hands out browsers, one profile for each name, and closes them all at the end."""
    given: dict[str, Browser] = {}

    def tablet(name: str, engine: str = "chromium", **options: object) -> Browser:
        have_engine(engine)
        given[name] = Browser(playwright, engine, tmp_path / f"profile-{name}", options)
        given[name].open()
        return given[name]

    yield tablet
    said = {name: unexpected(browser.said) for name, browser in given.items()}
    if request.node.stash.get(FAILED, False):
        show_what_was_seen(request.node.name, given)
        show_what_the_server_said(request.node.funcargs.get("server"))
    for browser in given.values():
        browser.close()
    assert not any(said.values()), said


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a journey failed, so that its screens can be kept."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


def show_what_was_seen(name: str, given: dict[str, Browser]) -> None:
    """Of a journey that failed: a picture of each tablet, its words, and what its console said."""
    folder = HERE.parents[1] / "build" / "failed"
    folder.mkdir(parents=True, exist_ok=True)
    for person, browser in given.items():
        if browser.context is None:
            continue
        picture = folder / f"{name.replace('[', '-').rstrip(']')[:80]}-{person}.png"
        with contextlib.suppress(Error):
            browser.page.screenshot(path=picture, full_page=True)
            print(f"--- {person} at {browser.page.url}, {picture}")
            print(browser.page.locator("body").inner_text(timeout=2000))
            if "Needs you" in browser.page.locator("body").inner_text(timeout=2000):
                browser.page.evaluate("location.hash = '#/needs'")
                browser.page.wait_for_timeout(1000)
                print("--- needs you:", browser.page.locator("main").inner_text(timeout=2000))
        print(*browser.said, sep="\n")


def show_what_the_server_said(server: Server | None) -> None:
    """What its log has of trouble; of a change that was not taken it has the code."""
    lines = server.log().splitlines() if server else []
    told = [line for line in lines if '"status": 2' not in line and '"status": 3' not in line]
    print("--- the server:", *told[-40:], sep="\n")


def have_engine(engine: str) -> None:
    """Without its browser a journey is skipped and says so; in CI that is a failure."""
    needed = {"chromium": CHROMIUM, "firefox": FIREFOX}[engine]
    if not Path(needed).exists():
        told = f"{needed} is not there: make test says what to install"
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)


def unexpected(said: list[str]) -> list[str]:
    loud = [line for line in said if line.startswith(("error", "uncaught"))]
    return [line for line in loud if not any(words in line for words in EXPECTED_WORDS)]
