"""The simulation's server, driven by a test: asked line by line, killed where the test says."""

import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .houses import HOUSE

RUBRIC = "deeper-learning-walk"
ID_OF_NAMES = uuid.UUID("51000000-0000-4000-8000-000000000000")


def named(*names: object) -> str:
    """The same id for the same names."""
    return str(uuid.uuid5(ID_OF_NAMES, ":".join(map(str, names))))


class Lives:
    """`ask` answers with what the server said, or None when it died over the question."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self._answer()
        self.world = self.ask("reset")
        self.space = next(iter(self.world["people"]["bell"]["in"]))
        self.person = self.world["people"]["bell"]["in"][self.space]
        self.school = self.world["spaces"][self.space]["schools"][0]

    def ask(self, op: str, **question: Any) -> Any:
        assert self.process.stdin
        line = json.dumps({"op": op, "now": self.now, **question}).encode() + b"\n"
        self.process.stdin.write(line)
        self.process.stdin.flush()
        return self._answer()

    @property
    def now(self) -> int:
        return self.world["now"] + 60_000 if hasattr(self, "world") else 0

    def _answer(self) -> Any:
        assert self.process.stdout
        answer = json.loads(self.process.stdout.readline())
        assert "failed" not in answer, answer
        return answer.get("ok")

    def push(self, changes: list[dict[str, Any]], **more: Any) -> Any:
        """One request of Mr. Bell's tablet."""
        part = {"changes": changes, "known": None, "cursor": None}
        request = {
            "schema": 1, "device": named("tablet"), "unsent": len(changes),
            "spaces": {self.space: part},
        }  # fmt: skip
        return self.ask(
            "http", method="POST", path="/api/v1/sync", token="bell-0", body=json.dumps(request),
            cids=[change["cid"] for change in changes], **more,
        )  # fmt: skip

    def results(self, told: Any) -> dict[str, Any]:
        assert told["status"] == 200, told
        return json.loads(told["text"])["spaces"][self.space]["results"]

    def batch(self) -> list[dict[str, Any]]:
        """A walk, a visit, two observations; one of them edited and given, and one bad change."""
        place = {"school": self.school, "rubric": self.world["rubric"]}
        walk, visit = named("walk"), named("visit")
        first = {
            "walk": walk, "visit": visit, "number": 1, "observer": self.person, "state": "draft",
            "form": "full", "date": "2026-11-22", "started_at": self.now, **place,
            "ratings": {"TE1": {"value": 2}},
        }  # fmt: skip
        return [
            self._new("walk", walk, {
                "kind": "walk", "focus": "Who asks?", "date": "2026-11-22", "lead": self.person,
                **place,
            }),
            self._new("visit", visit, {"walk": walk, "number": 1, "by": self.person, **place}),
            self._new("observation", named("one"), first),
            self._new("observation", named("two"), first | {"number": 2}),
            self._set("edit", named("one"), {"ratings/TE1": {"value": 3}}, seen=["new", "one"]),
            self._set("give", named("one"), {"state": "submitted"}, seen=["edit"]),
            self._set("bad", named("two"), {"ratings/NONE": {"value": 9}}, seen=["new", "two"]),
        ]  # fmt: skip

    def _new(self, kind: str, id: str, body: dict[str, Any]) -> dict[str, Any]:
        return {"cid": named("new", id), "kind": kind, "id": id, "at": self.now, "new": body}

    def _set(self, name: str, id: str, paths: dict[str, Any], seen: list[str]) -> dict[str, Any]:
        before = named("new", id) if seen[0] == "new" else named(*seen)
        return {
            "cid": named(name), "kind": "observation", "id": id, "at": self.now + 1, "base": 0,
            "seen": [before], "set": paths,
        }  # fmt: skip


@contextmanager
def living(templates: Path, home: Path) -> Iterator[Lives]:
    home.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.simulation.served", str(templates), str(home)],
        cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin and process.stdout
    try:
        yield Lives(process)
    finally:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()
