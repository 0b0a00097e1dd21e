"""An administrator's day: schools, rooms, people, roles, links, devices, lists, audit."""

import io
import re

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from tests.oak_hill import PASSWORD, OakHill
from tests.walkapp.admin.page import Browser, hidden, words
from walkapp import database, invites, organisation
from walkapp.models import ProjectionCursor, School

NEW_PASSWORD = "nine lanterns over a millpond"


def a_file(text: str | bytes) -> FileStorage:
    data = text.encode() if isinstance(text, str) else text
    return FileStorage(io.BytesIO(data), filename="list.csv")


def test_the_way_in_leads_to_the_only_district(admin: Browser, base: str) -> None:
    assert admin.get("/admin/").headers["Location"] == f"{base}/"
    assert "Oak County" in words(admin.get(f"{base}/").text)


def test_a_school_is_added_and_the_page_can_be_reloaded(admin: Browser, base: str) -> None:
    page = admin.post_and_follow(f"{base}/schools", name="O'Brien-Nguyễn 李", code="007").text
    assert "Added." in words(page) and "O'Brien-Nguyễn 李" in words(page) and "007" in page


def test_a_refused_school_keeps_what_was_typed_beside_the_reason(admin: Browser, base: str) -> None:
    answer = admin.post(f"{base}/schools", name="Second <b>", code="0031")
    assert answer.status_code == 422
    assert 'value="Second &lt;b&gt;"' in answer.text and 'value="0031"' in answer.text
    assert re.search(r'id="code-fault">Another school already has the code 0031', answer.text)
    assert re.search(
        r'id="code"[^>]*aria-invalid="true"[^>]*aria-describedby="code-fault', answer.text
    )


def test_a_school_is_renamed_and_archived_and_brought_back(
    admin: Browser, base: str, oak_hill: OakHill
) -> None:
    at = f"{base}/schools/{oak_hill.oak_hill}"
    assert "Oak Hill Annex" in admin.post_and_follow(at, name="Oak Hill Annex", code="0031").text
    assert "archived" in admin.post_and_follow(f"{at}/archive", archived="yes").text
    assert "Brought back." in admin.post_and_follow(f"{at}/archive", archived="no").text


def test_a_room_is_added_and_changed(admin: Browser, base: str, oak_hill: OakHill) -> None:
    new = f"{base}/schools/{oak_hill.oak_hill}/rooms/new"
    assert "B-204" in admin.post_and_follow(new, code="B-204", name="Lab").text
    assert admin.post(new, code="B-204").status_code == 422
    changed = admin.post_and_follow(f"{base}/rooms/{oak_hill.room_12}", code="12", subject="Art")
    assert 'value="Art"' in changed.text


def test_a_person_gets_a_role_for_a_time_and_loses_it(
    admin: Browser, base: str, oak_hill: OakHill
) -> None:
    page = admin.post_and_follow(
        f"{base}/people/new", name="Sam", email="sam@oak.example", role="observer",
        school=oak_hill.oak_hill, starts_on="2020-01-01", ends_on="2099-06-30",
    )  # fmt: skip
    said = words(page.text)
    assert "Observer, Oak Hill Elementary January 1, 2020 June 30, 2099" in said
    person = page.request.path
    assert "The role is given." in admin.post_and_follow(f"{person}/roles", role="coach").text
    ends = re.findall(rf'action="({person}/roles/[^"]+/end)"', admin.get(person).text)
    for end in ends:
        page = admin.post_and_follow(end)
    assert "No role." in page.text and "2 ended" in page.text


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"role": "principal"}, "school-fault"),
        ({"role": "wizard"}, "role-fault"),
        ({"role": "coach", "starts_on": "soon"}, "starts_on-fault"),
        ({"role": "coach", "starts_on": "2026-02-01", "ends_on": "2026-01-01"}, "ends_on-fault"),
        ({"role": "coach", "ends_on": "9999-12-31"}, "ends_on-fault"),
        ({"role": "observer", "school": "elsewhere"}, "school-fault"),
    ],
)
def test_a_role_that_cannot_be_given_says_so_at_its_field(
    admin: Browser, base: str, oak_hill: OakHill, fields: dict[str, str], fault: str
) -> None:
    answer = admin.post(f"{base}/people/{oak_hill.bell.person}/roles", **fields)
    assert answer.status_code == 422 and f'id="{fault}"' in answer.text


def test_the_last_administrator_cannot_lock_the_district(
    admin: Browser, base: str, oak_hill: OakHill
) -> None:
    answer = admin.post(f"{base}/people/{oak_hill.adler.person}/archive", archived="yes")
    assert answer.status_code == 422 and "last administrator" in answer.text


def test_a_link_is_shown_once_and_opens_once(admin: Browser, app: Flask, base: str) -> None:
    person = admin.post_and_follow(
        f"{base}/people/new", name="Sam", email="sam@oak.example", role="observer"
    ).request.path
    shown = admin.post(f"{person}/link").text
    link = re.search(r"http://localhost(/invite/[\w-]+)", shown)
    assert link and link[1] not in admin.get(person).text

    sam = Browser(app)
    assert "Welcome to Oak County" in words(sam.get(link[1]).text)
    assert sam.post(link[1], password="short", again="short").status_code == 422
    assert sam.post(link[1], password=NEW_PASSWORD, again="else").status_code == 422
    done = sam.post(link[1], password=NEW_PASSWORD, again=NEW_PASSWORD)
    assert (done.status_code, done.headers["Location"]) == (303, "/app/")
    assert sam.client.get("/api/v1/session").json["account"]["email"] == "sam@oak.example"
    assert sam.get(link[1]).status_code == 404
    again = Browser(app).post(link[1], password=NEW_PASSWORD, again=NEW_PASSWORD)
    assert again.status_code == 404 and "Set-Cookie" not in again.headers


def test_a_used_an_old_and_an_invented_link_look_the_same(
    admin: Browser, app: Flask, base: str, oak_hill: OakHill
) -> None:
    person = f"{base}/people/{oak_hill.bell.person}"
    old = re.search(r"/invite/[\w-]+", admin.post(f"{person}/link").text)[0]
    admin.post(f"{person}/link")
    # Where a language is chosen, each page names its own address to come back to.
    pages = {Browser(app).get(path).text.replace(path, "") for path in (old, "/invite/invented")}
    assert len(pages) == 1


def test_a_new_password_by_link_signs_the_person_out_everywhere(
    admin: Browser, app: Flask, base: str, oak_hill: OakHill
) -> None:
    before = Browser(app, oak_hill.bell.email, PASSWORD)
    page = admin.post(f"{base}/people/{oak_hill.bell.person}/link").text
    link = re.search(r"/invite/[\w-]+", page)[0]
    assert before.client.get("/api/v1/session").status_code == 200
    Browser(app).post(link, password=NEW_PASSWORD, again=NEW_PASSWORD)
    assert before.client.get("/api/v1/session").status_code == 401
    Browser(app, oak_hill.bell.email, NEW_PASSWORD)


def test_an_account_of_another_district_joins_with_its_own_password(
    app: Flask, oak_hill: OakHill, foreign: OakHill
) -> None:
    pine = foreign
    admin = Browser(app, pine.adler.email, PASSWORD)
    person = admin.post_and_follow(
        f"/admin/{pine.space}/people/new", name="N. Okoye", email=oak_hill.okoye.email,
        role="partner_coach",
    ).request.path  # fmt: skip
    link = re.search(r"/invite/[\w-]+", admin.post(f"{person}/link").text)[0]
    okoye = Browser(app)
    assert okoye.post(link, password="a wrong password, long enough").status_code == 422
    assert okoye.post(link, password=PASSWORD).status_code == 303
    spaces = okoye.client.get("/api/v1/session").json["spaces"]
    assert {one["id"] for one in spaces} == {oak_hill.space, pine.space}
    # Now the account is two districts' business: neither renews its password.
    assert admin.post(f"{person}/link").status_code == 422


def test_sign_ins_are_listed_and_ended_per_device(
    admin: Browser, app: Flask, base: str, oak_hill: OakHill
) -> None:
    tablets = []
    for name in ("iPad 7", "iPad 8"):
        tablet = app.test_client()
        device = {"id": f"00000000-0000-4000-8000-00000000000{name[-1]}", "name": name}
        given = {"email": oak_hill.bell.email, "password": PASSWORD, "device": device}
        headers = {"Sec-Fetch-Site": "same-origin"}
        assert tablet.post("/api/v1/session", json=given, headers=headers).status_code == 201
        tablets.append((tablet, device["id"]))
    listed = admin.get(f"{base}/devices").text
    assert "iPad 7" in listed and "iPad 8" in listed
    end = f"{base}/people/{oak_hill.bell.person}/sign-ins/end"
    left = admin.post_and_follow(end, device=tablets[0][1]).text
    assert "iPad 7" not in left and "iPad 8" in left
    assert [one.get("/api/v1/session").status_code for one, _ in tablets] == [401, 200]
    admin.post_and_follow(end, all="yes")
    assert tablets[1][0].get("/api/v1/session").status_code == 401


def test_a_list_is_looked_at_then_confirmed(admin: Browser, base: str) -> None:
    text = "school_code,school_name\n0002,Elm <School>\n0031,Oak Hill Elementary\n"
    seen = admin.post(f"{base}/import", file=a_file(text))
    assert "1 to add, 0 to change, 1 as it is" in words(seen.text)
    assert "Elm" not in admin.get(f"{base}/schools").text
    fields = {name: hidden(seen.text, name) for name in ("content", "digest")}
    assert "Entered." in admin.post_and_follow(f"{base}/import/confirm", **fields).text
    assert "Elm &lt;School&gt;" in admin.get(f"{base}/schools").text
    # Sent twice by an impatient finger: nothing happens twice.
    assert admin.post(f"{base}/import/confirm", **fields).status_code == 422


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"\xff\xfe", b"school_code,school_name\n1\n", b"x" * 400_000]
)
def test_a_broken_list_offers_nothing_to_confirm(admin: Browser, base: str, data: bytes) -> None:
    seen = admin.post(f"{base}/import", file=a_file(data))
    assert seen.status_code == 422 and 'name="digest"' not in seen.text


def test_no_file_and_a_forged_confirmation_are_answered_kindly(admin: Browser, base: str) -> None:
    assert "Choose a file first." in admin.post(f"{base}/import").text
    forged = admin.post(f"{base}/import/confirm", content="%%%", digest="x")
    assert forged.status_code == 422


def test_everything_stands_in_the_audit(admin: Browser, base: str, oak_hill: OakHill) -> None:
    admin.post(f"{base}/schools", name="Elm", code="2")
    admin.post(f"{base}/people/{oak_hill.bell.person}/link")
    said = words(admin.get(f"{base}/audit").text)
    assert "Ms. Adler made a link for Mr. Bell" in said
    assert "Ms. Adler added the school Elm" in said
    assert "gave a role to Mr. Bell · Observer, Oak Hill Elementary" in said


def test_the_audit_names_who_chose_a_password(
    admin: Browser, app: Flask, base: str, oak_hill: OakHill
) -> None:
    with app.app_context(), database.writing() as session:
        space, by = oak_hill.space, organisation.SERVICE
        new = organisation.add_person(session, space, by, "Nia New", [], "nia@oak.example")
        link = invites.create_link(session, space, by, new)
        invites.accept_with_password(session, link.token, NEW_PASSWORD)
    assert "Nia New set the password of Nia New" in words(admin.get(f"{base}/audit").text)


def test_pages_catch_up_with_the_log_before_they_show_anything(
    admin: Browser, app: Flask, base: str, oak_hill: OakHill
) -> None:
    with app.app_context(), database.writing() as session:
        session.query(School).delete()
        session.query(ProjectionCursor).update({"seq": 0})
    assert "Oak Hill Elementary" in admin.get(f"{base}/schools").text
