"""A new version of the app is offered and never forced."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from . import seen
from .browsers import Browser
from .people import MR_ORTEGA
from .server import Server
from .tablet import Tablet

HOUSE = Path(__file__).parents[2]
CHANGED = "static/js/ui/screens/plan.js"
OFFERED_WITHIN_MS = 30_000
STAYS_FOR_MS = 2_000


@pytest.fixture
def own_copy(demo_home: Path, tmp_path: Path) -> Iterator[Server]:
    """The demo district, served by a copy of the program that may be changed."""
    program = tmp_path / "program"
    shutil.copytree(HOUSE / "walkapp", program / "walkapp", ignore=without_caches)
    for part in ("sync", "rubrics", "static"):
        shutil.copytree(HOUSE / part, program / "walkapp" / part, ignore=without_caches)
    server = Server(Path(shutil.copytree(demo_home, tmp_path / "home")), program)
    server.start()
    yield server
    server.stop()


without_caches = shutil.ignore_patterns("__pycache__")


def test_a_new_version_waits_until_it_is_taken(
    own_copy: Server, tablet_of: Callable[..., Browser], engine: str
) -> None:
    server = own_copy
    tablet = Tablet(tablet_of("ortega", engine), server.url)
    page = tablet.page
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    before = version_of(tablet)
    tablet.open_app()
    observation = tablet.start_visit("Room 3", seen.RUBRIC)
    tablet.note("Saw", "Written before the new version")
    tablet.wait_until_sent()

    server.stop()
    told = len(server.log())
    file = server.program / "walkapp" / CHANGED if server.program else Path()
    file.write_text(file.read_text() + "\nglobalThis.isNewer = true\n")
    server.start()

    tablet.open_app(f"#/visit/{observation}")
    take = page.get_by_role("button", name="Use the new version")
    take.wait_for(timeout=OFFERED_WITHIN_MS)
    # Nothing is forced: what stands on the screen stays, and so does the version.
    tablet.note("Heard", "Written while it is offered")
    page.wait_for_timeout(STAYS_FOR_MS)
    expect(take).to_be_visible()
    tablet.wait_until_sent()
    assert files_sent(server.log()[told:]) <= 2, "only what changed, and the page that names it"

    with page.expect_navigation():
        take.click()
    tablet.wait_until_ready()
    assert [words for _, words in tablet.notes_shown()] == [
        "Written before the new version", "Written while it is offered",
    ]  # fmt: skip
    assert version_of(tablet) != before


def version_of(tablet: Tablet) -> str:
    tablet.open_app("#/tablet")
    return tablet.fact("Version").inner_text()


def files_sent(log: str) -> int:
    """Answers that carried a file of the app: neither "not modified" nor data."""
    lines = [line for line in log.splitlines() if '"status": 200' in line]
    return sum(bool(re.search(r'"route": "/(app/|static/)', line)) for line in lines)
