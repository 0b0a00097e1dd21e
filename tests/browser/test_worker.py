"""The service worker in a real browser: all of a version or none, and away when it must go."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask, Response, request
from playwright.sync_api import Browser, Page, Playwright, expect
from werkzeug.serving import BaseWSGIServer, make_server

from tests.walkapp.views import small_app
from walkapp import create_app, shell
from walkapp.config import Config

from .browsers import CHROMIUM, CHROMIUM_ARGUMENTS
from .conftest import have_engine

STATE = """async () => {
  const registration = await navigator.serviceWorker.getRegistration('/app/')
  const names = (await caches.keys()).filter((name) => name.startsWith('shell-'))
  return {there: Boolean(registration), active: registration?.active?.state ?? null,
          waiting: Boolean(registration?.waiting), shells: names.length}
}"""
UPDATE = """async () => {
  const registration = await navigator.serviceWorker.getRegistration('/app/')
  const newer = await registration.update()
  const worker = newer.installing
  if (!worker) return newer.waiting ? 'installed' : 'none'
  return new Promise((done) => worker.addEventListener('statechange', () => {
    if (worker.state !== 'installing') done(worker.state)
  }))
}"""

# The page's policy forbids what `wait_for_function` does, so these wait inside.
TAKE_OVER = """async () => {
  const { waiting } = await navigator.serviceWorker.getRegistration('/app/')
  waiting.postMessage('use new version')
  const workers = navigator.serviceWorker
  await new Promise((done) => workers.addEventListener('controllerchange', done))
}"""
CONTROLLED = """() => new Promise((done) => {
  navigator.serviceWorker.addEventListener('controllerchange', done)
  if (navigator.serviceWorker.controller) done()
})"""
NO_SHELL = """async () => {
  while ((await caches.keys()).some((name) => name.startsWith('shell-')))
    await new Promise((later) => setTimeout(later, 20))
}"""


@dataclass
class Site:
    """The service on a port of its own, with a `static/` that a test may change."""

    app: Flask
    static: Path
    asked: list[str] = field(default_factory=list)
    damaged: set[str] = field(default_factory=set)
    port: int = 0
    _server: BaseWSGIServer | None = None

    def up(self) -> None:
        self._server = make_server("127.0.0.1", self.port, self.app, threaded=True)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def down(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/app/"

    def note(self) -> None:
        self.asked.append(request.path)

    def damage(self, response: Response) -> Response:
        if request.path in self.damaged:
            response.direct_passthrough = False
            response.headers.pop("Content-Encoding", None)
            response.set_data(b"// half of the fi")
        return response


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    static = small_app.make(tmp_path / "house")
    monkeypatch.setattr(shell, "asset_folder", lambda name: static.parent / name)
    site = Site(create_app(Config(home=tmp_path, testing=True)), static)
    site.app.before_request(site.note)
    site.app.after_request(site.damage)
    site.up()
    yield site
    site.down()


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    have_engine("chromium")
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def installed(page: Page, site: Site) -> None:
    """Open the app and wait until its worker holds it whole."""
    page.goto(site.address)
    page.evaluate(CONTROLLED)
    assert page.evaluate(STATE) == {
        "there": True,
        "active": "activated",
        "waiting": False,
        "shells": 1,
    }


def test_after_one_visit_the_app_opens_with_the_server_gone(page: Page, site: Site) -> None:
    installed(page, site)
    site.down()
    page.goto(site.address + "?from=home-screen")
    expect(page.locator("main")).to_have_text("This is version 1")
    policy = page.evaluate("fetch('/app/').then((r) => r.headers.get('Content-Security-Policy'))")
    assert "trusted-types lit-html app" in policy


def test_an_update_fetches_what_changed_and_waits_to_be_asked(page: Page, site: Site) -> None:
    installed(page, site)
    small_app.write_version(site.static, 2)
    site.asked.clear()
    assert page.evaluate(UPDATE) == "installed"
    assert sorted(site.asked) == ["/app/", "/static/js/version.js", "/sw.js"]
    page.reload()
    expect(page.locator("main")).to_have_text("This is version 1")
    page.evaluate(TAKE_OVER)
    page.reload()
    expect(page.locator("main")).to_have_text("This is version 2")
    assert page.evaluate(STATE)["shells"] == 1


def test_a_language_is_kept_once_it_is_asked_for_and_goes_along_into_a_new_version(
    page: Page, site: Site
) -> None:
    words = site.static / "words"
    words.mkdir()
    for language in ("es", "ht"):
        (words / f"{language}.json").write_text(f'{{"in": "{language} 1"}}')
    installed(page, site)
    ask = "fetch('/static/words/es.json').then((answer) => answer.json()).then((words) => words.in)"
    assert page.evaluate(ask) == "es 1"
    (words / "es.json").write_text('{"in": "es 2"}')
    site.asked.clear()
    assert page.evaluate(UPDATE) == "installed"
    assert sorted(site.asked) == ["/app/", "/static/words/es.json", "/sw.js"]
    assert page.evaluate(ask) == "es 1"  # still the old version
    page.evaluate(TAKE_OVER)
    site.down()
    assert page.evaluate(ask) == "es 2"


MANY = {f"/static/js/more-{number}.js" for number in range(30)}


@pytest.mark.parametrize("way", ["whole", "damaged", "missing"])
def test_the_first_install_comes_in_one_piece_and_where_that_fails_file_by_file(
    page: Page, site: Site, way: str
) -> None:
    for path in MANY:
        (site.static.parent / path.removeprefix("/")).write_text(f"export const path = '{path}'\n")
    if way == "damaged":
        site.damaged.add("/app/files")
    if way == "missing":
        site.app.view_functions["app.in_one_piece"] = lambda: Response("gone", 404)
    installed(page, site)
    assert site.asked.count("/app/files") == 1
    assert MANY & set(site.asked) == (set() if way == "whole" else MANY)
    site.down()
    assert page.evaluate("import('/static/js/more-7.js').then(({ path }) => path)") in MANY


@pytest.mark.parametrize("how", ["damaged", "missing"])
def test_a_damaged_or_missing_file_fails_the_update_and_the_old_version_stays(
    page: Page, site: Site, how: str
) -> None:
    installed(page, site)
    small_app.write_version(site.static, 2)
    if how == "damaged":
        site.damaged.add("/static/js/version.js")
    else:
        site.app.view_functions["app.file"] = lambda name="": Response("gone", 404)
    assert page.evaluate(UPDATE) == "redundant"
    site.down()
    page.reload()
    expect(page.locator("main")).to_have_text("This is version 1")


def test_data_and_other_pages_never_pass_through_the_worker(page: Page, site: Site) -> None:
    installed(page, site)
    site.asked.clear()
    page.evaluate("fetch('/api/v1/session')")
    page.evaluate("fetch('/problems/busy')")
    assert site.asked == ["/api/v1/session", "/problems/busy"]
    kept = page.evaluate("""async () => {
      const names = await caches.keys()
      const caches_ = await Promise.all(names.map((name) => caches.open(name)))
      const keys = await Promise.all(caches_.map((cache) => cache.keys()))
      return keys.flat().map((request) => new URL(request.url).pathname)
    }""")
    assert set(kept) == {
        "/app/", "/manifest.json", "/static/css/app.css", "/static/js/app.js",
        "/static/js/boot.js", "/static/js/version.js",
    }  # fmt: skip


def test_the_kill_switch_takes_the_worker_away_and_leaves_what_was_written(
    page: Page, site: Site
) -> None:
    installed(page, site)
    page.evaluate("""() => new Promise((done) => {
      const opening = indexedDB.open('written', 1)
      opening.onupgradeneeded = () => opening.result.createObjectStore('notes').put('kept', 1)
      opening.onsuccess = () => done()
    })""")
    site.app.view_functions["app.worker"] = lambda: Response(
        (site.static / "no-worker.js").read_bytes(), mimetype="text/javascript"
    )
    page.evaluate(
        "navigator.serviceWorker.getRegistration('/app/').then((r) => r.update().then(() => null))"
    )
    page.evaluate(NO_SHELL)
    site.asked.clear()
    page.reload()
    expect(page.locator("main")).to_have_text("This is version 1")
    assert "/app/" in site.asked  # from the server again
    databases = page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")
    assert databases == ["written"]
