"""The rules with the engine: an observation on its way from a tablet to the desk."""

from itertools import count
from typing import Any

import pytest
from walkapp.sync.author import Author
from walkapp.sync.exchange import exchange
from walkapp.sync.log import MemoryLog

from tests.walkapp.observing import (
    BELL,
    NOON,
    OBSERVATION,
    OKOYE,
    REVIEW,
    RUIZ,
    Grant,
    adler,
    bell,
    observation,
    okoye,
    review,
    ruiz,
    rules,
    somebody,
    tran,
)

SENT_BACK = {"reason": "Which team?", "at": NOON, "by": RUIZ, "verb": "return"}

_numbers = count(1)


def cid() -> str:
    return f"c1d00000-0000-4000-8000-{next(_numbers):012}"


class Space:
    """The log of a district; every call is one request of one tablet."""

    def __init__(self) -> None:
        self.log = MemoryLog()
        self.tags = count(1)

    def sync(self, who: Author, *changes: dict[str, Any], cursor: str | None = None) -> Any:
        request = {"changes": list(changes), "cursor": cursor}
        return exchange(self.log, rules(), who, request, NOON, f"tag{next(self.tags)}")

    def push(self, who: Author, change: dict[str, Any]) -> tuple[str, str | None]:
        (result,) = self.sync(who, change)["results"].values()
        return result["verdict"], result.get("problem", {}).get("code")

    def reads(self, who: Author) -> dict[str, dict[str, Any]]:
        return {id: body for _, id, _, body in self.sync(who)["rows"]}

    def seq(self) -> int:
        return self.log.head().seq


def new(kind: str, id: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"cid": cid(), "kind": kind, "id": id, "at": NOON, "new": body}


def edit(space: Space, id: str = OBSERVATION, **values: Any) -> dict[str, Any]:
    paths = {name.replace("__", "/"): value for name, value in values.items()}
    seen = {"base": space.seq(), "seen": []}
    return {"cid": cid(), "kind": "observation", "id": id, "at": NOON, "set": paths, **seen}


@pytest.fixture
def space() -> Space:
    district = Space()
    assert district.push(okoye, new("observation", OBSERVATION, observation())) == ("ok", None)
    return district


def test_a_draft_is_on_nobody_elses_tablet(space: Space) -> None:
    assert OBSERVATION in space.reads(okoye)
    assert not any(OBSERVATION in space.reads(who) for who in (bell, ruiz, tran, adler))


def test_once_given_it_is_on_the_desk_of_its_school_and_no_other(space: Space) -> None:
    space.push(okoye, edit(space, state="submitted"))
    assert OBSERVATION in space.reads(ruiz)
    assert not any(OBSERVATION in space.reads(who) for who in (bell, tran, adler))


def test_sent_back_it_leaves_the_desk_and_what_was_given_stays_readable(space: Space) -> None:
    space.push(okoye, edit(space, state="submitted"))
    answer = space.sync(ruiz)
    given = next(body for _, id, _, body in answer["rows"] if id == OBSERVATION)
    back = edit(space, state="draft", returned=SENT_BACK)
    said = review(verb="return", text="Which team?", version=given)
    assert space.push(ruiz, back) == ("ok", None)
    assert space.push(ruiz, new("review", REVIEW, said) | {"after": back["cid"]}) == ("ok", None)
    assert OBSERVATION in space.sync(ruiz, cursor=answer["cursor"])["gone"]
    assert space.reads(ruiz)[REVIEW]["version"] == given
    assert space.reads(okoye)[REVIEW]["text"] == "Which team?"


NOT_SO = {
    "a rating": {"ratings": {**observation()["ratings"], "TE1": {"value": 4}}},
    "a note less": {"evidence": {}},
    "other words": {"focus": "Nothing to see"},
    "another day": {"date": "2026-11-20"},
}


@pytest.mark.parametrize("changed", NOT_SO.values(), ids=NOT_SO)
def test_nobody_keeps_another_version_than_the_one_that_was_given(
    space: Space, changed: dict[str, Any]
) -> None:
    space.push(okoye, edit(space, state="submitted"))
    given = space.reads(ruiz)[OBSERVATION]
    back = edit(space, state="draft", returned=SENT_BACK)
    said = new("review", REVIEW, review(verb="return", version=given | changed))
    results = space.sync(ruiz, back, said | {"after": back["cid"]})["results"]
    assert [results[one["cid"]]["verdict"] for one in (back, said)] == ["ok", "refused"]
    assert REVIEW not in space.reads(okoye)


def test_words_on_sending_back_stand_only_with_the_return_itself(space: Space) -> None:
    space.push(okoye, edit(space, state="submitted"))
    said = review(verb="return", version=space.reads(ruiz)[OBSERVATION])
    assert space.push(ruiz, new("review", REVIEW, said)) == ("refused", "missing-field")
    release = edit(space, state="released")
    space.push(ruiz, release)
    after = {"after": release["cid"]}
    assert space.push(ruiz, new("review", REVIEW, said) | after) == ("refused", "wrong-type")


def test_words_on_sending_back_may_come_after_the_observer_wrote_on(space: Space) -> None:
    space.push(okoye, edit(space, state="submitted"))
    given = space.reads(ruiz)[OBSERVATION]
    back = edit(space, state="draft", returned=SENT_BACK)
    space.push(ruiz, back)
    space.push(okoye, edit(space, focus="Team 3"))
    said = new("review", REVIEW, review(verb="return", version=given))
    assert space.push(ruiz, said | {"after": back["cid"]}) == ("ok", None)


def test_given_on_both_tablets_of_one_observer_it_is_given_once_and_says_when(
    space: Space,
) -> None:
    # Neither had heard of the other.
    both = [edit(space, state="submitted", given_at=NOON + minute) for minute in (1, 2)]
    for one in both:
        assert space.push(okoye, one)[1] is None
    given = space.reads(ruiz)[OBSERVATION]
    assert (given["state"], given["given_at"]) == ("submitted", NOON + 2)


def test_reopened_it_is_kept_as_it_was_released_with_when_and_by_whom(space: Space) -> None:
    released = {"at": NOON + 9, "by": RUIZ}
    space.push(okoye, edit(space, state="submitted", given_at=NOON))
    assert space.push(ruiz, edit(space, state="released", released=released)) == ("ok", None)
    was = space.reads(ruiz)[OBSERVATION]
    back = edit(space, state="draft", returned={**SENT_BACK, "verb": "reopen"})
    said = new("review", REVIEW, review(verb="reopen", version=was)) | {"after": back["cid"]}
    assert [space.push(ruiz, one) for one in (back, said)] == [("ok", None), ("ok", None)]
    kept = space.reads(okoye)[REVIEW]["version"]
    assert (kept["given_at"], kept["released"]) == (NOON, released)


def test_what_is_on_the_desk_is_not_rewritten_by_a_taking_back_that_came_too_late(
    space: Space,
) -> None:
    # Another tablet of hers gave it; this one had not heard, and its clock is behind.
    late = edit(space, state="draft", ratings__TE1={"value": 4}) | {"at": NOON - 60_000}
    space.push(okoye, edit(space, state="submitted"))
    given = space.reads(ruiz)[OBSERVATION]
    assert space.push(okoye, late) == ("refused", "observation-given")
    assert space.reads(ruiz)[OBSERVATION] == given


def test_a_map_holds_no_more_in_many_steps_than_in_one(space: Space) -> None:
    def notes(many: int) -> dict[str, Any]:
        note = {"text": "Team 3", "at": NOON, "chip": "saw", "indicators": []}
        return {f"evidence__{cid().replace('c1d', 'ee1')}": note for _ in range(many)}

    assert space.push(okoye, edit(space, **notes(494))) == ("ok", None)
    assert space.push(okoye, edit(space, **notes(1))) == ("refused", "too-long")
    full = space.reads(okoye)[OBSERVATION]["evidence"]
    known = next(iter(full))
    corrected = {f"evidence__{known}": full[known] | {"text": "Team 4"}}
    assert space.push(okoye, edit(space, **corrected)) == ("ok", None)


@pytest.mark.parametrize(
    ("beside", "code"),
    [
        ({"focus~0a0b0c0d": {"not": ["a", "text"]}}, "wrong-type"),
        ({"state~0a0b0c0d": "released"}, "not-yours"),
        ({"ratings:TE1~0a0b0c0d": {"value": 9}}, "no-such-level"),
    ],
)
def test_nobody_brings_beside_what_could_not_stand_there(beside: dict[str, Any], code: str) -> None:
    forged = new("observation", OBSERVATION, observation(also=beside))
    assert Space().push(okoye, forged) == ("refused", code)


def test_what_came_back_keeps_its_ratings_and_takes_new_words(space: Space) -> None:
    space.push(okoye, edit(space, state="submitted"))
    space.push(ruiz, edit(space, state="draft", returned=SENT_BACK))
    rated = edit(space, ratings__TE1={"value": 4})
    assert space.push(okoye, rated) == ("refused", "ratings-frozen")
    assert space.push(okoye, edit(space, focus="Team 3")) == ("ok", None)
    assert space.push(okoye, edit(space, state="submitted")) == ("ok", None)
    assert space.push(ruiz, edit(space, state="released")) == ("ok", None)
    assert space.push(okoye, edit(space, focus="x")) == ("refused", "observation-released")


@pytest.mark.parametrize("who", [bell, ruiz, tran, adler, somebody(BELL)])
def test_a_hidden_record_answers_like_one_that_is_not_there(space: Space, who: Author) -> None:
    hidden = edit(space, state="released")
    missing = edit(space, id="ffffffff-0000-4000-8000-000000000000", state="released")
    answers = space.sync(who, hidden, missing)["results"]
    told = [{**answers[c["cid"]], "hash": ""} for c in (hidden, missing)]
    assert told[0] == told[1] and told[0]["problem"]["code"] == "unknown-record"


def test_work_of_a_coach_whose_grant_is_over_is_held_and_not_shown(space: Space) -> None:
    over = somebody(OKOYE, Grant("coach", ends_at=NOON))
    assert space.push(over, edit(space, focus="Late words")) == ("held", "not-yours")
    assert space.reads(over)[OBSERVATION]["focus"] != "Late words"


def test_two_tablets_of_one_observer_lose_no_words(space: Space) -> None:
    base = space.seq()
    one, other = (
        {**edit(space, focus=words), "base": base} for words in ("Who talks?", "Who decides?")
    )
    assert space.push(okoye, one) == ("ok", None)
    assert space.push(okoye, other) == ("merged", None)
    body = space.reads(okoye)[OBSERVATION]
    assert {body["focus"], *body["also"].values()} == {"Who talks?", "Who decides?"}
    (kept,) = body["also"]
    assert space.push(okoye, edit(space, **{f"also__{kept}": None})) == ("ok", None)


def test_one_bad_answer_stops_no_other(space: Space) -> None:
    good, bad = edit(space, ratings__TE1={"value": 2}), edit(space, ratings__TE2={"value": 9})
    results = space.sync(okoye, bad, good)["results"]
    assert results[bad["cid"]]["problem"]["code"] == "no-such-level"
    assert results[good["cid"]]["verdict"] == "ok"


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [
        ("ratings/TE1", {"value": 1}, {"value": 4}),
        ("context/students_present", 23, 25),
    ],
)
def test_two_answers_that_crossed_wait_side_by_side_for_a_choice(
    space: Space, path: str, one: Any, other: Any
) -> None:
    first, second = (edit(space, **{path: value}) for value in (one, other))
    assert space.push(okoye, first) == ("ok", None)
    assert space.push(okoye, second) == ("merged", None)
    body = space.reads(okoye)[OBSERVATION]
    head, _, key = path.partition("/")
    (place,) = body["also"]
    assert {place.partition("~")[0]} == {path.replace("/", ":")}
    values = [body[head][key], body["also"][place]]
    assert one in values and other in values
    assert space.push(okoye, edit(space, **{path: one, f"also/{place}": None})) == ("ok", None)
    chosen = space.reads(okoye)[OBSERVATION]
    assert (chosen[head][key], chosen["also"]) == (one, {})
