"""Who is told what: the whole table, as records come to stand."""

from typing import Any

import pytest

from tests.walkapp.observing import (
    NOON,
    NOVAK,
    OAK_HILL,
    OKOYE,
    RUIZ,
    agreement,
    claim,
    claim_question,
    coaching_step,
    observation,
    reply,
    review,
    thank_you,
    visit,
    walk,
)
from walkapp.notices.news import DELETION, KINDS, WATCHED, News, news_of
from walkapp.records import KINDS as RECORDS

Body = dict[str, Any]

DRAFT, GIVEN = observation(), observation(state="submitted")
RELEASED = observation(state="released", released={"at": NOON, "by": RUIZ})
SENT_BACK = observation(
    returned={"reason": "Which team?", "at": NOON, "by": RUIZ, "verb": "return"}
)
REOPENED = observation(returned={"reason": "A slip", "at": NOON, "by": RUIZ, "verb": "reopen"})
AGAIN = {**SENT_BACK, "state": "submitted"}
TOGETHER = {**GIVEN, "together": True}
REVEALED = {**TOGETHER, "revealed": {"at": NOON}}
BY_TEACHER, BY_COACH = {"at": NOON, "by": NOVAK}, {"at": NOON, "by": OKOYE}
ASKED = agreement()
AGREED = {**ASKED, "agreed": BY_TEACHER}
CLAIM = claim()
ALONG = walk(team={NOVAK: {"at": NOON}})
STEP, STEP_GIVEN = coaching_step(state="draft"), coaching_step(state="given")

DESK, OBSERVER, TEACHER, COACH = "the desk", "the observer", "the teacher", "the coach"
LEAD = "the lead"
WHO = {OBSERVER: OKOYE, TEACHER: NOVAK, COACH: OKOYE, LEAD: OKOYE}

TABLE: list[tuple[str, str, Body | None, Body, dict[str, str]]] = [
    # What happened, kind of record, before, after -> what is told to whom.
    ("a visit begins", "observation", None, DRAFT, {}),
    ("a note is written", "observation", DRAFT, {**DRAFT, "focus": "x"}, {}),
    ("given", "observation", DRAFT, GIVEN, {"given": DESK}),
    ("made and given without a network", "observation", None, GIVEN, {"given": DESK}),
    ("given on two tablets", "observation", GIVEN, GIVEN, {}),
    ("taken back", "observation", GIVEN, DRAFT, {}),
    ("sent back", "observation", GIVEN, SENT_BACK, {"sent-back": OBSERVER}),
    ("given again", "observation", SENT_BACK, AGAIN, {"given": DESK}),
    ("released", "observation", GIVEN, RELEASED, {"released": OBSERVER}),
    ("released again", "observation", RELEASED, RELEASED, {}),
    ("reopened", "observation", RELEASED, REOPENED, {"reopened": OBSERVER}),
    ("given in a team, not revealed", "observation", DRAFT, TOGETHER, {}),
    ("revealed", "observation", TOGETHER, REVEALED, {"given": DESK}),
    ("given last, which reveals", "observation", DRAFT, REVEALED, {"given": DESK}),
    ("commented", "review", None, review(), {"commented": OBSERVER}),
    ("the words of sending back", "review", None, review(verb="return", version=GIVEN), {}),
    ("the words of reopening", "review", None, review(verb="reopen", version=RELEASED), {}),
    ("the observer is thanked", "thank_you", None, thank_you(to="observer"), {"thanked": OBSERVER}),
    ("the room is thanked", "thank_you", None, thank_you(to="room"), {}),
    ("asked", "agreement", None, ASKED, {"asked": TEACHER}),
    ("asked and taken back without a network", "agreement", None, {**ASKED, "over": BY_COACH}, {}),
    ("agreed", "agreement", ASKED, AGREED, {"agreed": COACH}),
    ("a room is named", "agreement", AGREED, {**AGREED, "rooms": {}}, {}),
    ("declined", "agreement", ASKED, {**ASKED, "over": BY_TEACHER}, {"over": COACH}),
    ("withdrawn", "agreement", AGREED, {**AGREED, "over": BY_TEACHER}, {"over": COACH}),
    ("ended by the coach", "agreement", AGREED, {**AGREED, "over": BY_COACH}, {"over": TEACHER}),
    ("over already", "agreement", {**ASKED, "over": BY_COACH}, {**ASKED, "over": BY_COACH}, {}),
    ("a step is begun", "coaching_step", None, STEP, {}),
    ("a step is given", "coaching_step", STEP, STEP_GIVEN, {"step": TEACHER}),
    ("written and given without a network", "coaching_step", None, STEP_GIVEN, {"step": TEACHER}),
    ("a step is closed", "coaching_step", STEP_GIVEN, {**STEP_GIVEN, "closed": {}}, {}),
    ("asked along", "walk", walk(), ALONG, {"asked-along": TEACHER}),
    ("planned with a team", "walk", None, ALONG, {"asked-along": TEACHER}),
    ("taken out", "walk", ALONG, walk(), {}),
    ("everybody has given", "visit", visit(), visit(revealed={"at": NOON}), {"all-gave": LEAD}),
    ("the lead reveals", "visit", visit(), visit(revealed=BY_COACH), {}),
    ("a room is claimed", "claim", None, CLAIM, {}),
    ("there is something to read", "claim", CLAIM, claim(readable_at=1), {"readable": TEACHER}),
    ("withdrawn before", "claim", CLAIM, claim(readable_at=1, over=BY_TEACHER), {}),
    ("whose room it was", "claim_question", None, claim_question(), {"room-asked": COACH}),
    ("a room thanks", "reply", None, reply(says="thanks"), {"replied": OBSERVER}),
    (
        "a correction is asked for", "reply", None, reply(says="correction"),
        {"replied": OBSERVER, "correction": DESK},
    ),
    ("other words", "reply", reply(), reply(text="Another day."), {}),
    ("a school is added", "school", None, {"name": "Oak Hill", "code": "1"}, {}),
]  # fmt: skip


def whom(news: News) -> str:
    if news.desk:
        assert news.desk == OAK_HILL
        return DESK
    return news.person or ""


@pytest.mark.parametrize(
    ("kind", "before", "after", "told"),
    [row[1:] for row in TABLE],
    ids=[f"{row[1]}: {row[0]}" for row in TABLE],
)
def test_this_is_told_to_these_and_to_nobody_else(
    kind: str, before: Body | None, after: Body, told: dict[str, str]
) -> None:
    found = {news.kind: whom(news) for news in news_of(kind, before, after)}
    assert found == {what: WHO.get(who, who) for what, who in told.items()}


def test_every_kind_of_news_stands_in_the_table() -> None:
    # Of what will be deleted the service tells by itself: no record changes by it.
    assert {kind for row in TABLE for kind in row[4]} == set(KINDS) - {DELETION}


def test_what_is_watched_are_records_and_paths_that_there_are() -> None:
    for kind, paths in WATCHED.items():
        assert {path.rstrip("/") for path in paths} <= set(RECORDS[kind].body.fields)


@pytest.mark.parametrize(
    ("kind", "before", "after"), [row[1:4] for row in TABLE if row[2] and row[4]]
)
def test_news_of_a_record_that_was_there_comes_by_a_watched_path(
    kind: str, before: Body, after: Body
) -> None:
    for news in news_of(kind, before, after):
        head, slash, _key = news.path.partition("/")
        assert head + slash in WATCHED[kind]
