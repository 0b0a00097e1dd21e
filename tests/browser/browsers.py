"""Browsers as tablets have them: on a profile that outlives a kill."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright

CHROMIUM = os.environ.get("TEST_CHROMIUM", "/usr/bin/chromium")
FIREFOX = os.environ.get("TEST_FIREFOX", "/usr/bin/firefox-esr")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--no-first-run", "--disable-sync", "--disable-quic",
]  # fmt: skip
TABLET = {"width": 820, "height": 1180}
FIREFOX_DARK = {"layout.css.prefers-color-scheme.content-override": 0}
GONE_WITHIN_SECONDS = 10


@dataclass
class Browser:
    """One tablet: a browser on a profile of its own. `page` is its one open tab."""

    playwright: Playwright
    engine: str
    profile: Path
    options: dict[str, Any] = field(default_factory=dict)
    context: BrowserContext | None = None
    said: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        assert self.context is not None
        return self.context.pages[0]

    def open(self) -> Page:
        options = {"viewport": TABLET, "locale": "en-US", "timezone_id": "America/New_York"}
        options |= self.options
        if self.engine == "firefox":
            # WebDriver BiDi drives the Firefox that Debian ships; no patched build is needed.
            self.context = self.playwright.firefox.launch_persistent_context(
                self.profile, channel="moz-firefox", executable_path=FIREFOX, **options
            )
        else:
            self.context = self.playwright.chromium.launch_persistent_context(
                self.profile, executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS, **options
            )
        self.context.set_default_timeout(15_000)
        self.listen(self.page)
        return self.page

    def listen(self, page: Page) -> None:
        page.on("console", lambda line: self.said.append(f"{line.type}: {line.text}"))
        page.on("pageerror", lambda error: self.said.append(f"uncaught: {error}"))

    @contextlib.contextmanager
    def unheard(self) -> Iterator[None]:
        """What is said meanwhile is a tool's noise, not the page's."""
        heard = len(self.said)
        yield
        del self.said[heard:]

    def new_tab(self) -> Page:
        assert self.context is not None
        page = self.context.new_page()
        self.listen(page)
        return page

    def close(self) -> None:
        if self.context is not None:
            with contextlib.suppress(Error):
                self.context.close()
            self.context = None

    def kill(self) -> None:
        """SIGKILL the browser and everything it started, as a dying battery would."""
        doomed = with_descendants(started_on(self.profile))
        assert doomed, "no browser runs on this profile"
        for pid in doomed:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.close()
        end = time.monotonic() + GONE_WITHIN_SECONDS
        while any(is_running(pid) for pid in doomed) and time.monotonic() < end:
            time.sleep(0.05)
        for lock in ("SingletonLock", "SingletonSocket", "SingletonCookie", "lock", ".parentlock"):
            (self.profile / lock).unlink(missing_ok=True)

    def kill_and_reopen(self) -> Page:
        self.kill()
        return self.open()


def started_on(profile: Path) -> set[int]:
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if str(profile).encode() in (entry / "cmdline").read_bytes():
                    found.add(int(entry.name))
    return found


def with_descendants(pids: set[int]) -> set[int]:
    parents = parent_of_each()
    family = set(pids)
    while grown := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= grown
    return family - {os.getpid()}


def parent_of_each() -> dict[int, int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                # The name in brackets may hold spaces; the parent is the second field after it.
                after_name = (entry / "stat").read_text().rpartition(")")[2].split()
                parents[int(entry.name)] = int(after_name[1])
    return parents


def is_running(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
