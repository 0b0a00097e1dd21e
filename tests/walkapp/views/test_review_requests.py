"""Requests of somebody signed in who means harm: none is answered with a fault of ours."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from walkapp import organisation
from walkapp.database import writing
from walkapp.models import Grant

from . import tablet
from .district import World

AsRole = Callable[[str], FlaskClient]
SHA = "a" * 64


def test_a_photo_asked_for_with_any_record_is_there_or_not_there(
    as_role: AsRole, world: World
) -> None:
    okoye, space = as_role("observer"), world.lakeview.space
    rows = tablet.send(okoye, space)["rows"]
    assert "rubric" in {row[2] for row in rows}
    for _, id, *_ in rows:
        answer = okoye.get(f"/api/v1/spaces/{space}/files/{SHA}?record={id}")
        assert answer.status_code == 404, id


@pytest.mark.parametrize("odd", [None, 5, "x", [], [1], {}, {"text": {}}, {"value": {"a": []}}])
def test_kept_work_of_any_shape_can_be_read_by_the_lead(
    app: Flask, as_role: AsRole, world: World, odd: object
) -> None:
    okoye, home, lead = as_role("observer"), world.lakeview, as_role("lead")
    rubric = tablet.rubric_in(tablet.send(okoye, home.space))
    note = tablet.quick_visit(home, "observer", rubric)[-1]
    tablet.send(okoye, home.space, note)
    with app.app_context(), writing() as session:
        given = select(Grant.id).where(Grant.person == home.people["observer"])
        grant = session.scalars(given).one()
        organisation.end_grant(session, home.space, organisation.SERVICE, grant)
    maps = ("ratings", "gates", "counts", "context", "evidence", "photos", "answers")
    late = tablet.edit(note, {f"{name}/{uuid4()}": odd for name in maps})
    assert tablet.send(okoye, home.space, late)["results"][late["cid"]]["verdict"] == "held"
    page = f"/lead/{home.space}/kept/{note['id']}/{home.people['observer']}"
    assert lead.get(page).status_code == 200
    assert lead.get(f"/lead/{home.space}/kept").status_code == 200
    taken = lead.post(page, data={"decision": "taken"}, headers={"Accept": "text/html"})
    assert taken.status_code in (303, 409)
