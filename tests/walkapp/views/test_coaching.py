"""The coaching zone through the door: two people, one agreement, and nobody else."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from . import tablet
from .district import LAKEVIEW, World
from .tablet import edit, new, send

AsRole = Callable[[str], FlaskClient]
KINDS = ("agreement", "coaching_step")
SAID = "Four students explained their drawing to a partner"
HELD_BACK = "Which of the four had not spoken before?"


@pytest.fixture
def coach(as_role: AsRole) -> FlaskClient:
    return as_role("coach")


@pytest.fixture
def teacher(as_role: AsRole) -> FlaskClient:
    return as_role("teacher")


@pytest.fixture
def asked(coach: FlaskClient, world: World) -> dict[str, Any]:
    """The coach asked the teacher."""
    home = world.lakeview
    change = new("agreement", {
        "purpose": "coaching", "coach": home.people["coach"], "teacher": home.people["teacher"],
        "school": home.schools["oak"], "asked_at": tablet.AT,
    })  # fmt: skip
    assert verdict(send(coach, home.space, change), change) == "ok"
    return change


@pytest.fixture
def agreed(teacher: FlaskClient, world: World, asked: dict[str, Any]) -> dict[str, Any]:
    home = world.lakeview
    change = of_teacher(world, asked, "agreed", **{f"rooms/{home.rooms['oak']}": True})
    assert verdict(send(teacher, home.space, change), change) == "merged"
    return asked


@pytest.fixture
def step(coach: FlaskClient, world: World, agreed: dict[str, Any]) -> dict[str, Any]:
    """A step the teacher has."""
    change = a_step(world, agreed, state="given")
    assert verdict(send(coach, world.lakeview.space, change), change) == "ok"
    return change


def of_teacher(world: World, asked: dict[str, Any], fact: str, **more: Any) -> dict[str, Any]:
    said = {"at": tablet.AT, "by": world.lakeview.people["teacher"]}
    return {**edit(asked, {fact: said, **more}), "seen": []}


def a_step(world: World, agreed: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {name: agreed["new"][name] for name in ("teacher", "school")}
    return new("coaching_step", {
        **body, "agreement": agreed["id"], "by": world.lakeview.people["coach"], "state": "draft",
        "seen": "2026-11-22", "giver": "coach", "strength": SAID, "question": "Who asked?",
        "step": "Wait for a second student.", **more,
    })  # fmt: skip


def verdict(answer: dict[str, Any], change: dict[str, Any]) -> str:
    return str(answer["results"][change["cid"]]["verdict"])


def seen_by(client: FlaskClient, world: World) -> list[str]:
    rows = send(client, world.lakeview.space, limit=500)["rows"]
    return [kind for _, _, kind, *_ in rows if kind in KINDS]


def everybody_else(as_role: AsRole) -> dict[str, FlaskClient]:
    return {who: as_role(who) for who in LAKEVIEW if who not in ("coach", "teacher")}


def test_a_coach_finds_the_teachers_to_ask_and_no_room_beside_them(
    coach: FlaskClient, world: World
) -> None:
    rows = send(coach, world.lakeview.space, limit=500)["rows"]
    cards = [body for _, id, _, body, *_ in rows if id == world.lakeview.people["teacher"]]
    assert [card.keys() for card in cards] == [{"name", "roles"}]


def test_an_observer_finds_no_teachers(as_role: AsRole, world: World) -> None:
    for who in ("observer", "lead", "admin"):
        rows = send(as_role(who), world.lakeview.space, limit=500)["rows"]
        assert world.lakeview.people["teacher"] not in [row[1] for row in rows], who


def test_a_question_reaches_the_teacher_and_its_coach_alone(
    as_role: AsRole, coach: FlaskClient, teacher: FlaskClient, world: World, asked: dict[str, Any]
) -> None:
    assert seen_by(coach, world) == seen_by(teacher, world) == ["agreement"]
    for who, client in everybody_else(as_role).items():
        assert seen_by(client, world) == [], who


def test_a_step_reaches_the_teacher_when_it_is_given(
    coach: FlaskClient, teacher: FlaskClient, world: World, agreed: dict[str, Any]
) -> None:
    draft = a_step(world, agreed)
    send(coach, world.lakeview.space, draft)
    assert seen_by(teacher, world) == ["agreement"]
    send(coach, world.lakeview.space, edit(draft, {"state": "given"}))
    assert sorted(seen_by(teacher, world)) == sorted(seen_by(coach, world)) == list(KINDS)


def test_a_step_is_nowhere_in_what_anybody_else_is_sent(
    as_role: AsRole, world: World, step: dict[str, Any]
) -> None:
    for who, client in everybody_else(as_role).items():
        answer = send(client, world.lakeview.space, want=[step["id"]], limit=500)
        assert SAID not in json.dumps(answer) and seen_by(client, world) == [], who


def test_what_is_hidden_answers_like_what_does_not_exist(
    as_role: AsRole, world: World, step: dict[str, Any], agreed: dict[str, Any]
) -> None:
    for made, values in ((step, {"step": "x"}), (agreed, {f"rooms/{step['id']}": True})):
        for who in ("principal", "lead", "admin"):
            hidden, nothing = edit(made, values), edit({**made, "id": str(uuid4())}, values)
            results = send(as_role(who), world.lakeview.space, hidden, nothing)["results"]
            problems = [results[change["cid"]]["problem"] for change in (hidden, nothing)]
            assert problems[0] == problems[1]
            assert problems[0]["code"] == "unknown-record"


def test_before_the_teacher_agrees_no_step_is_taken(
    coach: FlaskClient, world: World, asked: dict[str, Any]
) -> None:
    change = a_step(world, asked)
    answer = send(coach, world.lakeview.space, change)["results"][change["cid"]]
    assert (answer["verdict"], answer["problem"]["code"]) == ("refused", "no-agreement")
    assert answer["problem"]["title"] and answer["problem"]["next"]


def test_withdrawn_the_coachs_tablet_starts_over_and_finds_no_step(
    coach: FlaskClient, teacher: FlaskClient, world: World, step: dict[str, Any],
    agreed: dict[str, Any],
) -> None:  # fmt: skip
    space = world.lakeview.space
    before = send(coach, space, limit=500)
    known = {"known": before["at"], "cursor": before["cursor"]}
    assert "reset" not in send(coach, space, **known)
    withdrawn = of_teacher(world, agreed, "over")
    assert verdict(send(teacher, space, withdrawn), withdrawn) == "merged"
    assert send(coach, space, **known)["reset"] == "view"
    listed = [row[1] for row in send(coach, space, thin=True, limit=500)["rows"]]
    assert agreed["id"] in listed and step["id"] not in listed
    assert step["id"] not in [row[1] for row in send(coach, space, want=[step["id"]])["rows"]]


def test_the_teacher_keeps_hers(
    teacher: FlaskClient, world: World, step: dict[str, Any], agreed: dict[str, Any]
) -> None:
    send(teacher, world.lakeview.space, of_teacher(world, agreed, "over"))
    assert sorted(seen_by(teacher, world)) == list(KINDS)


def test_what_is_over_stays_over_in_whatever_order_tablets_send(
    coach: FlaskClient, teacher: FlaskClient, world: World, asked: dict[str, Any]
) -> None:
    space = world.lakeview.space
    send(teacher, space, of_teacher(world, asked, "over"), of_teacher(world, asked, "agreed"))
    change = a_step(world, asked)
    assert verdict(send(coach, space, change), change) != "ok"


@pytest.fixture
def held(
    coach: FlaskClient, teacher: FlaskClient, world: World, agreed: dict[str, Any]
) -> dict[str, Any]:
    """The coach wrote it without a network, and the teacher withdrew meanwhile."""
    send(teacher, world.lakeview.space, of_teacher(world, agreed, "over"))
    change = a_step(world, agreed, state="given", question=HELD_BACK)
    assert verdict(send(coach, world.lakeview.space, change), change) == "held"
    return change


def kept_at(world: World, held: dict[str, Any]) -> str:
    home = world.lakeview
    return f"/lead/{home.space}/kept/{held['id']}/{home.people['coach']}"


def test_what_was_unsent_is_kept_and_no_lead_reads_it(
    as_role: AsRole, world: World, held: dict[str, Any]
) -> None:
    lead = as_role("lead")
    for page in (lead.get(f"/lead/{world.lakeview.space}/kept"), lead.get(kept_at(world, held))):
        assert page.status_code == 200 and "step for a teacher" in page.text
        for words in (SAID, HELD_BACK, "Mr. Teo"):
            assert words not in page.text


def test_taken_in_the_teacher_has_it_and_the_coach_does_not(
    as_role: AsRole, coach: FlaskClient, teacher: FlaskClient, world: World, held: dict[str, Any]
) -> None:
    assert "coaching_step" not in seen_by(teacher, world)
    lead = as_role("lead")
    answer = lead.post(kept_at(world, held), data={"decision": "taken", "note": ""})
    assert answer.status_code == 303
    assert "coaching_step" in seen_by(teacher, world)
    assert "coaching_step" not in seen_by(coach, world) + seen_by(lead, world)
