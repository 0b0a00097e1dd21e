"""One batch, and a server that dies at each single point of it, once at every point (S2, F53)."""

from pathlib import Path
from typing import Any

import pytest

from .lives import Lives, living

ACCEPTED = ("ok", "merged")


@pytest.fixture
def lives(templates: Path, shelf: Path) -> Any:
    with living(templates, shelf / "lives") as lives:
        yield lives


def tell(lives: Lives) -> dict[str, Any]:
    """What the log holds, told without the names that chance gave."""
    held = lives.ask("peek")
    ours = [one for one in held["changes"] if one["person"] == lives.person]
    return {
        "bodies": {one["id"]: one["body"] for one in held["records"] if one["kind"] != "person"},
        "verdicts": {one["cid"]: one["verdict"] for one in ours},
        "numbers": sorted(one["seq"] for one in ours if one["seq"]),
        "head": held["heads"][lives.space],
    }


def test_a_batch_is_whole_or_not_there_wherever_the_server_dies(lives: Lives) -> None:
    batch = lives.batch()
    told = lives.push(batch)
    wanted, points = tell(lives), told["ops"]
    assert sorted(lives.results(told)) == sorted(wanted["verdicts"])
    for point in range(1, points + 1):
        lives.ask("reset")
        empty = tell(lives)
        assert lives.push(batch, die=point) is None, f"it did not die at {point} of {points}"
        # The next life finds all of it or nothing: never a half.
        found = tell(lives)
        assert found in (empty, wanted), f"half a batch after dying at {point}"
        again = lives.push(batch)
        results = lives.results(again)
        assert {cid: one["verdict"] for cid, one in results.items()} == wanted["verdicts"]
        assert tell(lives) == wanted, f"not the same after dying at {point}"


def test_what_was_acknowledged_is_there_when_the_server_dies_right_after(lives: Lives) -> None:
    results = lives.results(lives.push(lives.batch()))
    lives.push([], die=1)
    held = tell(lives)
    acknowledged = {cid for cid, one in results.items() if one["verdict"] in ACCEPTED}
    assert acknowledged <= {cid for cid, one in held["verdicts"].items() if one in ACCEPTED}
    assert len(held["numbers"]) == len(set(held["numbers"])) == len(acknowledged)


def test_a_change_is_judged_and_numbered_once_however_often_the_server_died(lives: Lives) -> None:
    batch = lives.batch()
    for point in (9, 14, 20, 26, 31):
        lives.push(batch, die=point)
    lives.push(batch)
    held = lives.ask("peek")
    commits = [one["cid"] for one in held["changes"] if one["person"] == lives.person]
    assert sorted(commits) == sorted(change["cid"] for change in batch)
