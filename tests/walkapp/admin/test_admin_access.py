"""Who is let into the pages of an administrator: nobody but an administrator of that district."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.oak_hill import PASSWORD, OakHill
from tests.walkapp.admin.page import Browser
from walkapp import database, organisation
from walkapp.models import Grant, School

NOWHERE = "00000000-0000-4000-8000-000000000000"
PAGES = ("/", "/schools", "/people", "/people/new", "/import", "/devices", "/audit")


def things(place: OakHill) -> dict[str, str]:
    return {
        "school": place.oak_hill, "room": place.room_12, "person": place.bell.person,
    }  # fmt: skip


def paths(base: str, ids: dict[str, str]) -> list[tuple[str, str]]:
    school, room, person = (f"{base}/{kind}s/{ids[kind]}" for kind in ("school", "room", "person"))
    person = person.replace("/persons/", "/people/")
    return [
        ("get", school), ("post", school), ("post", f"{school}/archive"),
        ("get", f"{school}/rooms/new"), ("post", f"{school}/rooms/new"),
        ("get", room), ("post", room), ("post", f"{room}/archive"),
        ("get", person), ("post", person), ("post", f"{person}/archive"),
        ("post", f"{person}/link"), ("post", f"{person}/roles"),
        ("post", f"{person}/roles/{NOWHERE}/end"), ("post", f"{person}/sign-ins/end"),
    ]  # fmt: skip


def ask(browser: Browser, method: str, path: str) -> object:
    if method == "get":
        return browser.get(path)
    return browser.post(path, name="Taken over", code="66", role="coach", archived="yes", all="yes")


@pytest.mark.parametrize("who", ["okoye", "bell", "ruiz", "novak"])
def test_other_roles_are_refused_everywhere(app: Flask, oak_hill: OakHill, who: str) -> None:
    browser = Browser(app, getattr(oak_hill, who).email, PASSWORD)
    base = f"/admin/{oak_hill.space}"
    assert browser.get("/admin/").status_code == 403
    assert {browser.get(base + page).status_code for page in PAGES} == {403}
    assert {ask(browser, *one).status_code for one in paths(base, things(oak_hill))} == {403}


def test_who_is_not_signed_in_is_sent_to_the_sign_in(app: Flask, oak_hill: OakHill) -> None:
    browser = Browser(app)
    answer = browser.get(f"/admin/{oak_hill.space}/people")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert browser.post(f"/admin/{oak_hill.space}/schools", name="X", code="1").status_code == 401


def test_another_district_and_none_at_all_look_the_same(
    app: Flask, oak_hill: OakHill, foreign: OakHill
) -> None:
    browser = Browser(app, oak_hill.adler.email, PASSWORD)
    for page in PAGES:
        there = browser.get(f"/admin/{foreign.space}{page}")
        nowhere = browser.get(f"/admin/{NOWHERE}{page}")
        assert there.status_code == nowhere.status_code == 404
        assert len(there.data) == len(nowhere.data)
        assert "Pine" not in there.text


def test_a_foreign_id_in_ones_own_district_is_no_id(
    app: Flask, oak_hill: OakHill, foreign: OakHill
) -> None:
    browser = Browser(app, oak_hill.adler.email, PASSWORD)
    base = f"/admin/{oak_hill.space}"
    nowhere = dict.fromkeys(("school", "room", "person"), NOWHERE)
    for theirs, none in zip(paths(base, things(foreign)), paths(base, nowhere), strict=True):
        there, missing = ask(browser, *theirs), ask(browser, *none)
        assert there.status_code == missing.status_code == 404, theirs
        assert len(there.data) == len(missing.data)
    with app.app_context(), database.reading() as session:
        names = session.scalars(select(School.name).where(School.space == foreign.space)).all()
        assert set(names) == {"Oak Hill Elementary", "Pine Ridge Middle"}
        ended = session.scalars(select(Grant.ends_at).where(Grant.space == foreign.space)).all()
        assert set(ended) == {None}


def test_a_role_of_a_foreign_person_is_not_ended_through_ones_own(
    app: Flask, oak_hill: OakHill, foreign: OakHill
) -> None:
    browser = Browser(app, oak_hill.adler.email, PASSWORD)
    with app.app_context(), database.reading() as session:
        grants = session.scalars(select(Grant.id).where(Grant.space == foreign.space)).all()
    for grant in grants:
        path = f"/admin/{oak_hill.space}/people/{oak_hill.bell.person}/roles/{grant}/end"
        assert browser.post(path).status_code == 404


def test_a_role_taken_away_counts_at_once(app: Flask, oak_hill: OakHill) -> None:
    browser = Browser(app, oak_hill.adler.email, PASSWORD)
    base = f"/admin/{oak_hill.space}"
    assert browser.get(f"{base}/").status_code == 200
    with app.app_context(), database.writing() as session:
        by = organisation.SERVICE
        organisation.add_grant(session, oak_hill.space, by, oak_hill.tran.person, "admin")
        mine = select(Grant.id).where(Grant.person == oak_hill.adler.person)
        organisation.end_grant(session, oak_hill.space, by, session.scalars(mine).one())
    assert browser.post(f"{base}/schools", name="X", code="1").status_code == 403
    assert browser.get(f"{base}/").status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", None])
def test_a_form_of_another_site_changes_nothing(
    app: Flask, oak_hill: OakHill, site: str | None
) -> None:
    browser = Browser(app, oak_hill.adler.email, PASSWORD)
    headers = {"Sec-Fetch-Site": site} if site else {}
    path = f"/admin/{oak_hill.space}/schools"
    answer = browser.client.post(path, data={"name": "X", "code": "1"}, headers=headers)
    assert answer.status_code == 403
    with app.app_context(), database.reading() as session:
        assert session.scalars(select(School.id).where(School.code == "1")).all() == []


def test_fields_that_are_not_in_the_form_are_passed_over(app: Flask, oak_hill: OakHill) -> None:
    browser = Browser(app, oak_hill.adler.email, PASSWORD)
    person = oak_hill.bell
    browser.post(
        f"/admin/{oak_hill.space}/people/{person.person}",
        name="Mr. Bell", account=oak_hill.adler.account, space="x", password="y", roles="admin",
    )  # fmt: skip
    with app.app_context(), database.reading() as session:
        given = session.scalars(select(Grant.role).where(Grant.person == person.person)).all()
    assert given == ["observer"]
    Browser(app, person.email, PASSWORD)
