"""The promises of one exchange, each with a test of that name."""

from typing import Any

import pytest
from walkapp.sync.author import Author
from walkapp.sync.canonical import digest
from walkapp.sync.change import Change
from walkapp.sync.errors import BadEnvelope, Refusal
from walkapp.sync.exchange import append, exchange
from walkapp.sync.log import MemoryLog
from walkapp.sync.record import Record

from .cards import (
    ELSEWHERE,
    NOW,
    OAK_HILL,
    OKOYE,
    PRINCIPAL,
    REYES,
    RIVERSIDE,
    ROOM_12,
    ROOM_14,
    RULES,
    TAG,
    CardRules,
    author,
    edit,
    new,
    uuid,
)  # fmt: skip

SYSTEM = Author("system", "upgrade", None, frozenset(), "system", None, all_seeing=True)


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


def send(
    log: MemoryLog, who: Author, *changes: Any, now: int = NOW, tag: str = TAG, **more: Any
) -> dict[str, Any]:
    return exchange(log, RULES, who, {"changes": list(changes), **more}, now, tag)


def verdict(answer: dict[str, Any], cid: int) -> tuple[str, int | None]:
    result = answer["results"][uuid(cid)]
    return result["verdict"], result["seq"]


def code(answer: dict[str, Any], cid: int) -> str:
    return str(answer["results"][uuid(cid)]["problem"]["code"])


def body(log: MemoryLog, id: int) -> dict[str, Any]:
    return log.kept[uuid(id)].body


def ids(answer: dict[str, Any]) -> list[str]:
    return [row[1] for row in answer["rows"]]


# Pushing


def test_a_new_record_is_ok_and_has_the_next_seq(log: MemoryLog) -> None:
    answer = send(log, OKOYE, new(1, ROOM_12, title="Room 12"), new(2, ROOM_14))
    assert [verdict(answer, 1), verdict(answer, 2)] == [("ok", 1), ("ok", 2)]
    assert answer["at"] == f"2.{TAG}"


def test_the_receipt_carries_the_hash_of_what_was_sent(log: MemoryLog) -> None:
    change = new(1, ROOM_12, title="Room 12")
    assert send(log, OKOYE, change)["results"][uuid(1)]["hash"] == digest(change)


def test_sending_twice_is_the_same_as_sending_once(log: MemoryLog) -> None:
    changes = [new(1, ROOM_12), edit(2, ROOM_12, {"mark": 3}, seen=[1])]
    first = send(log, OKOYE, *changes)
    again = send(log, OKOYE, *changes, tag="another")
    assert again["results"] == first["results"]
    assert (again["at"], log.head().seq) == (first["at"], 2)


def test_a_change_sent_again_with_a_newer_base_is_still_the_same_change(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12), edit(2, ROOM_12, {"mark": 3}, seen=[1]))
    again = edit(2, ROOM_12, {"mark": 3}, base=1)
    answer = send(log, OKOYE, again)
    assert verdict(answer, 2) == ("ok", 2)
    assert answer["results"][uuid(2)]["hash"] == digest(again)


def test_one_bad_change_never_stops_the_others(log: MemoryLog) -> None:
    bad = {"cid": uuid(2), "kind": "card", "id": uuid(5), "at": NOW, "new": {"mark": 0.5}}
    answer = send(log, OKOYE, new(1, ROOM_12), bad, {"cid": uuid(3)}, new(4, ROOM_14))
    assert verdict(answer, 1) == ("ok", 1)
    assert verdict(answer, 4) == ("ok", 2)
    problem = answer["results"][uuid(2)]["problem"]
    assert (problem["code"], problem["pointer"]) == ("wrong-type", "/new/mark")


def test_the_same_change_twice_in_one_request_has_one_verdict(log: MemoryLog) -> None:
    answer = send(log, OKOYE, new(1, ROOM_12), new(1, ROOM_12))
    assert (verdict(answer, 1), log.head().seq) == (("ok", 1), 1)


def test_two_changes_under_one_cid_are_both_refused_and_neither_is_applied(log: MemoryLog) -> None:
    answer = send(log, OKOYE, new(1, ROOM_12), new(1, ROOM_14), new(2, 16))
    assert (code(answer, 1), verdict(answer, 2)) == ("cid-reused", ("ok", 1))
    assert log.kept.keys() == {uuid(16)}


def test_a_cid_used_again_for_something_else_is_refused(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12))
    answer = send(log, OKOYE, new(1, ROOM_12, title="other"))
    assert code(answer, 1) == "cid-reused"
    assert body(log, ROOM_12) == {"school": OAK_HILL}


def test_nobody_learns_the_verdict_of_another_persons_change(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12))
    assert code(send(log, REYES, new(1, ROOM_12)), 1) == "cid-reused"


def test_a_refused_change_stays_refused(log: MemoryLog) -> None:
    change = new(1, ROOM_12, school=RIVERSIDE)
    first = send(log, OKOYE, change)
    again = send(log, author("Ms. Okoye", (OAK_HILL, RIVERSIDE)), change)
    assert again["results"] == first["results"]
    assert (code(again, 1), log.kept) == ("not-yours", {})


def test_refusals_alone_make_no_commit(log: MemoryLog) -> None:
    answer = send(log, OKOYE, edit(1, ROOM_12, {"mark": 1}))
    assert (answer["at"], log.commits) == ("0.0", {})


def test_an_id_in_use_answers_the_same_whether_it_is_visible_or_not(log: MemoryLog) -> None:
    send(log, ELSEWHERE, new(1, ROOM_12, school=RIVERSIDE))
    send(log, REYES, new(2, ROOM_14))
    answer = send(log, OKOYE, new(3, ROOM_12), new(4, ROOM_14))
    hidden, visible = answer["results"][uuid(3)], answer["results"][uuid(4)]
    assert hidden["problem"] == visible["problem"] == {"code": "already-exists", "pointer": "/id"}


def test_a_hidden_record_answers_exactly_like_a_missing_one(log: MemoryLog) -> None:
    send(log, ELSEWHERE, new(1, ROOM_12, school=RIVERSIDE))
    answer = send(log, OKOYE, edit(3, ROOM_12, {"mark": 1}), edit(4, 99, {"mark": 1}))
    hidden, missing = answer["results"][uuid(3)], answer["results"][uuid(4)]
    assert hidden["problem"] == missing["problem"] == {"code": "unknown-record", "pointer": "/id"}
    assert (hidden["verdict"], hidden["seq"]) == (missing["verdict"], missing["seq"])


def test_the_service_itself_sees_every_record(log: MemoryLog) -> None:
    send(log, ELSEWHERE, new(1, ROOM_12, school=RIVERSIDE))
    assert verdict(send(log, SYSTEM, edit(2, ROOM_12, {"mark": 1}, base=1)), 2) == ("ok", 2)


def test_a_record_under_another_kind_is_unknown(log: MemoryLog) -> None:
    class TwoKinds(CardRules):
        def check(self, change: Change) -> Refusal | None:
            return None

    send(log, OKOYE, new(1, ROOM_12))
    change = edit(2, ROOM_12, {"mark": 1}, base=1) | {"kind": "desk"}
    answer = exchange(log, TwoKinds(), OKOYE, {"changes": [change]}, NOW, TAG)
    assert code(answer, 2) == "unknown-record"


def test_a_change_that_needs_a_refused_one_is_refused_too(log: MemoryLog) -> None:
    refused = new(1, ROOM_12, school=RIVERSIDE)
    answer = send(log, OKOYE, refused, new(2, ROOM_14) | {"after": uuid(1)})
    assert code(answer, 2) == "needs-earlier-change"


def test_a_change_that_needs_an_applied_one_is_applied(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12))
    answer = send(log, OKOYE, new(2, ROOM_14) | {"after": uuid(1)})
    assert verdict(answer, 2) == ("ok", 2)


def test_a_change_that_needs_one_the_server_never_had_is_refused(log: MemoryLog) -> None:
    answer = send(log, OKOYE, new(2, ROOM_14) | {"after": uuid(1)})
    assert code(answer, 2) == "needs-earlier-change"


def test_a_change_can_only_need_one_of_its_own_authors(log: MemoryLog) -> None:
    send(log, REYES, new(1, ROOM_12))
    answer = send(log, OKOYE, new(2, ROOM_14) | {"after": uuid(1)})
    assert code(answer, 2) == "needs-earlier-change"


def test_a_held_change_is_kept_whole_and_what_follows_it_is_held_with_it(log: MemoryLog) -> None:
    class Holding(CardRules):
        def allow(self, author: Author, before: Record | None, change: Change) -> Refusal | None:
            return Refusal("not-yours", held=True)

    made, edited = new(1, ROOM_12, title="Room 12"), edit(2, ROOM_12, {"mark": 1}, seen=[1])
    answer = exchange(log, Holding(), OKOYE, {"changes": [made, edited]}, NOW, TAG)
    assert [verdict(answer, 1), verdict(answer, 2)] == [("held", None), ("held", None)]
    assert [log.changes[uuid(n)].kept for n in (1, 2)] == [made, edited]
    # A server that is restored to before it kept them can be told from this one.
    assert answer["at"] != exchange(MemoryLog(), Holding(), OKOYE, {}, NOW, TAG)["at"]


# Crossing


def test_ok_says_that_the_row_is_what_the_author_holds(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12))
    answer = send(log, OKOYE, edit(2, ROOM_12, {"mark": 3}, base=1), cursor=f"1.{OKOYE.view}")
    assert (verdict(answer, 2), answer["rows"]) == (("ok", 2), [])


def test_merged_says_wait_for_the_row_and_the_row_comes(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12))
    send(log, REYES, edit(2, ROOM_12, {"mark": 3}, base=1))
    answer = send(log, OKOYE, edit(3, ROOM_12, {"level": 2}, base=1), cursor=f"1.{OKOYE.view}")
    assert verdict(answer, 3) == ("merged", 3)
    assert answer["rows"] == [
        [3, uuid(ROOM_12), "card", {"school": OAK_HILL, "mark": 3, "level": 2}]
    ]


def test_a_run_of_own_changes_is_ok_to_its_end(log: MemoryLog) -> None:
    answer = send(
        log,
        OKOYE,
        new(1, ROOM_12),
        edit(2, ROOM_12, {"mark": 1}, seen=[1]),
        edit(3, ROOM_12, {"mark": 2}, seen=[1, 2]),
    )
    assert [verdict(answer, n)[0] for n in (1, 2, 3)] == ["ok", "ok", "ok"]


def test_a_run_ends_where_one_of_its_changes_gave_way(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12, owner="Ms. Okoye"))
    answer = send(
        log,
        OKOYE,
        edit(2, ROOM_12, {"mark": 1}, base=1),
        edit(3, ROOM_12, {"mark": 2, "owner": "nobody"}, base=1, seen=[2]),
        edit(4, ROOM_12, {"level": 1}, base=1, seen=[2, 3]),
    )
    assert [verdict(answer, n)[0] for n in (2, 3, 4)] == ["ok", "merged", "merged"]


def test_a_change_that_did_not_name_its_forerunner_is_merged(log: MemoryLog) -> None:
    # A tablet that was cloned: two images, one person, edits unknown to each other.
    changes = [edit(2, ROOM_12, {"mark": 1}, base=1), edit(3, ROOM_12, {"mark": 2}, base=1)]
    send(log, OKOYE, new(1, ROOM_12))
    answer = send(log, OKOYE, *changes)
    assert [verdict(answer, n)[0] for n in (2, 3)] == ["ok", "merged"]


def test_a_base_beyond_the_head_vouches_for_nothing(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12))
    send(log, REYES, edit(2, ROOM_12, {"title": "his"}, base=1))
    answer = send(log, OKOYE, edit(3, ROOM_12, {"title": "hers"}, base=900))
    assert verdict(answer, 3)[0] == "merged"
    assert "his" in (body(log, ROOM_12)["also"] | body(log, ROOM_12)).values()


def test_a_clock_ahead_of_ours_counts_as_now(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12))
    send(log, REYES, edit(2, ROOM_12, {"mark": 1}, base=1, at=NOW + 10**11), now=NOW + 1)
    send(log, OKOYE, edit(3, ROOM_12, {"mark": 2}, base=1, at=NOW + 2), now=NOW + 2)
    assert body(log, ROOM_12)["mark"] == 2


def test_a_clock_of_ours_that_jumps_back_a_day_changes_no_order(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12, mark=1), now=NOW)
    send(log, REYES, edit(2, ROOM_12, {"mark": 2}, base=1, at=NOW), now=NOW - 86_400_000)
    answer = send(log, OKOYE, new(3, ROOM_14), now=NOW - 86_300_000)
    assert body(log, ROOM_12)["mark"] == 2
    assert [seq for _, seq in (verdict(answer, 3),)] == [3]
    assert sorted(log.commits) == [1, 2, 3]
    assert [row[0] for row in send(log, REYES, now=NOW)["rows"]] == [2, 3]


def test_what_a_change_cost_is_recorded_with_it(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12, mark=1))
    send(log, OKOYE, edit(2, ROOM_12, {"mark": 2}, base=1))
    assert log.changes[uuid(2)].was == {"overwritten": {"mark": 1}}


def test_a_removed_record_is_told_as_null_and_an_edit_brings_it_back(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12, mark=1))
    send(log, OKOYE, edit(2, ROOM_12, {"": None}, base=1))
    assert send(log, REYES)["rows"] == [[2, uuid(ROOM_12), "card", None]]
    assert verdict(send(log, REYES, edit(3, ROOM_12, {"mark": 2}, base=1)), 3)[0] == "merged"
    assert send(log, OKOYE)["rows"] == [[3, uuid(ROOM_12), "card", {"school": OAK_HILL, "mark": 2}]]


# Pulling


def test_a_page_at_a_time_gives_every_row_once(log: MemoryLog) -> None:
    send(log, OKOYE, *[new(n, 100 + n) for n in range(1, 8)])
    cursor, seen, more = None, [], True
    while more:
        answer = send(log, REYES, cursor=cursor, limit=3)
        seen += ids(answer)
        cursor, more = answer["cursor"], answer["more"]
    assert seen == [uuid(100 + n) for n in range(1, 8)]


def test_the_cursor_jumps_over_rows_of_others_to_the_head(log: MemoryLog) -> None:
    send(log, OKOYE, *[new(n, 100 + n) for n in range(1, 8)])
    answer = send(log, ELSEWHERE, limit=2)
    assert (answer["rows"], answer["cursor"], answer["more"]) == ([], f"7.{ELSEWHERE.view}", False)


def test_nobody_pulls_what_they_may_not_see(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12, private=True))
    wanted = send(log, REYES, want=[uuid(ROOM_12)])
    assert (ids(send(log, REYES)), wanted["rows"]) == ([], [])
    assert send(log, REYES, thin=True)["rows"] == []


def test_what_one_may_no_longer_see_is_forgotten(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12))
    cursor = send(log, REYES)["cursor"]
    send(log, OKOYE, edit(2, ROOM_12, {"private": True}, base=1))
    assert send(log, REYES, cursor=cursor)["gone"] == [uuid(ROOM_12)]


def test_a_change_that_takes_its_record_out_of_sight_makes_it_forgotten(log: MemoryLog) -> None:
    answer = send(log, OKOYE, new(1, ROOM_12), edit(2, ROOM_12, {"school": RIVERSIDE}, seen=[1]))
    assert (verdict(answer, 2)[0], answer["gone"]) == ("ok", [uuid(ROOM_12)])
    again = send(log, OKOYE, new(1, ROOM_12))
    assert (verdict(again, 1)[0], again["gone"]) == ("ok", [uuid(ROOM_12)])


def test_nothing_is_forgotten_that_is_still_visible_otherwise(log: MemoryLog) -> None:
    send(log, PRINCIPAL, new(1, ROOM_12))
    cursor = send(log, PRINCIPAL)["cursor"]
    send(log, PRINCIPAL, edit(2, ROOM_12, {"school": RIVERSIDE}, base=1))
    assert send(log, PRINCIPAL, cursor=cursor)["gone"] == []


def test_a_record_that_came_back_is_not_forgotten(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12))
    cursor = send(log, REYES)["cursor"]
    send(log, OKOYE, edit(2, ROOM_12, {"private": True}, base=1))
    send(log, OKOYE, edit(3, ROOM_12, {"private": False}, base=2))
    answer = send(log, REYES, cursor=cursor)
    assert (answer["gone"], ids(answer)) == ([], [uuid(ROOM_12)])


def test_a_thin_walk_lists_everything_visible_and_nothing_removed(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12), new(2, ROOM_14), new(3, 16, private=True))
    send(log, REYES, edit(4, ROOM_14, {"": None}, base=2))
    assert send(log, REYES, thin=True)["rows"] == [[1, uuid(ROOM_12)]]


def test_a_thin_walk_lists_what_the_same_request_wrote(log: MemoryLog) -> None:
    assert send(log, OKOYE, new(1, ROOM_12), thin=True)["rows"] == [[1, uuid(ROOM_12)]]


def test_a_row_asked_for_by_id_comes_besides_the_page(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12), new(2, ROOM_14))
    answer = send(log, REYES, cursor=f"1.{REYES.view}", want=[uuid(ROOM_12), uuid(ROOM_14)])
    assert sorted(ids(answer)) == [uuid(ROOM_12), uuid(ROOM_14)]


# Starting over


def test_a_lost_history_is_found_out_before_anything_is_applied(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12))
    answer = send(log, OKOYE, edit(2, 99, {"mark": 1}), known="5.77aa00bb11cc")
    assert answer == {"reset": "history", "results": {}, "at": f"1.{TAG}"}
    assert uuid(2) not in log.changes


@pytest.mark.parametrize("known", ["1.77aa00bb11cc", "2.9f2c61a0b3d4", "0.9f2c61a0b3d4"])
def test_a_commit_of_another_name_is_another_history(log: MemoryLog, known: str) -> None:
    send(log, OKOYE, new(1, ROOM_12))
    assert send(log, OKOYE, known=known)["reset"] == "history"


def test_an_older_commit_of_this_history_is_known(log: MemoryLog) -> None:
    at = send(log, OKOYE, new(1, ROOM_12))["at"]
    send(log, OKOYE, new(2, ROOM_14), tag="77aa00bb11cc")
    assert "reset" not in send(log, OKOYE, known=at)


def test_a_history_that_was_heard_empty_goes_on(log: MemoryLog) -> None:
    at = send(log, OKOYE)["at"]
    send(log, REYES, new(1, ROOM_12))
    assert ids(send(log, OKOYE, known=at)) == [uuid(ROOM_12)]


def test_a_cursor_beyond_the_head_is_a_lost_history(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12))
    assert send(log, OKOYE, cursor=f"7.{OKOYE.view}")["reset"] == "history"


def test_another_view_starts_over_after_the_changes_were_taken(log: MemoryLog) -> None:
    cursor = send(log, OKOYE)["cursor"]
    promoted = author("Ms. Okoye", (OAK_HILL, RIVERSIDE))
    answer = send(log, promoted, new(1, ROOM_12), cursor=cursor)
    assert (answer["reset"], verdict(answer, 1), answer["at"]) == ("view", ("ok", 1), f"1.{TAG}")
    assert "rows" not in answer


def test_a_cursor_below_the_floor_starts_over_but_a_thin_walk_goes_on(log: MemoryLog) -> None:
    send(log, OKOYE, *[new(n, 100 + n) for n in range(1, 8)])
    log.floor = 5
    assert send(log, OKOYE, cursor=f"3.{OKOYE.view}")["reset"] == "floor"
    assert len(send(log, OKOYE, cursor=f"3.{OKOYE.view}", thin=True)["rows"]) == 4


# The envelope


@pytest.mark.parametrize(
    "request_",
    [
        None, [], {"colour": 1}, {"known": "x"}, {"cursor": 5}, {"cursor": "5"}, {"limit": 0},
        {"limit": 501}, {"limit": True}, {"thin": 1}, {"want": ["x"]}, {"want": {}},
        {"changes": {}}, {"changes": [{}]}, {"changes": [new(n, n) for n in range(257)]},
    ],
)  # fmt: skip
def test_an_envelope_that_cannot_be_read_changes_nothing(log: MemoryLog, request_: Any) -> None:
    with pytest.raises(BadEnvelope):
        exchange(log, RULES, OKOYE, request_, NOW, TAG)
    assert log.head().seq == 0


# The service's own writes


def test_the_service_appends_under_the_same_rules(log: MemoryLog) -> None:
    good = Change(uuid(1), "card", uuid(ROOM_12), NOW, new={"school": OAK_HILL})
    bad = Change(uuid(2), "desk", uuid(ROOM_14), NOW, new={})
    verdicts = append(log, RULES, SYSTEM, [good, bad], NOW, TAG)
    assert (verdicts[uuid(1)].accepted, verdicts[uuid(2)].verdict) == (True, "refused")
    assert ids(send(log, OKOYE)) == [uuid(ROOM_12)]


def test_one_batch_is_one_commit(log: MemoryLog) -> None:
    send(log, OKOYE, new(1, ROOM_12), new(2, ROOM_14))
    assert [(c.seq, c.account) for c in log.commits.values()] == [(2, "account of Ms. Okoye")]
