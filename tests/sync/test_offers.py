"""Which rows a server takes back, and what it says of them to whom."""

from typing import Any

import pytest
from walkapp.sync.errors import BadEnvelope
from walkapp.sync.exchange import exchange
from walkapp.sync.log import MemoryLog
from walkapp.sync.marks import Marks

from .cards import ELSEWHERE, NOW, OAK_HILL, OKOYE, REYES, ROOM_12, ROOM_14, RULES, edit, new, uuid
from .server import MARKS, Server, words


@pytest.fixture
def server() -> Server:
    return Server()


# What is not taken


def test_an_old_row_of_the_present_history_undoes_nothing(server: Server) -> None:
    server(OKOYE, new(1, ROOM_12, mark=1))
    old = server.rows(OKOYE)
    server(REYES, edit(2, ROOM_12, {"mark": 2}, base=1))
    assert words(server(OKOYE, trail=[], offers=old)) == ["known"]
    assert server.body(ROOM_12)["mark"] == 2


@pytest.mark.parametrize("part", range(5))
def test_a_row_that_was_altered_is_refused_and_leaves_nothing(server: Server, part: int) -> None:
    server(OKOYE, new(1, ROOM_12))
    (row,) = server.rows(REYES)
    forged = list(row)
    forged[part] = [9, uuid(13), "desk", {"school": OAK_HILL, "mark": 9}, row[4][:-1] + "z"][part]
    server.log = MemoryLog()
    assert words(server(REYES, trail=[], offers=[forged])) == ["refused"]
    assert server.log == MemoryLog()


def test_a_row_of_another_district_or_another_secret_is_refused(server: Server) -> None:
    for theirs in (Marks("elsewhere", MARKS.key), Marks(MARKS.space, b"another secret")):
        log = MemoryLog()
        made = exchange(log, RULES, OKOYE, {"changes": [new(1, ROOM_12)]}, NOW, "abc", theirs)
        assert made["results"][uuid(1)]["verdict"] == "ok"
        rows = exchange(log, RULES, REYES, {}, NOW, "abc", theirs)["rows"]
        assert words(server(REYES, trail=[], offers=rows)) == ["refused"]


def test_a_record_under_another_kind_keeps_what_it_is(server: Server) -> None:
    server(OKOYE, new(1, ROOM_12))
    held = server.rows(REYES)
    server.log = MemoryLog()
    server(OKOYE, new(2, ROOM_12, mark=1))
    server.log.kept[uuid(ROOM_12)].kind = "desk"
    assert words(server(REYES, trail=[], offers=held)) == ["refused"]


def test_who_may_not_see_a_row_gives_it_back_and_learns_nothing(server: Server) -> None:
    server(OKOYE, new(1, ROOM_12, title="Room 12"))
    held = server.rows(REYES)
    server(OKOYE, edit(2, ROOM_12, {"title": "secret"}, base=1))
    server.log = MemoryLog()
    answer = server(ELSEWHERE, trail=[], offers=held, want=[uuid(ROOM_12)])
    assert (words(answer), answer["rows"], answer["gone"]) == (["taken"], [], [])
    assert uuid(ROOM_12) in server.log.kept


@pytest.mark.parametrize(
    "offers",
    [
        [7], [[]], [[1, uuid(1), "card", {}]], [["1", uuid(1), "card", {}, ""]],
        [[1, "x", "card", {}, ""]], [[1, uuid(1), "CARD", {}, ""]], 
        [[1, uuid(1), "card", None, ""]],
        [[1, uuid(1), "card", {}, "x" * 301]], [[1, uuid(1), "card", {}, None]], "x",
        [[1, uuid(1), "card", {}, ""]] * 201,
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_row_spoils_the_request(server: Server, offers: Any) -> None:
    with pytest.raises(BadEnvelope):
        server(OKOYE, trail=[], offers=offers)


@pytest.mark.parametrize("body", [{"mark": 0.5}, {"mark": "\ud800"}, {"mark": 2**60}])
def test_a_row_nobody_could_have_given_out_is_refused(server: Server, body: Any) -> None:
    row = [1, uuid(ROOM_12), "card", body, "1.abc.1.okoye." + "0" * 32]
    assert words(server(OKOYE, trail=[], offers=[row])) == ["refused"]


# How far two histories agree


def test_the_newest_commit_both_know_is_found_by_the_trail(server: Server) -> None:
    trail = [server(OKOYE, new(n, 100 + n))["at"] for n in range(1, 6)][::-1]
    backup = server.log
    backup.commits = {seq: c for seq, c in backup.commits.items() if seq <= 3}
    assert server(OKOYE, trail=trail)["common"] == 3
    assert server(OKOYE, trail=[])["common"] == 0
    assert server(OKOYE, trail=["3.0123456789ab", "0.0"])["common"] == 0
    assert "common" not in server(OKOYE)


def test_a_lost_history_is_answered_with_how_far_it_goes_and_takes_nothing(server: Server) -> None:
    at = server(OKOYE, new(1, ROOM_12))["at"]
    held = server.rows(OKOYE)
    answer = server(OKOYE, known="7.77aa00bb11cc", trail=["7.77aa00bb11cc", at], offers=held)
    assert (answer["reset"], answer["common"], answer["offers"]) == ("history", 1, {})


@pytest.mark.parametrize("trail", [["x"], [None, 5], "1.a", ["1.ab"] * 65])
def test_a_trail_that_cannot_be_read_spoils_the_request(server: Server, trail: Any) -> None:
    with pytest.raises(BadEnvelope):
        server(OKOYE, trail=trail)


# Marks on rows


def test_every_row_carries_its_mark_and_a_removed_one_none(server: Server) -> None:
    server(OKOYE, new(1, ROOM_12), new(2, ROOM_14))
    server(OKOYE, edit(3, ROOM_14, {"": None}, base=2))
    wanted = server(REYES, cursor=f"3.{REYES.view}", want=[uuid(ROOM_12)])["rows"]
    here, removed = server.rows(REYES)
    assert wanted == [here] and here[4].startswith("2.")
    assert removed[3:] == [None, ""]
    assert server(REYES, thin=True)["rows"] == [here[:2]]


def test_a_tablet_of_before_gets_no_marks_and_has_none_to_show() -> None:
    log = MemoryLog()
    exchange(log, RULES, OKOYE, {"changes": [new(1, ROOM_12)]}, NOW, "abc", MARKS)
    assert len(exchange(log, RULES, REYES, {}, NOW, "abc")["rows"][0]) == 4
    for more in ("trail", "offers"):
        with pytest.raises(BadEnvelope):
            exchange(log, RULES, REYES, {more: []}, NOW, "abc")
