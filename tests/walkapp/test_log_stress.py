"""Many tablets write at once while another reads along: every acknowledged row is counted."""

import os
import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from walkapp.sync.exchange import exchange

from tests.sync.cards import NOW, OKOYE, REYES, RULES, edit, new, uuid
from tests.sync.server import MARKS

from .log_keepers import Keeper, in_sql

WRITERS, PUSHES = 6, 20 if os.environ.get("TEST_ALL") else 8
CROWD = 10**6  # each writer's own range of ids


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def keeper(request: pytest.FixtureRequest) -> Iterator[Keeper]:
    with in_sql(request.getfixturevalue("config")) as keeper:
        yield keeper


@pytest.fixture
def second_worker(request: pytest.FixtureRequest, keeper: Keeper) -> Iterator[Keeper]:
    """Another process of the same server: nothing in memory is shared with the first."""
    with in_sql(request.getfixturevalue("config")) as second:
        yield second


def push(keeper: Keeper, *changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    with keeper.writing() as log:
        tag = f"{random.getrandbits(48):012x}"
        request = {"changes": list(changes), **more}
        return exchange(log, RULES, OKOYE, request, NOW, tag, MARKS)


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
    """A device that pulls while the others write: what it holds at the end.

    Every row it gets is provably of a commit that was there when it was read.
    """
    rows: dict[str, int] = {}
    cursor, known, more, stopped = None, None, True, False
    while more or not stopped:
        stopped = stop.is_set()  # asked first, so that one look follows the last write
        with keeper.reading() as log:
            request = {"cursor": cursor, "known": known, "limit": 7}
            answer = exchange(log, RULES, REYES, request, NOW, "", MARKS)
        assert "reset" not in answer
        head = int(answer["at"].partition(".")[0])
        for seq, *_, mark in answer["rows"]:
            assert seq <= int(mark.partition(".")[0]) <= head
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


def test_two_workers_that_apply_the_same_batch_at_once_have_one_effect(
    keeper: Keeper, second_worker: Keeper
) -> None:
    for batch in range(5):
        begin = 100 * batch
        changes = [new(begin + n, begin + n) for n in range(1, 30)]
        changes += [edit(begin + 50, begin + 1, {"title": "x", "level": batch})]
        both = threading.Barrier(2)

        def apply(
            worker: Keeper, changes: list[Any] = changes, both: threading.Barrier = both
        ) -> dict[str, Any]:
            both.wait()
            return push(worker, *changes)

        with ThreadPoolExecutor(2) as pool:
            first, second = pool.map(apply, (keeper, second_worker))
        assert first["results"] == second["results"]
        with keeper.reading() as log:
            assert log.head().seq == 30 * (batch + 1)


def test_two_workers_that_are_offered_the_same_rows_at_once_take_each_once(
    keeper: Keeper, second_worker: Keeper
) -> None:
    with keeper.elsewhere() as log:
        made = [new(n, n, mark=n) for n in range(1, 30)]
        exchange(log, RULES, OKOYE, {"changes": made}, NOW, "1a2b3c", MARKS)
    with keeper.elsewhere() as log:
        rows = exchange(log, RULES, OKOYE, {}, NOW, "", MARKS)["rows"]
    both = threading.Barrier(2)

    def offer(worker: Keeper) -> list[str]:
        both.wait()
        return list(push(worker, trail=[], offers=rows)["offers"].values())

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(offer, (keeper, second_worker)))
    assert [set(words) for words in answers] == [{"known"}, {"taken"}]
    with keeper.reading() as log:
        assert [row.body["mark"] for row in log.rows(0, 99, None, 99)] == list(range(1, 30))


def test_a_ghost_that_arrives_beside_its_retry_is_applied_once(keeper: Keeper) -> None:
    changes = [new(n, n) for n in range(1, 20)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: push(keeper, *changes), range(8)))
    assert all(answer["results"] == answers[0]["results"] for answer in answers)
    with keeper.reading() as log:
        assert log.head().seq == 19
        assert log.records([uuid(1)])[uuid(1)].seq == 1
