"""How dear is it to take in 1,000 observations? Floor: parse the same bytes and insert them."""

import json
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pysqlite3
from flask import Flask
from walkapp.sync.author import Author
from walkapp.sync.canonical import canonical
from walkapp.sync.exchange import exchange

from walkapp import create_app, database, migrations
from walkapp.clock import now_ms
from walkapp.config import Config
from walkapp.log import SqlLog
from walkapp.models import Feed, Space

OBSERVATIONS, A_REQUEST, ROUNDS = 1_000, 200, 5
LEVELS = [f"{domain}{n}" for domain in ("TE", "TS", "SA", "TM") for n in range(1, 5)]


class AnyRules:
    """Lets everything pass: what is measured is the engine and its log, not the domain's rules."""

    def check(self, change: object) -> None:
        return None

    def allow(self, author: object, before: object, change: object) -> None:
        return None

    def merge_rule(self, kind: str, path: str) -> str:
        return "lww"

    def audience(self, record: object) -> frozenset[str]:
        return frozenset({"person:okoye", "desk:oak-hill"})


def observation() -> dict[str, object]:
    """About 4 kB: every rating, and 14 notes."""
    notes = {
        str(uuid.uuid4()): {
            "text": f"Students in team {n} justify their claim with two sources. " * 3,
            "at": 1_790_000_000_000 + n, "chip": "saw", "indicators": ["TE1", "SA1"],
        }
        for n in range(14)
    }  # fmt: skip
    ratings = {level: {"value": 1 + at % 4} for at, level in enumerate(LEVELS)}
    return {"observer": "okoye", "state": "submitted", "ratings": ratings, "evidence": notes}


def change() -> dict[str, object]:
    new = {"cid": str(uuid.uuid4()), "kind": "observation", "id": str(uuid.uuid4())}
    return new | {"at": now_ms(), "new": observation()}


def requests() -> list[bytes]:
    """The same visits cut into requests as a tablet sends them."""
    return [
        json.dumps({"known": None, "cursor": None, "changes": [change() for _ in range(A_REQUEST)],
                    "limit": 1, "thin": False, "want": []}).encode()
        for _ in range(OBSERVATIONS // A_REQUEST)
    ]  # fmt: skip


def push(app: Flask, bodies: list[bytes]) -> None:
    space = str(uuid.uuid4())
    with app.app_context():
        with database.writing() as session:
            session.add(Space(id=space, kind="district", name="Bench", created_at=now_ms()))
            session.flush()
            if session.get(Feed, space) is None:
                session.add(Feed(space=space, seq=0, floor=0))
        author = Author("okoye", "a", None, frozenset({"person:okoye"}), "v")
        for body in bodies:
            asked = json.loads(body)
            with database.writing() as session:
                exchange(SqlLog(session, space), AnyRules(), author, asked, now_ms(), "0" * 16)


def insert(file: Path, bodies: list[bytes]) -> None:
    connection = pysqlite3.connect(file, isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    connection.execute("CREATE TABLE IF NOT EXISTS floor (id TEXT PRIMARY KEY, body TEXT)")
    for body in bodies:
        rows = [(one["id"], json.dumps(one["new"])) for one in json.loads(body)["changes"]]
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO floor VALUES (?, ?)", rows)
        connection.execute("COMMIT")
    connection.close()


def seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        config = Config(home=home, secret="only for this bench " * 2)
        migrations.upgrade(config.database)
        app = create_app(config)
        pushed, floor = [], []
        for _ in range(ROUNDS):
            bodies = requests()
            floor.append(seconds(lambda b=bodies: insert(home / "floor.sqlite3", b)))
            pushed.append(seconds(lambda b=bodies: push(app, b)))
    report(len(canonical(observation())), statistics.median(pushed), statistics.median(floor))


def report(size: int, pushed: float, floor: float) -> None:
    print(f"push: {OBSERVATIONS} observations of {size / 1000:.1f} kB in requests of {A_REQUEST}")
    print(f"  push  {pushed * 1000:7.0f} ms  {OBSERVATIONS / pushed:7.0f} a second")
    print(f"  floor {floor * 1000:7.0f} ms  {OBSERVATIONS / floor:7.0f} a second")
    print(f"  ratio {pushed / floor:7.1f}  (median of {ROUNDS}; SQLite, WAL, synchronous FULL)")


if __name__ == "__main__":
    sys.exit(main())
