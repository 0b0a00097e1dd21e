"""The merge table of the protocol, row by row."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from walkapp.sync.change import Change
from walkapp.sync.merge import Merged, apply_change, beside, difference, merge
from walkapp.sync.record import REMOVAL, TAKEN, Record

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/merge.json").read_text("utf-8"))

EARLY, LATE = 1_000, 2_000
RULES = {"owner": "fixed", "title": "text", "notes": "text", "level": "both"}
HERS, HIS, NEWEST = "aaaaaaaa-1", "bbbbbbbb-2", "cccccccc-3"


def rule(path: str) -> str:
    return RULES.get(path.partition("/")[0], "lww")


def record(body: dict[str, Any], writers: dict[str, tuple[Any, ...]] | None = None) -> Record:
    """A card made at seq 1; `writers` says who wrote which path since."""
    ver = {"": [1, EARLY, "creation"]} | {p: list(w) for p, w in (writers or {}).items()}
    seq = max(writer[0] for writer in ver.values())
    return Record("room-12", "card", seq, "Ms. Okoye", body, ver)


def change(at: int, base: int = 1, seen: tuple[str, ...] = (), **values: Any) -> Change:
    paths = {path.replace("__", "/"): value for path, value in values.items()}
    return Change(NEWEST, "card", "room-12", at, set=paths, base=base, seen=seen)


def meet(before: Record, after: Change) -> Merged:
    return merge(before, after, before.seq + 1, rule)


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_the_vectors_hold(case: dict[str, Any]) -> None:
    body = copy.deepcopy(case["body"])
    assert apply_change(body, Change(**case["change"])) == case["result"]
    assert body == case["body"]


@pytest.mark.parametrize("case", VECTORS["beside"], ids=lambda case: case["path"][:20])
def test_what_gave_way_stands_where_both_sides_look_for_it(case: dict[str, str]) -> None:
    assert beside(case["path"], case["cid"]) == f"also/{case['key']}"


def test_what_was_seen_is_overwritten_whatever_the_clocks_say() -> None:
    before = record({"mark": 1}, {"mark": (5, LATE, HIS)})
    merged = meet(before, change(EARLY, base=5, mark=2))
    assert (merged.body, merged.exact) == ({"mark": 2}, True)


def test_an_own_change_that_was_named_counts_as_seen() -> None:
    before = record({"mark": 1}, {"mark": (5, LATE, HERS)})
    merged = meet(before, change(EARLY, seen=(HERS,), mark=2))
    assert (merged.body, merged.exact) == ({"mark": 2}, True)


def test_different_keys_never_conflict() -> None:
    before = record({"marks": {"TE1": 1}}, {"marks/TE1": (5, LATE, HIS)})
    merged = meet(before, change(EARLY, marks__TE2=2))
    assert (merged.body, merged.exact) == ({"marks": {"TE1": 1, "TE2": 2}}, True)


def test_of_two_unseen_marks_the_later_one_stands_and_the_other_is_recorded() -> None:
    before = record({"mark": 1}, {"mark": (5, EARLY, HIS)})
    merged = meet(before, change(LATE, mark=2))
    assert merged.body == {"mark": 2}
    assert merged.was() == {"overwritten": {"mark": 1}}


def test_an_earlier_unseen_mark_gives_way_and_is_recorded() -> None:
    before = record({"mark": 1}, {"mark": (5, LATE, HIS)})
    merged = meet(before, change(EARLY, mark=2))
    assert (merged.body, merged.exact) == ({"mark": 1}, False)
    assert merged.was() == {"lost": {"mark": 2}}


def test_a_tie_of_clocks_is_broken_by_the_id_of_the_change() -> None:
    before = record({"mark": 1}, {"mark": (5, LATE, HIS)})
    assert meet(before, change(LATE, mark=2)).body == {"mark": 2}


@pytest.mark.parametrize(("at", "stands", "aside"), [(LATE, "hers", HIS), (EARLY, "his", NEWEST)])
def test_of_two_unseen_texts_both_are_kept(at: int, stands: str, aside: str) -> None:
    before = record({"title": "his"}, {"title": (5, 1_500, HIS)})
    merged = meet(before, change(at, title="hers"))
    other = {"hers": "his", "his": "hers"}[stands]
    assert merged.body == {"title": stands, "also": {f"title~{aside[:8]}": other}}
    assert not merged.exact


@pytest.mark.parametrize(("at", "stands", "aside"), [(LATE, 3, HIS), (EARLY, 2, NEWEST)])
def test_of_two_unseen_choices_the_later_stands_and_the_other_waits_beside(
    at: int, stands: int, aside: str
) -> None:
    before = record({"level": 2}, {"level": (5, 1_500, HIS)})
    merged = meet(before, change(at, level=3))
    assert merged.body == {"level": stands, "also": {f"level~{aside[:8]}": 5 - stands}}
    assert not merged.exact


def test_the_author_who_writes_on_takes_the_own_step_from_beside() -> None:
    before = record(
        {"title": "his", "also": {"title~aaaaaaaa": "her fir"}},
        {"title": (5, LATE, HIS), "also/title~aaaaaaaa": (6, EARLY, HERS)},
    )
    merged = meet(before, change(LATE + 1, seen=(HERS,), title="her first"))
    assert merged.body == {"title": "her first", "also": {"title~bbbbbbbb": "his"}}
    assert merged.overwritten["also/title~aaaaaaaa"] == "her fir"
    assert not merged.exact


def test_a_row_that_came_back_is_no_rival_of_what_was_made_on_it() -> None:
    before = record({"title": "older"}, {"title": (5, EARLY, HIS, TAKEN)})
    merged = meet(before, change(LATE, title="newer"))
    assert (merged.body, merged.was()) == ({"title": "newer"}, {"overwritten": {"title": "older"}})


def test_a_word_that_is_older_than_a_row_that_came_back_stays_beside() -> None:
    before = record({"title": "its"}, {"title": (5, LATE, HIS, TAKEN)})
    merged = meet(before, change(EARLY, title="hers"))
    assert merged.body == {"title": "its", "also": {"title~cccccccc": "hers"}}


@pytest.mark.parametrize(("at", "is_gone"), [(LATE, True), (EARLY, False)])
def test_of_a_row_that_came_back_only_the_time_says_whether_a_removal_knew_it(
    at: int, is_gone: bool
) -> None:
    before = record({"notes": {"n1": "x"}}, {"notes/n1": (5, 1_500, HIS, TAKEN)})
    assert (meet(before, change(at, notes__n1=None)).body == {"notes": {}}) == is_gone
    whole = meet(before, Change(NEWEST, "card", "room-12", at, set={"": None}, base=1))
    assert whole.removed == is_gone


def test_a_text_in_a_map_stands_beside_under_a_key_without_a_slash() -> None:
    before = record({"notes": {"n1": {"text": "his"}}}, {"notes/n1": (5, LATE, HIS)})
    merged = meet(before, change(EARLY, notes__n1={"text": "hers"}))
    assert merged.body["also"] == {"notes:n1~cccccccc": {"text": "hers"}}


def test_what_stands_beside_can_be_folded_back_by_who_read_it() -> None:
    before = record({"title": "his", "also": {"title~cccccccc": "hers"}}, {"title": (5, LATE, HIS)})
    merged = meet(before, change(LATE, base=5, title="both", **{"also__title~cccccccc": None}))
    assert (merged.body, merged.exact) == ({"title": "both", "also": {}}, True)


def test_the_place_beside_is_always_a_valid_key() -> None:
    assert len(beside("notes/" + "n" * 80, HERS).partition("/")[2]) == 80


def test_the_same_words_twice_are_no_conflict() -> None:
    before = record({"title": "same"}, {"title": (5, LATE, HIS)})
    merged = meet(before, change(EARLY, title="same"))
    assert (merged.body, merged.exact) == ({"title": "same"}, True)


@pytest.mark.parametrize("base", [1, 5])
def test_a_fixed_value_stands_for_ever(base: int) -> None:
    before = record({"owner": "Ms. Okoye"}, {"mark": (5, LATE, HIS)})
    merged = meet(before, change(LATE, base=base, owner="Mr. Reyes"))
    assert (merged.body, merged.was()) == ({"owner": "Ms. Okoye"}, {"lost": {"owner": "Mr. Reyes"}})


def test_a_fixed_value_can_be_given_once() -> None:
    assert meet(record({}), change(LATE, owner="Ms. Okoye")).body == {"owner": "Ms. Okoye"}


def test_an_edit_wins_over_an_unseen_removal_even_by_an_older_clock() -> None:
    before = record({"notes": {}}, {"notes/n1": (5, LATE, HIS)})
    assert meet(before, change(EARLY, notes__n1="kept")).body == {"notes": {"n1": "kept"}}


def test_a_removal_gives_way_to_an_unseen_edit_even_by_a_newer_clock() -> None:
    before = record({"notes": {"n1": "kept"}}, {"notes/n1": (5, EARLY, HIS)})
    merged = meet(before, change(LATE, notes__n1=None))
    assert (merged.body, merged.was()) == ({"notes": {"n1": "kept"}}, {"lost": {"notes/n1": None}})


def test_a_removal_of_what_was_read_is_done() -> None:
    before = record({"notes": {"n1": "old"}}, {"notes/n1": (5, LATE, HIS)})
    assert meet(before, change(EARLY, base=5, notes__n1=None)).body == {"notes": {}}


def test_a_whole_map_meets_the_unseen_keys_in_it() -> None:
    before = record({"marks": {"TE1": 1}}, {"marks/TE1": (5, LATE, HIS)})
    merged = meet(before, change(EARLY, marks={"TE2": 2}))
    assert (merged.body, merged.was()) == (
        {"marks": {"TE1": 1}},
        {"lost": {"marks": {"TE2": 2}}},
    )


def test_a_whole_map_that_wins_takes_over_its_keys() -> None:
    before = record({"marks": {"TE1": 1}}, {"marks/TE1": (5, EARLY, HIS)})
    merged = meet(before, change(LATE, marks={"TE2": 2}))
    assert merged.body == {"marks": {"TE2": 2}}
    assert merged.ver.keys() == {"", "marks"}


def test_a_key_meets_an_unseen_write_of_its_whole_map() -> None:
    before = record({"marks": {"TE1": 1}}, {"marks": (5, LATE, HIS)})
    assert meet(before, change(EARLY, marks__TE1=2)).was() == {"lost": {"marks/TE1": 2}}


def test_one_change_may_set_a_map_and_then_a_key_in_it() -> None:
    merged = meet(record({}), change(LATE, marks={"TE1": 1}, marks__TE1=2))
    assert (merged.body, merged.exact) == ({"marks": {"TE1": 2}}, True)


def test_a_record_is_removed_by_who_has_read_all_of_it() -> None:
    before = record({"mark": 1}, {"mark": (5, EARLY, HIS)})
    merged = meet(before, Change(NEWEST, "card", "room-12", LATE, set={"": None}, base=5))
    assert (merged.removed, merged.exact, merged.body) == (True, True, {"mark": 1})
    assert merged.ver[REMOVAL] == [6, LATE, NEWEST]


def test_a_record_somebody_wrote_in_meanwhile_is_not_removed() -> None:
    before = record({"mark": 1}, {"mark": (5, EARLY, HIS)})
    merged = meet(before, Change(NEWEST, "card", "room-12", LATE, set={"": None}, base=4))
    assert (merged.removed, merged.was()) == (False, {"lost": {"": None}})


def test_an_edit_revives_a_removed_record() -> None:
    before = record({"mark": 1}, {REMOVAL: (3, EARLY, HIS)})
    before.removed = True
    merged = meet(before, change(LATE, base=5, mark=2))
    assert (merged.removed, merged.body, merged.exact) == (False, {"mark": 2}, False)
    assert REMOVAL not in merged.ver


def test_the_difference_of_two_bodies_makes_the_one_the_other() -> None:
    mine = {"a": 1, "b": {"x": 1}, "m": {"k": 1, "l": [1]}, "n": {"k": 1}}
    theirs = {"a": 1, "b": {"y": 1}, "m": {"l": [2], "o": 0}, "p": None, "q": {"k": 1}}
    paths = difference(mine, theirs, frozenset({"m", "n", "q"}))
    assert paths == {
        "b": {"y": 1}, "m/k": None, "m/l": [2], "m/o": 0, "n/k": None, "q/k": 1,
    }  # fmt: skip
    laid = apply_change(mine, Change("c", "card", "i", 0, set=paths))
    assert laid == {"a": 1, "b": {"y": 1}, "m": {"l": [2], "o": 0}, "n": {}, "q": {"k": 1}}
