"""On a school's server: https by a reverse proxy from Debian, set up as the README says."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright, expect

from .browsers import CHROMIUM, CHROMIUM_ARGUMENTS, TABLET
from .people import SignIn
from .proxies import Proxy, fetch
from .server import Server

ADMIN = SignIn("quinn@oakhill.example", "four plain words are enough")
ONE_YEAR_SECONDS = 31_536_000


class BehindProxy(Server):
    def environment(self) -> dict[str, str]:
        return super().environment() | {"WALK_PROXY": "1"}


@pytest.fixture
def school(tmp_path: Path) -> Iterator[BehindProxy]:
    home = tmp_path / "home"
    home.mkdir()
    server = BehindProxy(home)
    server.command("init", "--district", "Oak Hill Schools")
    server.command("create-admin", "--name", "Quinn Adams", "--email", ADMIN.email,
                   given=f"{ADMIN.password}\n{ADMIN.password}\n")  # fmt: skip
    server.start()
    yield server
    server.stop()


@pytest.fixture(params=["nginx", "caddy"])
def proxy(request: pytest.FixtureRequest, tmp_path: Path, school: BehindProxy) -> Iterator[Proxy]:
    assert shutil.which(request.param, path="/usr/sbin:/usr/bin"), "make test installs it"
    folder = tmp_path / "proxy"
    folder.mkdir()
    proxy = Proxy(request.param, folder, school.port)
    yield proxy
    proxy.stop()


@pytest.fixture
def chromium(playwright: Playwright, tmp_path: Path) -> Iterator[BrowserContext]:
    # A worker is only allowed where the certificate is trusted; here it is the test's own.
    trusting = [*CHROMIUM_ARGUMENTS, "--ignore-certificate-errors"]
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "profile", executable_path=CHROMIUM, args=trusting, viewport=TABLET
    )
    yield context
    context.close()


def test_the_app_is_installed_over_https_and_opens_with_everything_gone(
    school: BehindProxy, proxy: Proxy, chromium: BrowserContext
) -> None:
    page = chromium.pages[0]
    page.goto(f"{proxy.url}/app/")
    page.get_by_label("Email").fill(ADMIN.email)
    page.get_by_label("Password").fill(ADMIN.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("navigation", name="Screens")).to_be_visible()
    (cookie,) = chromium.cookies()
    assert cookie["name"] == "__Host-walkapp" and cookie["secure"] and cookie["httpOnly"]

    page.goto(f"{proxy.url}/app/#/tablet")
    ready = page.locator("dl.facts > div", has_text="Works without a network").locator("dd")
    expect(ready).to_have_text("Yes", timeout=30_000)
    proxy.stop()
    school.kill()
    page.reload()
    expect(page.get_by_role("heading", name="This tablet")).to_be_visible()


def test_https_is_kept_and_files_come_packed_once(proxy: Proxy) -> None:
    with fetch(f"{proxy.url}/app/") as answer:
        promised = answer.headers["Strict-Transport-Security"]
        tag = answer.headers["ETag"]
    assert f"max-age={ONE_YEAR_SECONDS}" in promised
    assert tag.startswith('"'), "a proxy that packs again would weaken the tag"
