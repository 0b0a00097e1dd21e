"""How dear is it to take in 1,000 observations? Floor: parse, check and plainly insert the same."""

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from walkapp.sync.change import Change
from walkapp.sync.exchange import exchange

from bench.district import District, author_of, found, opened
from bench.documents import Place, observations
from walkapp import database
from walkapp.clock import now_ms
from walkapp.config import Config
from walkapp.database import sqlite_module
from walkapp.log import SqlLog
from walkapp.records import rules_for
from walkapp.records.rules import WalkRules
from walkapp.rubric_files import load_library
from walkapp.wire import parse

OBSERVATIONS, A_REQUEST, ROUNDS = 1_000, 200, 5


def floor_ms(count: int, rounds: int, checks: bool = True) -> list[float]:
    """The least that could be done: parse the request, check each body, insert it as text."""
    rules = rules_for(load_library()) if checks else None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "floor.sqlite3"
        parts = [_requests(count, Place(), seed) for seed in range(rounds)]
        return [_ms(_insert, file, bodies, rules) for bodies in parts]


def push_ms(count: int, rounds: int) -> list[float]:
    """The whole of what a request does between its bytes and the commit."""
    with tempfile.TemporaryDirectory() as folder:
        district = found(Config(Path(folder), secret="only for this bench " * 2), observers=1)
        with opened(district.config):
            parts = [_requests(count, district.place(0), seed) for seed in range(rounds)]
            return [_ms(_push, district, bodies) for bodies in parts]


def _requests(count: int, place: Place, seed: int) -> list[bytes]:
    """The observations cut into requests as a tablet sends them."""
    changes = list(observations(count, place, seed))
    return [
        json.dumps({"changes": changes[at : at + A_REQUEST], "limit": 1}).encode()
        for at in range(0, count, A_REQUEST)
    ]


def _push(district: District, bodies: Sequence[bytes]) -> None:
    rules = rules_for(load_library())
    for body in bodies:
        asked = parse(body)
        with database.writing() as session:
            author = author_of(session, district.space, district.observers[0])
            log = SqlLog(session, district.space)
            answer = exchange(log, rules, author, asked, now_ms(), "0" * 12)
        assert all(one["verdict"] == "ok" for one in answer["results"].values())


def _insert(file: Path, bodies: Sequence[bytes], rules: WalkRules | None) -> None:
    connection = sqlite_module().connect(file, isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    connection.execute("CREATE TABLE IF NOT EXISTS floor (id TEXT PRIMARY KEY, body TEXT)")
    for body in bodies:
        changes = json.loads(body)["changes"]
        assert not rules or not any(rules.check(_change(one)) for one in changes)
        rows = [(one["id"], json.dumps(one["new"])) for one in changes]
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO floor VALUES (?, ?)", rows)
        connection.execute("COMMIT")
    connection.close()


def _change(one: dict[str, object]) -> Change:
    return Change(**one)  # type: ignore[arg-type]


def _ms(work: Callable[..., None], *given: object) -> float:
    began = time.perf_counter()
    work(*given)
    return (time.perf_counter() - began) * 1000


def main() -> None:
    bare = statistics.median(floor_ms(OBSERVATIONS, ROUNDS, checks=False))
    floor = statistics.median(floor_ms(OBSERVATIONS, ROUNDS))
    pushed = statistics.median(push_ms(OBSERVATIONS, ROUNDS))
    print(f"push: {OBSERVATIONS} observations of about 4 kB in requests of {A_REQUEST}, no HTTP")
    print(f"  push               {pushed:6.0f} ms")
    print(f"  floor              {floor:6.0f} ms   push is {pushed / floor:.1f} times this")
    print(f"  floor, unchecked   {bare:6.0f} ms   push is {pushed / bare:.1f} times this")
    print(f"  (median of {ROUNDS}; SQLite, WAL, synchronous FULL)")


if __name__ == "__main__":
    main()
