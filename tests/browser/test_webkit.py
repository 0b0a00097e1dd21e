"""The iPad's engine: the app works in it, and its worst habit costs nothing that was saved."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from . import seen
from .kept import records
from .link import Link
from .people import MR_ORTEGA
from .server import Server
from .webkit import by_hand, driven, have_webkit, kill_database

STATIC = Path(__file__).parents[2] / "static"
KILLS = 6
BETWEEN_KILLS_SECONDS = 1.3
TOLD_WITHIN_SECONDS = 60
WRITERS = 8
WRITE_FOR_MS = 11_000
SLOWEST_WRITE_MS = 5_000
PAGE = b"<!doctype html><title>kept</title><script type=module src=/writers.js></script>"
SCRIPT = f"""
import {{ openDatabase }} from '/static/js/store/db.js'
const upgrade = (db) => db.createObjectStore('notes', {{ keyPath: 'id' }})
const db = openDatabase('kills', {{ version: 1, upgrade }})
const acknowledged = []
const errors = []
let slowest = 0
async function writer(name, until) {{
  for (let n = 0; performance.now() < until; n += 1) {{
    const id = `${{name}}-${{n}}`
    const begun = performance.now()
    try {{
      await db.put('notes', {{ id, text: 'x'.repeat(3_000) }})
      acknowledged.push(id)
    }} catch (error) {{
      errors.push(String(error))
    }}
    slowest = Math.max(slowest, performance.now() - begun)
  }}
}}
async function tell(what, said) {{
  // The same process that is killed carries what is said.
  for (let tried = 0; tried < 20; tried += 1) {{
    try {{
      return await fetch(`/told/${{what}}`, {{ method: 'POST', body: JSON.stringify(said) }})
    }} catch {{
      await new Promise((later) => setTimeout(later, 200))
    }}
  }}
}}
await db.ready()
await tell('armed', {{}})
const until = performance.now() + {WRITE_FOR_MS}
await Promise.all(Array.from({{ length: {WRITERS} }}, (_, name) => writer(name, until)))
const keys = (t) => t.objectStore('notes').getAllKeys()
const kept = new Set(await db.tx('notes', 'readonly', keys, {{ limit: 20_000 }}))
const missing = acknowledged.filter((id) => !kept.has(id))
const {{ heals }} = db.health
await tell('log', {{ acknowledged: acknowledged.length, missing, errors, slowest, heals }})
"""


class Listener:
    """Serves the app's own store to one page, and hears what the page tells."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {}
        told = self.told

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path.startswith("/static/"):
                    body, kind = (
                        (STATIC / self.path.removeprefix("/static/")).read_bytes(),
                        "text/javascript",
                    )
                elif self.path == "/writers.js":
                    body, kind = SCRIPT.encode(), "text/javascript"
                else:
                    body, kind = PAGE, "text/html"
                self.answer(body, kind)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                told[self.path.removeprefix("/told/")] = json.loads(body)
                self.answer(b"{}", "application/json")

            def answer(self, body: bytes, kind: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self.server.server_port}/"

    def hear(self, what: str) -> Any:
        end = time.monotonic() + TOLD_WITHIN_SECONDS
        while what not in self.told:
            assert time.monotonic() < end, f"the page never told {what}: {self.told}"
            time.sleep(0.05)
        return self.told[what]


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    threading.Thread(target=listener.server.serve_forever, daemon=True).start()
    yield listener
    listener.server.shutdown()
    listener.server.server_close()


def test_nothing_called_saved_is_missing_after_the_database_process_is_killed_again_and_again(
    listener: Listener, tmp_path: Path
) -> None:
    have_webkit()
    with by_hand(listener.url, tmp_path) as pid:
        listener.hear("armed")
        killed = 0
        for _ in range(KILLS):
            time.sleep(BETWEEN_KILLS_SECONDS)
            killed += kill_database(pid)
        log = listener.hear("log")
    assert killed >= KILLS, "the engine keeps its databases in another process now"
    assert log["missing"] == [] and log["errors"] == [], log
    assert log["acknowledged"] > WRITERS * KILLS and log["heals"] >= 1, log
    assert log["slowest"] < SLOWEST_WRITE_MS, log


def test_the_app_works_all_day_in_webkit(server: Server, link: Link) -> None:
    with driven() as hand:
        driver = hand.driver
        driver.get(f"{link.url}/app/")
        hand.type("Email", MR_ORTEGA.email)
        hand.type("Password", MR_ORTEGA.password)
        hand.click("//button[normalize-space()='Sign in']")
        hand.click("//nav[@aria-label='Screens']//a[normalize-space()='This tablet']")
        hand.find("//dt[.='Works without a network']/following-sibling::dd[starts-with(.,'Yes')]")
        hand.click("//nav[@aria-label='Screens']//a[normalize-space()='Today']")
        hand.click("//a[normalize-space()='Start a visit']")
        hand.find("//select")
        hand.run(
            "const which = document.querySelector('select');"
            "which.value = [...which.options].find((one) => one.label === arguments[0]).value;"
            "which.dispatchEvent(new Event('change', { bubbles: true }))",
            seen.RUBRIC,
        )
        hand.click("//button[starts-with(normalize-space(),'Room 9')]")
        hand.find("//nav[@aria-label='Parts of this visit']")
        observation = hand.run("return location.hash.split('/')[2]")

        link.down()
        hand.type("Note", "Written in WebKit without a network")
        hand.click("//button[normalize-space()='Add note']")
        hand.click("//nav[@aria-label='Parts of this visit']//a[normalize-space()='Indicators']")
        hand.click("(//a[contains(@class,'indicator-row')])[1]")
        hand.click("(//*[contains(@class,'level-cards')]//label)[1]")
        hand.see("waiting")
        driver.refresh()
        hand.click("//nav[@aria-label='Parts of this visit']//a[normalize-space()='Notes']")
        hand.see("Written in WebKit without a network")

        link.up()
        driver.refresh()
        hand.see("On the server")
        body = next(one for one in records(server, "observation") if one["id"] == observation)
        assert [line["text"] for line in body["evidence"].values()] == [
            "Written in WebKit without a network"
        ]
        assert len(body["ratings"]) == 1


def test_a_browser_without_a_second_copy_says_so(server: Server) -> None:
    with driven() as hand:
        hand.driver.get(f"{server.url}/app/")
        hand.type("Email", MR_ORTEGA.email)
        hand.type("Password", MR_ORTEGA.password)
        hand.click("//button[normalize-space()='Sign in']")
        hand.click("//nav[@aria-label='Screens']//a[normalize-space()='This tablet']")
        hand.find("//dd[.='Not possible on this kind of tablet']")
