"""A rubric published in a new version while somebody is in the middle of a visit."""

import copy
from dataclasses import replace
from typing import Any

from walkapp.sync.exchange import exchange
from walkapp.sync.log import MemoryLog

from tests.walkapp.observing import DEEPER, NOON, OBSERVATION, observation, okoye
from walkapp.records import rules_for
from walkapp.rubric import Rubric, is_answered, progress
from walkapp.rubric_files import load_library

ADDED = "TE9"
CID = "c1d00000-0000-4000-8000-{:012}"


def next_version() -> Rubric:
    """The same rubric with one indicator more and one that is gone."""
    old = load_library()[DEEPER]
    content = copy.deepcopy(old.content)
    first = content["domains"][0]["indicators"]
    first.append({**copy.deepcopy(first[0]), "id": ADDED, "title": "Something newly asked"})
    del first[1]
    return replace(old, version=2, content={**content, "version": 2})


class Tablet:
    """One observer's requests, to a server that carries what it is given."""

    def __init__(self) -> None:
        self.log = MemoryLog()
        self.sent = 0

    def push(self, library: dict[str, Rubric], change: dict[str, Any]) -> dict[str, Any]:
        self.sent += 1
        whole = {"cid": CID.format(self.sent), "kind": "observation", "at": NOON, **change}
        request = {"changes": [whole]}
        answer = exchange(self.log, rules_for(library), okoye, request, NOON, f"{self.sent:012x}")
        (told,) = answer["results"].values()
        return told

    def begin(self, library: dict[str, Rubric], id: str, rubric: str) -> dict[str, Any]:
        body = observation(rubric=rubric, ratings={"TE1": {"value": 3}})
        return self.push(library, {"id": id, "new": body})

    def set(self, library: dict[str, Rubric], path: str, value: Any) -> dict[str, Any]:
        change = {"id": OBSERVATION, "base": 10**6, "set": {path: value}}
        return self.push(library, change)

    @property
    def body(self) -> dict[str, Any]:
        return self.log.records([OBSERVATION])[OBSERVATION].body


def test_ratings_stay_under_the_version_they_were_given_in() -> None:
    tablet, before = Tablet(), load_library()
    after = before | {next_version().record_id: next_version()}
    assert tablet.begin(before, OBSERVATION, DEEPER)["verdict"] == "ok"
    gone = next(one for one in before[DEEPER].indicators if one not in next_version().indicators)
    # What the new version no longer asks can still be rated in a visit begun under the old.
    for indicator in ("TE1", gone):
        assert tablet.set(after, f"ratings/{indicator}", {"value": 4})["verdict"] == "merged"
    assert tablet.body["rubric"] == DEEPER and tablet.body["ratings"][gone] == {"value": 4}
    moved = tablet.set(after, "rubric", next_version().record_id)
    assert moved["verdict"] == "refused" and tablet.body["rubric"] == DEEPER


def test_what_only_the_new_version_asks_is_no_part_of_the_old_visit() -> None:
    tablet, before = Tablet(), load_library()
    later = next_version()
    after = before | {later.record_id: later}
    tablet.begin(before, OBSERVATION, DEEPER)
    told = tablet.set(after, f"ratings/{ADDED}", {"value": 4})
    assert told["verdict"] == "refused" and told["problem"]["code"] == "no-such-indicator"
    # Read by the new version the added indicator is plainly unrated, and never counted as low.
    assert not is_answered(later.indicators[ADDED], tablet.body["ratings"].get(ADDED))
    assert progress(later, tablet.body).answered <= progress(before[DEEPER], tablet.body).answered


def test_both_versions_can_be_walked_with_side_by_side() -> None:
    tablet = Tablet()
    later = next_version()
    both = load_library() | {later.record_id: later}
    other = OBSERVATION[:-1] + "5"
    assert tablet.begin(both, OBSERVATION, DEEPER)["verdict"] == "ok"
    assert tablet.begin(both, other, later.record_id)["verdict"] == "ok"
    assert tablet.log.records([other])[other].body["rubric"] == later.record_id
