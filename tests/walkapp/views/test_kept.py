"""What came in after a right was over is kept, read by the lead alone, and decided by them."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from walkapp import organisation
from walkapp.database import reading, writing
from walkapp.models import Audit, ChangeRow, Grant, KeptDecision

from . import tablet
from .district import World

SAID = "Two students compare their strategies at the board"


@pytest.fixture
def lead(as_role: Callable[[str], FlaskClient]) -> FlaskClient:
    return as_role("lead")


@pytest.fixture
def kept(app: Flask, world: World, as_role: Callable[[str], FlaskClient]) -> dict[str, Any]:
    """The observer's visit, written under a role that was over when the tablet came back."""
    client = as_role("observer")
    rubric = tablet.rubric_in(tablet.send(client, world.lakeview.space))
    end_role(app, world, "observer")
    note = {"text": SAID, "at": tablet.AT, "chip": "saw", "indicators": []}
    changes = tablet.quick_visit(world.lakeview, "observer", rubric, evidence={str(uuid4()): note})
    later = tablet.edit(changes[-1], {"state": "submitted"})
    results = tablet.send(client, world.lakeview.space, *changes, later)["results"]
    assert {result["verdict"] for result in results.values()} == {"held"}
    return {"changes": [*changes, later], "person": world.lakeview.people["observer"]}


def end_role(app: Flask, world: World, who: str) -> None:
    with app.app_context(), writing() as session:
        grant = session.scalars(
            select(Grant.id).where(Grant.person == world.lakeview.people[who])
        ).one()
        organisation.end_grant(session, world.lakeview.space, organisation.SERVICE, grant)


def place(world: World, kept: dict[str, Any], change: int = -1) -> str:
    record = kept["changes"][change]["id"]
    return f"/lead/{world.lakeview.space}/kept/{record}/{kept['person']}"


def decide(client: FlaskClient, path: str, decision: str, note: str = "") -> Any:
    return client.post(path, data={"decision": decision, "note": note})


def decide_all(lead: FlaskClient, world: World, kept: dict[str, Any], decision: str) -> None:
    for index in range(4):
        assert decide(lead, place(world, kept, index), decision).status_code == 303


def desk_of(client: FlaskClient, world: World) -> list[Any]:
    rows = tablet.send(client, world.lakeview.space)["rows"]
    return [row for row in rows if row[2] == "observation"]


def test_the_lead_reads_what_was_kept_word_for_word(
    lead: FlaskClient, world: World, kept: dict[str, Any]
) -> None:
    listed = lead.get(f"/lead/{world.lakeview.space}/kept").text
    assert "Ms. Okoye" in listed and SAID not in listed
    assert SAID in lead.get(place(world, kept)).text


def test_that_it_was_read_is_noted(
    app: Flask, lead: FlaskClient, world: World, kept: dict[str, Any]
) -> None:
    lead.get(place(world, kept))
    with app.app_context(), reading() as session:
        line = session.scalars(select(Audit).where(Audit.verb == "read-kept")).one()
        assert line.account == world.lakeview.accounts["lead"]
        assert SAID not in line.detail


def test_taken_in_it_stands_in_the_record_under_its_authors_name(
    lead: FlaskClient, as_role: Callable[[str], FlaskClient], world: World, kept: dict[str, Any]
) -> None:
    principal = as_role("principal")
    assert desk_of(principal, world) == []
    decide_all(lead, world, kept, "taken")
    [row] = desk_of(principal, world)
    assert row[3]["observer"] == kept["person"] and row[3]["state"] == "submitted"
    assert SAID in str(row[3]["evidence"])


def test_left_out_it_stays_kept_and_nowhere_else(
    app: Flask, lead: FlaskClient, as_role: Callable[[str], FlaskClient], world: World,
    kept: dict[str, Any],
) -> None:  # fmt: skip
    decide_all(lead, world, kept, "declined")
    assert desk_of(as_role("principal"), world) == []
    assert SAID in lead.get(place(world, kept)).text
    with app.app_context(), reading() as session:
        held = select(func.count()).select_from(ChangeRow).where(ChangeRow.verdict == "held")
        assert session.scalar(held) == len(kept["changes"])


def test_deciding_twice_is_the_same_as_deciding_once(
    app: Flask, lead: FlaskClient, world: World, kept: dict[str, Any]
) -> None:
    decide_all(lead, world, kept, "taken")
    assert decide(lead, place(world, kept), "declined").status_code == 404
    with app.app_context(), reading() as session:
        decisions = set(session.scalars(select(KeptDecision.decision)))
        assert decisions == {"taken"}


def test_what_does_not_fit_any_more_is_said_and_stays_waiting(
    app: Flask, lead: FlaskClient, as_role: Callable[[str], FlaskClient], world: World,
    kept: dict[str, Any],
) -> None:  # fmt: skip
    with app.app_context(), writing() as session:
        organisation.add_grant(
            session, world.lakeview.space, organisation.SERVICE, kept["person"], "observer",
            world.lakeview.schools["oak"],
        )  # fmt: skip
    written_anew = {**kept["changes"][3], "cid": str(uuid4())}
    tablet.send(as_role("observer"), world.lakeview.space, written_anew)
    answer = decide(lead, place(world, kept), "taken", "as agreed")
    assert answer.status_code == 409 and "nothing was changed" in answer.text
    assert "as agreed" in answer.text
    with app.app_context(), reading() as session:
        assert session.scalars(select(KeptDecision)).all() == []


def test_nobody_but_the_lead_reads_what_was_kept(
    as_role: Callable[[str], FlaskClient], world: World, kept: dict[str, Any]
) -> None:
    for who in ("admin", "principal", "coach", "observer", "teacher", "nobody"):
        answer = as_role(who).get(place(world, kept))
        assert answer.status_code == 403 and SAID not in answer.text, who
    stranger = as_role("other_admin").get(place(world, kept))
    assert stranger.status_code == 404


def test_a_lead_whose_role_ends_decides_nothing_more(
    app: Flask, lead: FlaskClient, world: World, kept: dict[str, Any]
) -> None:
    end_role(app, world, "lead")
    assert decide(lead, place(world, kept), "taken").status_code == 403


def test_an_administrator_hears_that_something_waits_and_not_what(
    as_role: Callable[[str], FlaskClient], world: World, kept: dict[str, Any]
) -> None:
    page = as_role("admin").get(f"/admin/{world.lakeview.space}/").text
    assert "5 changes are kept" in page and "Dr. Lead" in page
    assert SAID not in page
