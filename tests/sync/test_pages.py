"""An answer is small enough to come through a bad network in one piece, and loses nothing by it."""

from typing import Any

import pytest
from walkapp.sync.exchange import exchange
from walkapp.sync.log import MemoryLog
from walkapp.sync.pull import MOST_BYTES, ROWS_AT_ONCE

from .cards import NOW, OKOYE, REYES, RULES, TAG, edit, new, uuid
from .server import MARKS

LARGE = "x" * (MOST_BYTES // 3)


def ask(log: MemoryLog, marked: bool = True, **more: Any) -> dict[str, Any]:
    return exchange(log, RULES, REYES, more, NOW, TAG, MARKS if marked else None)


def filled(*titles: str) -> MemoryLog:
    log = MemoryLog()
    changes = [new(n, n, title=title) for n, title in enumerate(titles, 1)]
    for start in range(0, len(changes), 200):
        some = changes[start : start + 200]
        exchange(log, RULES, OKOYE, {"changes": some}, NOW, TAG)
    return log


def walk(log: MemoryLog, **more: Any) -> tuple[list[str], int]:
    """Every id of every page, and how many pages there were."""
    ids, cursor, pages = [], None, 0
    while True:
        answer = ask(log, cursor=cursor, **more)
        ids += [row[1] for row in answer["rows"]]
        cursor, pages = answer["cursor"], pages + 1
        if not answer["more"]:
            return ids, pages


def test_a_page_ends_before_it_gets_too_large_and_the_next_goes_on() -> None:
    log = filled(*[LARGE] * 7)
    assert walk(log) == ([uuid(n) for n in range(1, 8)], 4)


def test_a_row_larger_than_a_page_comes_alone() -> None:
    log = filled(*["x" * 150_000] * 3)
    for id in (1, 2, 3):
        more = {f"notes/{n}": "y" * 140_000 for n in "ab"}
        exchange(log, RULES, OKOYE, {"changes": [edit(9 + id, id, more, base=id)]}, NOW, TAG)
    assert log.kept[uuid(1)].size > MOST_BYTES
    assert walk(log) == ([uuid(1), uuid(2), uuid(3)], 3)


@pytest.mark.parametrize("count", [ROWS_AT_ONCE - 1, ROWS_AT_ONCE, ROWS_AT_ONCE + 1, 600])
def test_many_small_rows_come_by_number(count: int) -> None:
    log = filled(*["small"] * count)
    assert walk(log) == ([uuid(n) for n in range(1, count + 1)], 1 + (count > 500))
    ids, pages = walk(log, limit=100)
    assert (len(set(ids)), pages) == (count, -(-count // 100))


def test_a_removed_row_takes_no_room() -> None:
    log = filled(*[LARGE] * 7)
    gone = [edit(10 + n, n, {"": None}, base=n) for n in range(1, 7)]
    exchange(log, RULES, OKOYE, {"changes": gone}, NOW, TAG)
    assert len(walk(log)[0]) == 7 and walk(log)[1] == 1


def test_what_was_asked_for_and_did_not_fit_is_asked_for_again() -> None:
    log = filled(*[LARGE] * 7)
    want, asked = [uuid(n) for n in range(1, 8)], 0
    while want:
        answer = ask(log, cursor=f"7.{REYES.view}", want=want)
        came = {row[1] for row in answer["rows"]}
        assert came
        want, asked = [id for id in want if id not in came], asked + 1
    assert asked == 4


def test_a_tablet_of_before_gets_all_it_asked_for() -> None:
    log = filled(*[LARGE] * 7)
    answer = ask(log, marked=False, cursor=f"7.{REYES.view}", want=[uuid(n) for n in range(1, 8)])
    assert len(answer["rows"]) == 7
