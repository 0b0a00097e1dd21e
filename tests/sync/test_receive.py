"""A tablet too old to be told anything but its verdicts still hands over what waits on it."""

from typing import Any

from walkapp.sync.envelope import read
from walkapp.sync.exchange import receive
from walkapp.sync.log import MemoryLog

from .cards import NOW, OKOYE, REYES, ROOM_12, ROOM_14, RULES, TAG, edit, new, uuid


def hand_over(log: MemoryLog, *changes: Any, **more: Any) -> dict[str, Any]:
    envelope = read({"changes": list(changes), **more}, RULES)
    return receive(log, RULES, OKOYE, envelope, NOW, TAG)


def test_every_change_gets_its_verdict_and_nothing_else_is_told() -> None:
    log = MemoryLog()
    hand_over(log, new(1, ROOM_14))
    unreadable = {"cid": uuid(3), "kind": "card", "id": uuid(5), "at": NOW, "colour": 1}
    answer = hand_over(log, new(2, ROOM_12), unreadable, cursor="0.abc", known=f"1.{TAG}")
    assert [v["verdict"] for v in answer.pop("results").values()] == ["ok", "refused"]
    told = {"rows": [], "gone": [], "cursor": "0.abc", "at": f"2.{TAG}", "more": False}
    assert answer == told


def test_a_tablet_that_began_nowhere_stays_there() -> None:
    assert hand_over(MemoryLog(), new(1, ROOM_12))["cursor"] == "0.0"


def test_with_nothing_to_send_it_gets_nothing() -> None:
    log = MemoryLog()
    assert hand_over(log)["results"] == {}
    assert log == MemoryLog()


def test_a_lost_history_is_told_before_anything_is_taken() -> None:
    log = MemoryLog()
    hand_over(log, new(1, ROOM_12))
    answer = hand_over(log, edit(2, 99, {"mark": 1}), known="5.77aa00bb11cc")
    assert (answer["reset"], answer["results"]) == ("history", {})
    assert REYES.may_see(log.kept[uuid(ROOM_12)].scopes)
