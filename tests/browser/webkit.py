"""WebKitGTK, the engine nearest to an iPad's: driven by Selenium, or run by hand and wounded."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from .browsers import with_descendants

DRIVER = os.environ.get("TEST_WEBKIT_DRIVER", "/usr/bin/WebKitWebDriver")
FOUND_WITHIN_SECONDS = 30


def mini_browser() -> str | None:
    named = os.environ.get("TEST_MINIBROWSER")
    found = (
        [named]
        if named
        else sorted(map(str, Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")))
    )
    return next((path for path in found if Path(path).exists()), None)


def have_webkit() -> str:
    """Without it a journey is skipped and says so; in CI that is a failure."""
    browser = mini_browser()
    if browser and Path(DRIVER).exists() and shutil.which("Xvfb"):
        return browser
    told = "WebKitGTK, its driver or Xvfb is not there: make test says what to install"
    if os.environ.get("CI"):
        pytest.fail(told)
    pytest.skip(told)


@contextlib.contextmanager
def screen() -> Iterator[str]:
    """A screen that nobody looks at; its name."""
    read, write = os.pipe()
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1000x1200x24", "-nolisten", "tcp"],
        pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield f":{told.readline().strip()}"
    finally:
        process.terminate()
        process.wait(timeout=10)


@contextlib.contextmanager
def driven() -> Iterator["Hand"]:
    browser = have_webkit()
    with screen() as display:
        options = Options()
        options.binary_location = browser
        options.add_argument("--automation")
        service = Service(DRIVER, env={**os.environ, "DISPLAY": display})
        with warnings.catch_warnings():
            # Selenium's own driver for WebKitGTK has not followed Selenium's own deprecation.
            warnings.simplefilter("ignore", DeprecationWarning)
            driver = webdriver.WebKitGTK(options=options, service=service)
        driver.set_window_size(820, 1180)
        try:
            yield Hand(driver)
        finally:
            with contextlib.suppress(WebDriverException):
                driver.quit()


class Hand:
    """A few things a hand does, found by what stands on the screen."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def find(self, path: str) -> WebElement:
        return self.wait(lambda: self.driver.find_element(By.XPATH, path), path)

    def click(self, path: str) -> None:
        def clicked() -> bool:
            self.driver.find_element(By.XPATH, path).click()
            return True

        self.wait(clicked, path)

    def type(self, label: str, words: str) -> None:
        self.find(
            f"//*[@aria-label='{label}' or @id=//label[normalize-space()='{label}']/@for]"
        ).send_keys(words)

    def see(self, words: str) -> None:
        def seen() -> bool:
            return words in self.driver.find_element(By.TAG_NAME, "body").text

        self.wait(seen, words)

    def run(self, script: str, *given: Any) -> Any:
        return self.driver.execute_script(script, *given)

    def wait(self, happens: Callable[[], Any], what: str) -> Any:
        end = time.monotonic() + FOUND_WITHIN_SECONDS
        while True:
            with contextlib.suppress(WebDriverException, StaleElementReferenceException):
                if found := happens():
                    return found
            if time.monotonic() > end:
                shown = self.driver.find_element(By.TAG_NAME, "body").text
                raise AssertionError(f"{what} did not come up; on the screen:\n{shown}")
            time.sleep(0.1)


@contextlib.contextmanager
def by_hand(url: str, home: Path) -> Iterator[int]:
    """The browser with nobody at its controls, on a profile of its own; its process id."""
    browser = have_webkit()
    places = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "CACHE", "CONFIG")}
    with screen() as display:
        process = subprocess.Popen(
            [browser, url], env={**os.environ, **places, "DISPLAY": display},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            yield process.pid
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=10)


def kill_database(pid: int) -> int:
    """SIGKILL the process that holds the databases, as iPadOS does while an app sleeps."""
    doomed = [one for one in with_descendants({pid}) if "NetworkProcess" in program_of(one)]
    for one in doomed:
        with contextlib.suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    return len(doomed)


def program_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/exe").readlink().name
    except OSError:
        return ""
