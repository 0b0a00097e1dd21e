"""Capture on a slow tablet beside SurveyJS: `python -m bench.capture`, or --small to try it."""

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from bench.sync.places import BUILT
from tests.browser.people import MR_ORTEGA, MS_WHITFIELD
from tests.browser.server import Server
from tests.browser.tablet import Tablet

from . import filled, packages, report, serving, weight, workloads
from .forms import SurveyJs, Walkapp
from .runs import SMALL, Runs, Sizes
from .tablet import SlowTablet


def main() -> None:
    runs = Runs(arguments())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that no browser is left behind
    packages.install()
    ours, theirs = weight.ours(), weight.theirs()
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="walk-bench-")))
        playwright = ends.enter_context(sync_playwright())
        server = ends.enter_context(served(folder / "home", runs.sizes.stored))
        say("forms, letters and typing")
        capture(runs, playwright, server, folder)
        say(f"starts, with {runs.sizes.stored} observations")
        start(runs, playwright, server, folder)
    finish(runs, ours, theirs)


def arguments() -> Sizes:
    asked = argparse.ArgumentParser(prog="python -m bench.capture", description=__doc__)
    asked.add_argument("--small", action="store_true", help="a little of everything")
    asked.add_argument("--patience", type=float, help="seconds to wait for a quiet machine")
    wanted = asked.parse_args()
    sizes = SMALL if wanted.small else Sizes()
    return sizes if wanted.patience is None else replace(sizes, patience_seconds=wanted.patience)


@contextmanager
def served(home: Path, stored: int) -> Iterator[Server]:
    """The demo district with the form, and one coach who has observed for years."""
    home.mkdir()
    server = Server(home)
    for command in ("init", "demo"):
        server.command(command)
    filled.publish_form(server)
    filled.store_observations(server, MS_WHITFIELD, stored)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def capture(runs: Runs, playwright: Playwright, server: Server, folder: Path) -> None:
    """Two browsers, ours and the peer's, and only one at work at a time."""
    ours, theirs = (SlowTablet(playwright, folder / name) for name in ("ours", "theirs"))
    with serving.survey(folder / "survey") as origin, ours.opened(), theirs.opened():
        tablet = Tablet(ours, server.url)
        tablet.sign_in(MR_ORTEGA)
        tablet.make_ready_for_offline()
        pages = [SurveyJs(theirs.page, origin, mode) for mode in ("singlePage", "questionPerPage")]
        workloads.forms(runs, [Walkapp(tablet), *pages])
        workloads.slowness(runs, ours, theirs)
        workloads.letters(runs, tablet)
        workloads.typing(runs, tablet)


def start(runs: Runs, playwright: Playwright, server: Server, folder: Path) -> None:
    """A tablet fetches all there is; then the server is gone."""
    browser = SlowTablet(playwright, folder / "full")
    with browser.opened():
        tablet = Tablet(browser, server.url)
        tablet.sign_in(MS_WHITFIELD)
        browser.slow_down(1)
        filled.wait_until_pulled(browser.page, runs.sizes.stored)
        tablet.make_ready_for_offline()
        workloads.starts(runs, browser, server)


def finish(runs: Runs, ours: dict[str, int], theirs: dict[str, int]) -> None:
    kept = BUILT / "capture.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps({"runs": runs.all, "bytes": ours | theirs}, indent=1), "utf-8")
    print()
    for line in report.tables(runs, ours, theirs):
        print(line)
    print(f"Every single run: {kept.relative_to(Path.cwd())}")


def say(what: str) -> None:
    print(f"… {what}", flush=True)


main()
