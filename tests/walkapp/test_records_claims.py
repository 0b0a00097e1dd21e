"""A teacher claims her room, who was there confirms, a copy is made, a reply stays attached."""

from typing import Any

import pytest

from tests.walkapp.observing import (
    CLAIM,
    NOON,
    NOVAK,
    OAK_HILL,
    OKOYE,
    PINE_RIDGE,
    RUIZ,
    Grant,
    bell,
    claim,
    claim_question,
    edit,
    new,
    observation,
    okoye,
    record,
    released_copy,
    reply,
    ruiz,
    somebody,
    told,
    tran,
)
from walkapp.access import SYSTEM
from walkapp.records.claiming import copies
from walkapp.records.released_copy import copy_of

novak = somebody(NOVAK, Grant("teacher", OAK_HILL))
left = somebody(NOVAK, Grant("teacher", OAK_HILL, ends_at=NOON - 1))
service = SYSTEM("walkapp")
HERS = {"at": NOON, "by": NOVAK}
YES = {"yes": True, "at": NOON, "by": OKOYE}
ANSWER = {"text": "Thank you, I see it now.", "at": NOON, "by": OKOYE}


def test_a_teacher_claims_for_herself_where_she_teaches_and_nobody_claims_for_her() -> None:
    assert told(novak, None, new("claim", claim())) is None
    assert told(ruiz, None, new("claim", claim())) == ("not-yours", "/new/teacher")
    assert told(novak, None, new("claim", claim(school=PINE_RIDGE))) == ("not-yours", "/new/school")
    assert told(left, None, new("claim", claim())) == ("not-yours", "/new/school")


def test_a_claim_names_a_room_or_a_number() -> None:
    assert told(novak, None, new("claim", claim(room=None, number=4))) is None
    assert told(novak, None, new("claim", claim(room=None))) == ("missing-field", "/new/room")


def test_only_she_withdraws_also_when_her_role_has_ended_and_nothing_else_changes() -> None:
    mine = record("claim", claim(), CLAIM)
    assert told(left, mine, edit("claim", over=HERS)) is None
    assert told(novak, mine, edit("claim", over={**HERS, "by": RUIZ})) == ("not-yours", "/set/over")
    assert told(ruiz, mine, edit("claim", over={"at": NOON, "by": RUIZ})) is not None
    assert told(novak, mine, edit("claim", words="Something else")) == ("not-yours", "/set/words")
    assert told(novak, mine, edit("claim", readable_at=NOON)) == ("not-yours", "/set/readable_at")


def test_who_was_asked_answers_in_their_own_name_and_nobody_else_does() -> None:
    asked = record("claim_question", claim_question())
    assert told(okoye, asked, edit("claim_question", answer=YES)) is None
    for other, person in ((bell, "bell"), (ruiz, RUIZ), (novak, NOVAK)):
        said = edit("claim_question", answer={**YES, "by": other.person})
        assert told(other, asked, said) == ("not-yours", "/set/answer/by"), person
    assert told(okoye, asked, edit("claim_question", answer={**YES, "by": RUIZ})) is not None


def test_after_a_withdrawal_an_answer_from_an_old_tablet_brings_nothing_back() -> None:
    asked = record("claim_question", claim_question())
    asked.removed = True
    assert told(okoye, asked, edit("claim_question", answer=YES)) == ("unknown-record", "/id")


@pytest.mark.parametrize("kind", ["claim_question", "released_copy", "reply"])
def test_no_person_makes_what_only_the_service_makes(kind: str) -> None:
    body = {"claim_question": claim_question, "released_copy": released_copy, "reply": reply}[
        kind
    ]()
    for author in (novak, okoye, ruiz, tran):
        assert told(author, None, new(kind, body)) == ("not-yours", "")
    assert told(service, None, new(kind, body)) is None


def test_nobody_changes_a_copy_that_was_made() -> None:
    made = record("released_copy", released_copy())
    for author in (novak, okoye, ruiz):
        assert told(author, made, edit("released_copy", focus="Another one")) is not None
    assert told(service, made, edit("released_copy", focus="Another one")) is not None


def test_the_words_of_the_room_are_hers_until_somebody_has_answered() -> None:
    said = record("reply", reply())
    assert told(service, said, edit("reply", text="It was our second day.")) is None
    for author in (okoye, ruiz, novak):
        assert told(author, said, edit("reply", text="Nothing")) == ("not-yours", "")
    answered = record("reply", reply(answer=ANSWER))
    assert told(service, answered, edit("reply", text="Another")) == ("reply-answered", "")


def test_its_observer_and_the_desk_answer_and_no_other_principal_does() -> None:
    said = record("reply", reply())
    assert told(okoye, said, edit("reply", answer=ANSWER)) is None
    assert told(ruiz, said, edit("reply", answer={**ANSWER, "by": RUIZ})) is None
    assert told(ruiz, said, edit("reply", answer=ANSWER)) == ("not-yours", "/set/answer/by")
    theirs = {**ANSWER, "by": tran.person}
    assert told(tran, said, edit("reply", answer=theirs)) == ("not-yours", "/set/answer")
    assert told(bell, said, edit("reply", answer={**ANSWER, "by": bell.person})) is not None


def test_a_reply_is_never_taken_away() -> None:
    said = record("reply", reply())
    for author in (service, okoye, ruiz):
        assert told(author, said, edit("reply", **{"": None})) is not None


@pytest.mark.parametrize(
    ("says", "text", "is_enough"),
    [("acknowledge", "", True), ("thanks", "", True), ("context", "", False),
     ("correction", " ", False), ("contest", "", False), ("contest", "I saw four teams.", True)],
)  # fmt: skip
def test_to_ask_for_something_takes_words(says: str, text: str, is_enough: bool) -> None:
    found = told(service, None, new("reply", reply(says=says, text=text)))
    assert (found is None) == is_enough


WHOLE = observation(
    state="released", answers={"warm": "for the observer"}, photos={"a" * 64: {"at": NOON}},
    also={"focus~12345678": "for the observer"}, ended_at=NOON,
)  # fmt: skip
COPIED = {
    "claim", "observation", "observer", "school", "visit", "number", "rubric", "date", "focus",
    "gates", "ratings", "evidence", "made_at",
}  # fmt: skip


def test_a_copy_holds_what_staff_may_see_and_the_day_and_nothing_more() -> None:
    made = copy_of(CLAIM, record("observation", WHOLE), {}, NOON)
    assert made is not None and set(made) == COPIED
    assert "for the observer" not in str(made)
    notes = sorted(made["evidence"].values(), key=lambda note: note["order"])
    assert [set(note) for note in notes] == [{"text", "chip", "indicators", "order"}] * 6
    assert told(service, None, new("released_copy", made)) is None


@pytest.mark.parametrize(
    ("reads", "lacks"),
    [("notes-and-levels", set()), ("notes", {"gates", "ratings"}), ("nothing", COPIED)],
)
def test_a_district_says_how_much_a_teacher_reads(reads: str, lacks: set[str]) -> None:
    made: Any = copy_of(CLAIM, record("observation", WHOLE), {"room_reads": reads}, NOON)
    assert COPIED - set(made or ()) == lacks


def test_of_what_is_not_released_or_of_another_visit_no_copy_is_made() -> None:
    asked = record("claim_question", claim_question(answer=YES))
    every = [observation(), observation(state="submitted"), {**WHOLE, "visit": OKOYE}]
    assert not list(copies(asked, [record("observation", one) for one in every], {}, NOON))
    assert len(list(copies(asked, [record("observation", WHOLE)], {}, NOON))) == 1
