"""A district's tablets all come back to the Wi-Fi in the same minutes."""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.oak_hill import OakHill
from tests.walkapp.views.tablet import new
from walkapp import database, sessions
from walkapp.clock import now_ms
from walkapp.config import Config
from walkapp.rubric import record_id

# Every tablet of a large district in the full run; the sample is enough to fill every queue.
TABLETS = 500 if os.environ.get("TEST_ALL") else 120
AT_ONCE = 60
MOST_TRIES = 12
DONE_WITHIN_SECONDS = 180
RUBRIC = record_id("deeper-learning-walk", 1)
CHANGES = 4


@pytest.fixture
def tokens(config: Config, oak_hill: OakHill) -> list[tuple[str, str]]:
    """A signed-in tablet each: its cookie, and the person who holds it."""
    made = []
    with database.opened(config), database.writing() as session:
        for number in range(TABLETS):
            who = oak_hill.okoye if number % 2 else oak_hill.bell
            made.append((sessions.start(session, who.account, str(uuid4()), now_ms()), who.person))
    return made


@pytest.fixture
def address(config: Config, tokens: list[tuple[str, str]]) -> Iterator[str]:
    """The server as it is installed, in a process of its own."""
    ours = {"WALK_HOME": str(config.home), "WALK_SECRET": config.secret or ""}
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("WALK_")}
    command = [sys.executable, "-m", "walkapp.cli", "serve", "--port", "0"]
    log = (Path(config.home) / "server.log").open("wb")
    with (
        log,
        subprocess.Popen(
            command, env=inherited | ours, stdout=subprocess.PIPE, stderr=log, text=True
        ) as serving,
    ):
        assert serving.stdout is not None
        said = serving.stdout.readline()
        assert "listening on" in said, (Path(config.home) / "server.log").read_text()
        yield urlsplit(said.split()[4]).netloc
        serving.terminate()
        serving.wait(timeout=30)


class Device:
    """Sends until it is answered, and waits as long as it is asked to."""

    def __init__(self, address: str, token: str) -> None:
        self.address = address
        self.token = token
        self.heard: list[int] = []

    def ask(self, space: str, **part: Any) -> dict[str, Any]:
        part = {"known": None, "cursor": None, "changes": [], **part}
        body = {"schema": 2, "device": str(uuid4()), "build": "t", "unsent": 0,
                "spaces": {space: part}}  # fmt: skip
        for _ in range(MOST_TRIES):
            status, wait, answer = self.post(json.dumps(body))
            self.heard.append(status)
            if status == 200:
                told: dict[str, Any] = answer["spaces"][space]
                return told
            assert status in (429, 503) and wait > 0, (status, answer)
            time.sleep(min(wait, 5))
        raise AssertionError(f"never answered: {self.heard}")

    def post(self, body: str) -> tuple[int, float, Any]:
        line = http.client.HTTPConnection(self.address, timeout=60)
        headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin",
                   "Cookie": f"walkapp={self.token}"}  # fmt: skip
        line.request("POST", "/api/v1/sync", body, headers)
        answer = line.getresponse()
        told = answer.status, float(answer.headers.get("Retry-After", 0)), json.load(answer)
        line.close()
        return told


@pytest.mark.timeout(400)
def test_everybody_gets_through_at_eight_and_a_fresh_tablet_counts_it_all(
    address: str, oak_hill: OakHill, tokens: list[tuple[str, str]]
) -> None:
    devices = [Device(address, token) for token, _ in tokens]
    visits = [quick_visit(oak_hill, person) for _, person in tokens]
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = list(
            crowd.map(
                lambda one: one[0].ask(oak_hill.space, changes=one[1]),
                zip(devices, visits, strict=True),
            )
        )
    took = time.monotonic() - began
    verdicts = [v["verdict"] for answer in answers for v in answer["results"].values()]
    assert verdicts == ["ok"] * (TABLETS * CHANGES)
    fresh = {row for person in (0, 1) for row in counted(devices[person], oak_hill.space)}
    assert {change["id"] for visit in visits for change in visit} <= fresh
    assert took < DONE_WITHIN_SECONDS
    # Whoever was asked to wait waited and was answered; nobody met anything else.
    assert {status for device in devices for status in device.heard} <= {200, 429, 503}


def counted(device: Device, space: str) -> Iterator[str]:
    """All that a tablet with nothing on it fetches."""
    place: dict[str, Any] = {}
    more = True
    while more:
        answer = device.ask(space, **place)
        yield from (row[1] for row in answer["rows"])
        place, more = {"known": answer["at"], "cursor": answer["cursor"]}, answer["more"]


def quick_visit(home: OakHill, person: str) -> list[dict[str, Any]]:
    where = {"school": home.oak_hill, "rubric": RUBRIC}
    walk = new("walk", {"kind": "drop-in", "date": "2026-11-22", "lead": person, **where})
    visit = new("visit", {"walk": walk["id"], "number": 1, "by": person, **where})
    room = new("visit_room", {
        "visit": visit["id"], "walk": walk["id"], "room": home.room_12,
        "school": home.oak_hill, "by": person,
    })  # fmt: skip
    note = new("observation", {
        "walk": walk["id"], "visit": visit["id"], "number": 1, "observer": person,
        "state": "draft", "form": "full", "date": "2026-11-22", "started_at": 1, **where,
    })  # fmt: skip
    return [walk, visit, room, note]
