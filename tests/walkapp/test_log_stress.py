"""Many tablets write at once while another reads along: every acknowledged row is counted."""

import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from walkapp.sync.exchange import exchange

from tests.sync.cards import NOW, OKOYE, REYES, RULES, edit, new, uuid

from .log_keepers import Keeper, in_sql

WRITERS, PUSHES = 6, 20
CROWD = 10**6  # each writer's own range of ids


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def keeper(request: pytest.FixtureRequest) -> Iterator[Keeper]:
    with in_sql(request.getfixturevalue("config")) as keeper:
        yield keeper


def push(keeper: Keeper, *changes: dict[str, Any]) -> dict[str, Any]:
    with keeper.writing() as log:
        tag = f"{random.getrandbits(48):012x}"
        return exchange(log, RULES, OKOYE, {"changes": list(changes)}, NOW, tag)


def write_cards(keeper: Keeper, writer: int) -> list[str]:
    """Two new cards a push, and an edit of the card everybody edits; the ids acknowledged."""
    acknowledged = []
    for n in range(PUSHES):
        own = CROWD * (writer + 1) + 10 * n
        shared = edit(own + 3, 1, {f"marks/w{writer}": n, "mark": own})
        answer = push(keeper, new(own + 1, own + 1), new(own + 2, own + 2), shared)
        acknowledged += [cid for cid, v in answer["results"].items() if v["seq"] is not None]
    return acknowledged


def read_along(keeper: Keeper, stop: threading.Event) -> dict[str, int]:
    """A device that pulls while the others write: what it holds at the end."""
    rows: dict[str, int] = {}
    cursor, known, more, stopped = None, None, True, False
    while more or not stopped:
        stopped = stop.is_set()  # asked first, so that one look follows the last write
        with keeper.reading() as log:
            request = {"cursor": cursor, "known": known, "limit": 7}
            answer = exchange(log, RULES, REYES, request, NOW, "")
        assert "reset" not in answer
        rows |= {row[1]: row[0] for row in answer["rows"]}
        cursor, known, more = answer["cursor"], answer["at"], answer["more"]
    return rows


def test_nothing_acknowledged_is_missing_and_no_reader_misses_a_row(keeper: Keeper) -> None:
    push(keeper, new(1, 1))
    stop = threading.Event()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reader = pool.submit(read_along, keeper, stop)
        try:
            writers = [pool.submit(write_cards, keeper, n) for n in range(WRITERS)]
            acknowledged = [cid for writer in writers for cid in writer.result()]
        finally:
            stop.set()
        read = reader.result()
    assert len(acknowledged) == WRITERS * PUSHES * 3
    with keeper.reading() as log:
        kept = {row.id: row.seq for row in log.rows(0, 10**9, None, 10**6)}
        assert len(log.judged(acknowledged)) == len(acknowledged)
        assert log.head().seq == len(acknowledged) + 1
    assert len(kept) == WRITERS * PUSHES * 2 + 1
    assert read == kept


def test_a_ghost_that_arrives_beside_its_retry_is_applied_once(keeper: Keeper) -> None:
    changes = [new(n, n) for n in range(1, 20)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: push(keeper, *changes), range(8)))
    assert all(answer["results"] == answers[0]["results"] for answer in answers)
    with keeper.reading() as log:
        assert log.head().seq == 19
        assert log.records([uuid(1)])[uuid(1)].seq == 1
