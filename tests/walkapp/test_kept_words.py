"""What was kept is read by the lead in the words its author saw, not in names of fields."""

from typing import Any

from walkapp.kept_words import lines_of
from walkapp.rubric import Rubric
from walkapp.rubric_files import load_library

SHA = "ab" * 32
POSTER = "A poster that compares two sources"


def rubric() -> Rubric:
    return next(
        one for one in load_library().values() if one.title == "Deeper Learning Classroom Walk"
    )


def edit(**paths: Any) -> list[tuple[str, str]]:
    change = {"set": {path.replace("__", "/"): value for path, value in paths.items()}}
    return lines_of(change, rubric().content)


def test_a_photo_is_named_by_what_it_shows() -> None:
    assert lines_of({"set": {f"photos/{SHA}": {"at": 1, "alt": POSTER}}}) == [("Photo", POSTER)]
    assert lines_of({"set": {f"photos/{SHA}": {"at": 1}}}) == [("Photo", "a photo without words")]
    assert lines_of({"set": {f"photos/{SHA}": None}}) == [("Photo", "taken away")]


def test_a_rating_is_named_by_its_indicator_and_its_level() -> None:
    titles = {
        one["id"]: one["title"]
        for domain in rubric().content["domains"]
        for one in domain["indicators"]
    }
    labels = {one["value"]: one["label"] for one in rubric().content["scale"]["values"]}
    assert edit(ratings__TE1={"value": 3}) == [(titles["TE1"], labels[3])]
    assert edit(ratings__TE1=None) == [(titles["TE1"], "not rated any more")]
    [(what, said)] = edit(ratings__TE3={"aligned": "yes", "demand": "no"})
    assert what == titles["TE3"] and "Yes." in said and "No." in said
    assert lines_of({"set": {"ratings/TE1": {"value": 3}}}) == [("TE1", "3")]


def test_a_note_says_how_it_was_learnt_and_an_answer_what_was_asked() -> None:
    assert edit(evidence__x={"text": "Why?", "chip": "heard"}) == [("Heard", "Why?")]
    gate = rubric().content["gates"][0]
    assert edit(**{f"gates__{gate['id']}": {"value": "yes"}}) == [(gate["question"], "Yes")]


def test_a_step_is_told_and_that_something_only_begins_is_not() -> None:
    assert edit(state="draft") == [("Step", "taken back to go on writing")]
    assert lines_of({"new": {"state": "draft", "school": "x", "started_at": 1}}) == []
    assert edit(ended_at=5, last="TE1") == []


def test_a_removal_says_that_all_was_to_go() -> None:
    assert lines_of({"set": {"": None}}) == [("Removal", "The whole record was to be removed.")]
