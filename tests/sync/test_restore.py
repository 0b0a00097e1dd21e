"""The server was restored or replaced: what tablets hold comes back, and what went stays gone."""

import copy

import pytest
from walkapp.sync.log import MemoryLog

from .cards import OAK_HILL, OKOYE, PRINCIPAL, REYES, ROOM_12, ROOM_14, edit, new, uuid
from .server import Server, words


@pytest.fixture
def server() -> Server:
    return Server()


# What comes back


def test_the_work_of_a_lost_tablet_comes_back_from_the_tablets_of_others(server: Server) -> None:
    server(OKOYE, new(1, ROOM_12, title="Room 12"))
    held = server.rows(REYES)
    server.log = MemoryLog()
    assert words(server(REYES, trail=[], offers=held)) == ["taken"]
    assert server.body(ROOM_12) == {"school": OAK_HILL, "title": "Room 12"}
    assert server.log.kept[uuid(ROOM_12)].owner == "Ms. Okoye"
    assert server.rows(PRINCIPAL)[0][3] == held[0][3]


def test_an_edit_that_was_lost_comes_back_over_the_row_that_was_not(server: Server) -> None:
    server(OKOYE, new(1, ROOM_12, mark=1, notes={"n1": "kept", "n2": "old"}))
    heard, backup = server(REYES)["at"], copy.deepcopy(server.log)
    lost = {"mark": 2, "notes/n1": None, "notes/n3": "new"}
    server(OKOYE, edit(2, ROOM_12, lost, base=1))
    held = server.rows(REYES)
    server.log = backup
    answer = server(REYES, trail=[heard], offers=held)
    assert (answer["common"], words(answer)) == (1, ["taken"])
    assert server.body(ROOM_12) == held[0][3]
    cid = next(cid for cid, judged in server.log.changes.items() if judged.verdict == "taken")
    overwritten = {"mark": 1, "notes/n1": "kept", "notes/n3": None}
    assert server.log.changes[cid].was == {"overwritten": overwritten}


def test_the_same_row_from_a_second_tablet_changes_nothing(server: Server) -> None:
    server(OKOYE, new(1, ROOM_12))
    held = server.rows(REYES)
    server.log = MemoryLog()
    server(REYES, trail=[], offers=held)
    before = copy.deepcopy(server.log)
    assert words(server(PRINCIPAL, trail=[], offers=held)) == ["known"]
    assert server.log == before


def test_an_empty_server_is_filled_by_whoever_comes_in_any_order(server: Server) -> None:
    server(OKOYE, new(1, ROOM_12, mark=1), new(2, ROOM_14))
    older = server.rows(REYES)
    server(OKOYE, edit(3, ROOM_12, {"mark": 2, "notes/n1": "more"}, base=1))
    newer = server.rows(PRINCIPAL)
    bodies = {id: record.body for id, record in server.log.kept.items()}
    for order in ((older, newer), (newer, older)):
        server.log = MemoryLog()
        for rows in order:
            server(REYES, trail=[], offers=rows)
        assert {id: record.body for id, record in server.log.kept.items()} == bodies


def test_what_an_older_row_says_otherwise_is_recorded(server: Server) -> None:
    server(OKOYE, new(1, ROOM_12, mark=1))
    older = server.rows(REYES)
    server(OKOYE, edit(2, ROOM_12, {"mark": 2}, base=1))
    newer = server.rows(REYES)
    server.log = MemoryLog()
    server(REYES, trail=[], offers=newer)
    at = server.log.head().seq
    assert words(server(REYES, trail=[], offers=older)) == ["taken"]
    assert server.log.head().seq == at
    assert {"lost": {"mark": 1}} in [judged.was for judged in server.log.changes.values()]


def test_a_real_edit_made_since_stands_against_an_older_row(server: Server) -> None:
    server(OKOYE, new(1, ROOM_12, mark=1))
    backup = copy.deepcopy(server.log)
    server(OKOYE, edit(2, ROOM_12, {"mark": 2, "level": 2}, base=1))
    held = server.rows(REYES)
    server.log = backup
    server.now += 60_000
    server(PRINCIPAL, edit(3, ROOM_12, {"mark": 9, "notes/n9": "mine"}, base=1, at=server.now))
    server(REYES, trail=[], offers=held)
    body = server.body(ROOM_12)
    assert (body["mark"], body["level"], body["notes"]) == (9, 2, {"n9": "mine"})
    assert "also" not in body


def test_the_rows_come_back_before_the_changes_of_the_same_request(server: Server) -> None:
    server(OKOYE, new(1, ROOM_12))
    held = server.rows(REYES)
    server.log = MemoryLog()
    answer = server(REYES, edit(2, ROOM_12, {"mark": 2}), trail=[], offers=held)
    assert server.verdict(answer, 2) == "merged"
    assert server.body(ROOM_12)["mark"] == 2


# The author's own tablet, after others were faster


def test_the_authors_own_creation_is_no_double_of_the_row_that_came_back(server: Server) -> None:
    made = new(1, ROOM_12, title="Room", mark=1)
    server(OKOYE, made)
    server(OKOYE, edit(2, ROOM_12, {"title": "Room 12"}, base=1))
    held = server.rows(REYES)
    server.log = MemoryLog()
    server(REYES, trail=[], offers=held)
    answer = server(OKOYE, made)
    assert server.verdict(answer, 1) == "merged"
    assert server.body(ROOM_12) == {"school": OAK_HILL, "title": "Room 12", "mark": 1}
    assert server.log.changes[uuid(1)].was == {"lost": {"title": "Room"}}
    assert answer["rows"][0][0] == answer["results"][uuid(1)]["seq"]


def test_another_person_cannot_claim_a_row_that_came_back(server: Server) -> None:
    server(OKOYE, new(1, ROOM_12))
    held = server.rows(REYES)
    server.log = MemoryLog()
    server(REYES, trail=[], offers=held)
    answer = server(REYES, new(5, ROOM_12))
    assert answer["results"][uuid(5)]["problem"]["code"] == "already-exists"


def test_words_typed_step_by_step_make_no_conflict_with_what_became_of_them(
    server: Server,
) -> None:
    steps = ["T:", "T: turn", "T: turn and talk"]
    changes = [new(1, ROOM_12)]
    for n, text in enumerate(steps):
        seen = [change + 1 for change in range(n + 1)]
        changes.append(edit(n + 2, ROOM_12, {"notes/n1": text}, seen=seen))
        server(OKOYE, changes[-1] if n else changes[0], *([] if n else changes[1:]))
    held = server.rows(REYES)
    server.log = MemoryLog()
    server(REYES, trail=[], offers=held)
    server(OKOYE, *changes)
    body = server.body(ROOM_12)
    assert (body["notes"], body.get("also") or {}) == ({"n1": steps[-1]}, {})


def test_a_later_edit_of_the_author_leaves_no_trace_of_the_older_row_beside(
    server: Server,
) -> None:
    changes = [new(1, ROOM_12, title="Room"), edit(2, ROOM_12, {"title": "Room 12"}, seen=[1])]
    server(OKOYE, changes[0])
    older = server.rows(REYES)
    server.now += 60_000
    changes[1]["at"] = server.now
    server(OKOYE, changes[1])
    server.log = MemoryLog()
    server(REYES, trail=[], offers=older)
    server(OKOYE, *changes)
    assert server.body(ROOM_12) == {"school": OAK_HILL, "title": "Room 12"}


# What stays gone


def test_what_was_removed_before_the_common_commit_stays_removed(server: Server) -> None:
    server(OKOYE, new(1, ROOM_12), new(2, ROOM_14))
    held = server.rows(REYES)
    at = server(REYES)["at"]
    server(OKOYE, edit(3, ROOM_12, {"": None}, base=1))
    backup = copy.deepcopy(server.log)
    server(OKOYE, edit(4, ROOM_14, {"mark": 1}, base=2))
    server.log = backup
    # The tablet was away: nothing it holds is beyond what both know, and nothing comes undone.
    answer = server(REYES, trail=[at], offers=held)
    assert (answer["common"], words(answer)) == (2, ["known", "known"])
    assert server.log.kept[uuid(ROOM_12)].removed


def test_a_removal_after_the_row_was_given_out_stands_whoever_comes_first(server: Server) -> None:
    made = new(1, ROOM_12)
    server(OKOYE, made)
    held = server.rows(REYES)
    server.now += 60_000
    gone = edit(2, ROOM_12, {"": None}, base=1, at=server.now)
    server(OKOYE, gone)
    again = edit(2, ROOM_12, {"": None}, base=0, seen=[1], at=gone["at"])
    for offered_first in (True, False):
        server.log = MemoryLog()
        if offered_first:
            server(REYES, trail=[], offers=held)
        server(OKOYE, made, again)
        server(REYES, trail=[], offers=held)
        assert server.log.kept[uuid(ROOM_12)].removed


def test_a_row_made_after_a_removal_brings_its_record_back(server: Server) -> None:
    server(OKOYE, new(1, ROOM_12))
    server(OKOYE, edit(2, ROOM_12, {"": None}, base=1))
    heard, backup = server(REYES)["at"], copy.deepcopy(server.log)
    server(OKOYE, edit(3, ROOM_12, {"mark": 1}, base=2))
    held = server.rows(REYES)
    server.log = backup
    assert words(server(REYES, trail=[heard], offers=held)) == ["taken"]
    record = server.log.kept[uuid(ROOM_12)]
    assert (record.removed, record.body["mark"]) == (False, 1)
