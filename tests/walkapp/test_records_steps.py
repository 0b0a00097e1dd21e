"""The way of an observation between the observer and the desk: each step is one person's."""

from typing import Any

import pytest

from tests.walkapp.observing import (
    LATEST_SEQ,
    NOON,
    OAK_HILL,
    OKOYE,
    RUIZ,
    Grant,
    adler,
    after,
    bell,
    edit,
    judged,
    new,
    observation,
    okoye,
    record,
    review,
    ruiz,
    somebody,
    thank_you,
    told,
    tran,
    visit,
    visit_room,
    walk,
)
from walkapp.access import SYSTEM

SENT_BACK = {"reason": "Which team?", "at": NOON, "by": RUIZ, "verb": "return"}
REOPENED = {**SENT_BACK, "verb": "reopen"}
RELEASED = {"at": NOON, "by": RUIZ}
WORDS = {"evidence/ee000000-0000-4000-8000-000000000001": None}


def at(state: str, **changes: Any):
    return record("observation", observation(state=state, **changes))


STEPS = [
    # state, who, change, answer
    ("draft", okoye, {"state": "submitted"}, None),
    ("draft", okoye, {"state": "draft"}, None),
    ("draft", okoye, {"state": "released"}, ("not-yours", "/set/state")),
    ("draft", okoye, {"ratings/TE1": {"value": 4}}, None),
    ("draft", okoye, {"ratings/TE1": {"value": 4}, "state": "submitted"}, None),
    ("draft", okoye, {"returned": SENT_BACK}, ("not-yours", "/set/returned")),
    ("submitted", okoye, {"state": "draft"}, None),
    ("submitted", okoye, {"state": "submitted"}, None),
    ("submitted", okoye, {"state": "released"}, ("not-yours", "/set/state")),
    ("submitted", okoye, {"focus": "x"}, ("observation-given", "/set/focus")),
    ("submitted", okoye, {"ratings/TE1": {"value": 4}}, ("observation-given", "/set/ratings~1TE1")),
    ("submitted", okoye, {"state": "draft", "focus": "x"}, None),
    ("submitted", okoye, {"returned": SENT_BACK, "state": "draft"}, ("not-yours", "/set/returned")),
    ("released", okoye, {"state": "draft"}, ("observation-released", "/set/state")),
    ("released", okoye, {"state": "submitted"}, ("observation-released", "/set/state")),
    ("released", okoye, {"focus": "x"}, ("observation-released", "/set/focus")),
    ("submitted", ruiz, {"state": "released"}, None),
    ("released", ruiz, {"state": "released"}, None),
    ("submitted", ruiz, {"state": "draft", "returned": SENT_BACK}, None),
    ("released", ruiz, {"state": "draft", "returned": REOPENED}, None),
    ("submitted", ruiz, {"state": "draft"}, ("reason-missing", "/set/returned")),
    ("released", ruiz, {"state": "draft"}, ("reason-missing", "/set/returned")),
    ("submitted", ruiz, {"state": "draft", "returned": None}, ("reason-missing", "/set/returned")),
    (
        "submitted",
        ruiz,
        {"state": "draft", "returned": {**SENT_BACK, "reason": " "}},
        ("reason-missing", "/set/returned/reason"),
    ),
    (
        "submitted",
        ruiz,
        {"state": "draft", "returned": {**SENT_BACK, "by": OKOYE}},
        ("not-yours", "/set/returned/by"),
    ),
    (
        "submitted",
        ruiz,
        {"state": "draft", "returned": REOPENED},
        ("wrong-state", "/set/returned/verb"),
    ),
    (
        "released",
        ruiz,
        {"state": "draft", "returned": SENT_BACK},
        ("wrong-state", "/set/returned/verb"),
    ),
    ("submitted", ruiz, {"returned": SENT_BACK}, ("wrong-state", "/set/state")),
    (
        "submitted",
        ruiz,
        {"returned": SENT_BACK, "state": "released"},
        ("wrong-state", "/set/state"),
    ),
    ("draft", ruiz, {"state": "released"}, ("wrong-state", "/set/state")),
    ("draft", ruiz, {"state": "submitted"}, ("wrong-state", "/set/state")),
    ("submitted", ruiz, {"ratings/TE1": {"value": 4}}, ("not-yours", "/set/ratings~1TE1")),
    (
        "submitted",
        ruiz,
        {"state": "released", "focus": "x"},
        ("not-yours", "/set/focus"),
    ),
    ("draft", okoye, {"state": "submitted", "given_at": NOON}, None),
    ("draft", okoye, {"given_at": NOON}, ("wrong-state", "/set/given_at")),
    # Given on both tablets of one observer: the second one says when, too.
    ("submitted", okoye, {"state": "submitted", "given_at": NOON}, None),
    ("submitted", okoye, {"given_at": NOON}, ("wrong-state", "/set/given_at")),
    ("submitted", okoye, {"state": "draft", "given_at": 1}, ("wrong-state", "/set/given_at")),
    (
        "released",
        okoye,
        {"state": "submitted", "given_at": 1},
        ("observation-released", "/set/state"),
    ),
    ("submitted", okoye, {"released": RELEASED}, ("not-yours", "/set/released")),
    ("submitted", ruiz, {"state": "released", "released": RELEASED}, None),
    ("submitted", ruiz, {"released": RELEASED}, ("wrong-state", "/set/released")),
    ("submitted", ruiz, {"given_at": NOON}, ("not-yours", "/set/given_at")),
    (
        "submitted",
        ruiz,
        {"state": "released", "released": {**RELEASED, "by": OKOYE}},
        ("not-yours", "/set/released/by"),
    ),
    (
        "submitted",
        ruiz,
        {"state": "released", "released": None},
        ("missing-field", "/set/released"),
    ),
    (
        "submitted",
        ruiz,
        {"state": "draft", "returned": SENT_BACK, "released": RELEASED},
        ("wrong-state", "/set/released"),
    ),
    ("submitted", ruiz, WORDS, ("not-yours", "/set/" + next(iter(WORDS)).replace("/", "~1"))),
    ("submitted", tran, {"state": "released"}, ("not-yours", "")),
    ("submitted", bell, {"state": "draft"}, ("not-yours", "")),
    ("submitted", adler, {"state": "released"}, ("not-yours", "")),
    ("submitted", SYSTEM("x"), {"state": "released"}, ("not-yours", "")),
]


@pytest.mark.parametrize(("state", "author", "values", "answer"), STEPS)
def test_each_step_is_one_persons(state: str, author: Any, values: Any, answer: Any) -> None:
    assert told(author, at(state), edit(**values)) == answer


@pytest.mark.parametrize("path", ["ratings/TE1", "gates/team_time_seen", "counts/teams_seen"])
@pytest.mark.parametrize("value", [None, "other"])
def test_what_was_rated_stays_once_it_came_back(path: str, value: Any) -> None:
    values = {"ratings/TE1": {"value": 4}, "gates/team_time_seen": {"value": "no"}}
    value = value and values.get(path, 3)
    came_back = at("draft", returned=SENT_BACK)
    refused = ("ratings-frozen", "/set/" + path.replace("/", "~1"))
    assert told(okoye, came_back, edit(focus="Now clearer", **{path: value})) == refused


@pytest.mark.parametrize("path", ["focus", "context/subject", "answers/x", *WORDS])
def test_words_and_context_stay_open_once_it_came_back(path: str) -> None:
    came_back = at("draft", returned=SENT_BACK)
    value = {"focus": "x", "context/subject": "Science"}.get(path)
    found = told(okoye, came_back, edit(**{path: value}))
    assert found is None or found[0] == "no-such-field"


def test_taking_it_back_oneself_leaves_the_ratings_open() -> None:
    mine_again = after(at("submitted"), edit(state="draft"))
    assert told(okoye, mine_again, edit(ratings__TE1={"value": 4})) is None


def test_it_can_be_given_again_and_sent_back_again() -> None:
    given_again = after(at("draft", returned=SENT_BACK), edit(state="submitted"))
    assert told(ruiz, given_again, edit(state="draft", returned=SENT_BACK)) is None


def test_nobody_decides_about_a_version_they_have_not_read() -> None:
    given = at("submitted")
    stale = edit(base=LATEST_SEQ - 1, state="released")
    assert told(ruiz, given, stale) == ("wrong-state", "/set/state")
    given.ver["focus"] = [LATEST_SEQ, NOON, "other"]
    given.ver[""] = [1, NOON, "first"]
    assert told(ruiz, given, stale) is None


def test_an_observer_cannot_give_it_again_without_having_read_why_it_came_back() -> None:
    came_back = at("draft", returned=SENT_BACK)
    came_back.ver["returned"] = [LATEST_SEQ, NOON, "her decision"]
    assert told(okoye, came_back, edit(base=1, state="submitted")) == ("wrong-state", "/set/state")
    assert told(okoye, came_back, edit(base=1, focus="x")) is None
    assert told(okoye, came_back, edit(state="submitted")) is None


def test_a_principal_who_observed_herself_does_both_parts() -> None:
    own = at("submitted", observer=RUIZ)
    assert told(ruiz, own, edit(state="draft")) is None
    assert told(ruiz, own, edit(state="released")) is None
    assert told(ruiz, at("draft", observer=RUIZ), edit(focus="x", state="submitted")) is None
    assert told(ruiz, own, edit(focus="x")) == ("observation-given", "/set/focus")


def test_nothing_begins_released_or_sent_back() -> None:
    assert told(okoye, None, new("observation", observation(state="released"))) == (
        "wrong-state",
        "/new/state",
    )
    assert told(okoye, None, new("observation", observation(returned=SENT_BACK))) == (
        "wrong-state",
        "/new/returned",
    )


@pytest.mark.parametrize(
    ("before", "answer"),
    [
        (at("draft"), None),
        (at("submitted"), ("observation-given", "")),
        (at("released"), ("observation-released", "")),
        (at("draft", returned=SENT_BACK), ("ratings-frozen", "")),
    ],
)
def test_only_a_draft_nobody_was_given_can_be_thrown_away(before: Any, answer: Any) -> None:
    removal = edit(**{"": None})
    assert told(okoye, before, removal) == answer
    assert told(ruiz, before, removal) in (("not-yours", "/set/"), ("wrong-state", "/set/state"))
    assert told(bell, before, removal) == ("not-yours", "")


def test_work_of_a_right_that_is_over_is_kept_for_the_lead() -> None:
    over = somebody(OKOYE, Grant("coach", OAK_HILL, ends_at=NOON))
    begun = judged(over, None, new("observation", observation()))
    later = judged(over, at("draft"), edit(focus="x"))
    assert begun and later and (begun.held, later.held) == (True, True)


def test_work_where_there_never_was_a_right_is_refused() -> None:
    never = judged(somebody(OKOYE), None, new("observation", observation()))
    assert never and not never.held


@pytest.mark.parametrize(
    ("kind", "body", "owner"),
    [("walk", walk(), "lead"), ("visit", visit(), "by"), ("visit_room", visit_room(), "by")],
)
def test_plans_are_their_owners(kind: str, body: dict[str, Any], owner: str) -> None:
    assert told(okoye, None, new(kind, body)) is None
    assert told(bell, None, new(kind, body)) == ("not-yours", f"/new/{owner}")
    held = record(kind, body)
    assert told(bell, held, edit(kind, **{owner: OKOYE})) == ("not-yours", "")
    assert told(okoye, held, edit(kind, **{owner: RUIZ})) == ("not-yours", f"/set/{owner}")
    assert told(okoye, held, edit(kind, **{"": None})) is None


def test_a_planned_walk_never_loses_its_focus() -> None:
    refused = ("walk-needs-focus", "/set/focus")
    assert told(okoye, record("walk", walk()), edit("walk", focus=None)) == refused
    assert told(okoye, record("walk", walk()), edit("walk", focus="  ")) == refused
    quick = record("walk", walk(kind="drop-in"))
    assert told(okoye, quick, edit("walk", focus=None)) is None


def test_the_room_of_a_visit_can_be_set_right() -> None:
    held = record("visit_room", visit_room())
    assert told(okoye, held, edit("visit_room", room=RUIZ)) is None


@pytest.mark.parametrize("author", [okoye, bell, ruiz, adler])
def test_schools_rooms_and_people_are_written_by_the_service_alone(author: Any) -> None:
    school = {"name": "Oak Hill", "code": "0031"}
    assert told(author, None, new("school", school)) == ("not-yours", "")
    assert told(author, record("school", school), edit("school", name="x")) == ("not-yours", "")
    assert told(SYSTEM("x"), None, new("school", school)) is None
    assert told(SYSTEM("x"), record("school", school), edit("school", name="x")) is None


def test_the_desk_of_the_school_comments_in_its_own_name() -> None:
    assert told(ruiz, None, new("review", review())) is None
    assert told(tran, None, new("review", review())) == ("not-yours", "/new/by")
    assert told(okoye, None, new("review", review(by=OKOYE))) == ("not-yours", "/new/school")


def test_what_was_said_at_the_desk_is_never_changed() -> None:
    held = record("review", review())
    assert told(ruiz, held, edit("review", text="x")) == ("not-yours", "/set/text")
    assert told(ruiz, held, edit("review", **{"": None})) == ("not-yours", "")


def test_the_desk_and_the_observer_give_thanks_each_in_their_own_name() -> None:
    assert told(ruiz, None, new("thank_you", thank_you())) is None
    assert told(ruiz, None, new("thank_you", thank_you(to="observer"))) is None
    assert told(okoye, None, new("thank_you", thank_you(by=OKOYE))) is None
    assert told(okoye, None, new("thank_you", thank_you())) == ("not-yours", "/new/by")
    stranger = thank_you(by="00000000-0000-4000-8000-00000000000d")
    assert told(tran, None, new("thank_you", stranger)) == ("not-yours", "/new/school")


def test_nobody_thanks_themselves_and_thanks_stay_as_they_were_said() -> None:
    own = thank_you(by=OKOYE, to="observer")
    assert told(okoye, None, new("thank_you", own)) == ("wrong-type", "/new/to")
    held = record("thank_you", thank_you())
    assert told(ruiz, held, edit("thank_you", noticed="x")) == ("not-yours", "/set/noticed")
    assert told(ruiz, held, edit("thank_you", **{"": None})) == ("not-yours", "")


@pytest.mark.parametrize("author", [okoye, bell, ruiz, adler])
def test_the_policy_of_a_district_is_written_by_the_service_alone(author: Any) -> None:
    policy = {"feedback_due": "same-day"}
    assert told(author, None, new("policy", policy)) == ("not-yours", "")
    assert told(SYSTEM("x"), None, new("policy", policy)) is None
