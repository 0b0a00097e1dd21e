"""`/rescue/`: the page that always opens, and saved copies handed in to the server."""

import io
import re
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.walkapp import closing
from tests.walkapp.files.pictures import jpeg, name_of
from walkapp import shell
from walkapp.database import reading, writing
from walkapp.models import Audit, ChangeRow, Commit, Grant

from . import district, tablet
from .district import MARK, World

SECRET = "the secret of the tests, long enough to be one"


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app(secret=SECRET)


@pytest.fixture
def observer(as_role: Callable[[str], FlaskClient]) -> FlaskClient:
    return as_role("observer")


@pytest.fixture
def visit(observer: FlaskClient, world: World) -> list[dict[str, Any]]:
    """A visit of Ms. Okoye that no server has seen."""
    home = world.lakeview
    return tablet.quick_visit(home, "observer", tablet.rubric_in(tablet.send(observer, home.space)))


@pytest.fixture
def copy(world: World, visit: list[dict[str, Any]]) -> bytes:
    return copy_of(world, "observer", *visit)


def copy_of(world: World, who: str, *changes: dict[str, Any], **more: Any) -> bytes:
    home = world.lakeview
    return closing.close(SECRET, closing.content(home.space, home.accounts[who], *changes, **more))


def look_at(client: FlaskClient, data: bytes, **form: str) -> TestResponse:
    given = {"file": (io.BytesIO(data), "unsent.walk"), **form}
    answer = client.post("/rescue/import", data=given, headers={"Accept": "text/html"})
    answer.request.environ["wsgi.input"].close()  # a large form is sent from a file
    return answer


def enter(client: FlaskClient, data: bytes, **form: str) -> str:
    """Look, then press the button; what the last page says, on one line."""
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', look_at(client, data, **form).text))
    answer = client.post("/rescue/import/confirm", data=fields, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return words_of(answer)


def words_of(answer: TestResponse) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text.partition("<main")[2]).split())


def kept(app: Flask, world: World) -> list[tuple[str, str, str]]:
    """Person, record and verdict of every change a person ever made."""
    with app.app_context(), reading() as session:
        rows = session.query(ChangeRow).filter_by(space=world.lakeview.space)
        return sorted((r.cid, r.person, r.verdict) for r in rows if r.person != "system")


# --- the page ---


def test_the_page_is_the_same_for_everybody_and_runs_only_its_own_scripts(
    client: FlaskClient, observer: FlaskClient
) -> None:
    answer = client.get("/rescue/")
    assert answer.text == observer.get("/rescue/").text
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|style=", answer.text)
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy and "unsafe" not in policy
    assert "trusted-types 'none'" in policy


def test_the_page_lies_outside_the_worker_and_its_files_outside_the_workers_list(
    client: FlaskClient,
) -> None:
    listed = client.get("/sw.js").text
    scripts = [path.name for path in shell.asset_folder("static").glob("rescue/*.js")]
    assert scripts and "/static/rescue/" not in listed and "rescue.css" not in listed
    for name in scripts:
        assert client.get(f"/static/rescue/{name}").status_code == 200
    # The worker answers for what lies below its scope, and the page does not.
    assert not "/rescue/".startswith("/app/")


def test_its_scripts_import_only_each_other_and_pure_files(client: FlaskClient) -> None:
    for path in shell.asset_folder("static").glob("rescue/*.js"):
        imported = re.findall(r"""(?:from|import)\s*\(?['"]([^'"]+)['"]""", path.read_text())
        assert all(re.match(r"\./|\.\./js/core/", name) for name in imported), path


def test_signing_in_leads_back_to_where_one_was_and_nowhere_else(client: FlaskClient) -> None:
    form = {"email": district.email_of("observer"), "password": district.PASSWORD}
    page = client.get("/sign-in?back=/rescue/")
    assert '<input type="hidden" name="back" value="/rescue/">' in page.text
    answer = client.post("/sign-in", data={**form, "back": "/rescue/"})
    assert answer.headers["Location"] == "/rescue/"
    for elsewhere in ("https://evil.example/", "//evil.example", "/rescue/../admin/"):
        answer = client.post("/sign-in", data={**form, "back": elsewhere})
        assert answer.headers["Location"] == "/app/"


def test_who_is_not_signed_in_is_asked_to_and_hands_nothing_in(
    client: FlaskClient, copy: bytes
) -> None:
    asked = client.get("/rescue/import")
    assert asked.status_code == 303
    assert asked.headers["Location"] == "/sign-in?back=/rescue/import"
    assert look_at(client, copy).status_code == 401
    assert client.post("/rescue/import/confirm", data={}).status_code == 401


def test_a_sign_in_tells_the_key_of_each_space(
    observer: FlaskClient, admin: FlaskClient, world: World
) -> None:
    keys = [c.get("/api/v1/session").json["spaces"][0]["rescue_key"] for c in (observer, admin)]
    assert keys[0] == keys[1] and keys[0]["jwk"].keys() == {"kty", "crv", "x", "y"}


# --- handing in one's own ---


def test_looking_enters_nothing(
    app: Flask, observer: FlaskClient, world: World, copy: bytes
) -> None:
    page = words_of(look_at(observer, copy))
    assert "Your own work." in page and "4 changes" in page and "Nothing is entered yet" in page
    assert kept(app, world) == []


def test_what_was_unsent_is_entered_as_its_authors(
    app: Flask, observer: FlaskClient, world: World, copy: bytes, visit: list[dict[str, Any]]
) -> None:
    assert "4 changes taken." in enter(observer, copy)
    me = world.lakeview.people["observer"]
    assert kept(app, world) == sorted((one["cid"], me, "ok") for one in visit)


def test_a_copy_entered_twice_makes_no_duplicates(
    app: Flask, observer: FlaskClient, world: World, copy: bytes
) -> None:
    enter(observer, copy)
    before = kept(app, world)
    page = words_of(look_at(observer, copy))
    assert "4 of them here already" in page
    again = enter(observer, copy)
    assert "0 changes taken." in again and "4 changes were here already." in again
    assert kept(app, world) == before


@pytest.mark.parametrize("first", ["the tablet", "the copy"])
def test_the_tablet_may_send_the_same_itself_before_or_after(
    app: Flask, observer: FlaskClient, world: World, visit: list[dict[str, Any]], copy: bytes,
    first: str,
) -> None:  # fmt: skip
    space = world.lakeview.space
    if first == "the copy":
        enter(observer, copy)
    results = tablet.send(observer, space, *visit)["results"]
    assert {one["verdict"] for one in results.values()} == {"ok"}
    assert "4 changes were here already." in enter(observer, copy)
    assert len(kept(app, world)) == 4
    rows = tablet.send(observer, space)["rows"]
    assert len([row for row in rows if row[2] == "observation"]) == 1


def test_what_is_refused_is_told_with_its_reason_and_stays_in_the_file(
    app: Flask, observer: FlaskClient, world: World, visit: list[dict[str, Any]]
) -> None:
    wrong = tablet.edit(visit[3], {"ratings/nothing": {"value": 3}})
    page = enter(observer, copy_of(world, "observer", *visit, wrong))
    assert "4 changes taken." in page and "1 change was not taken." in page
    assert "The rubric has no such indicator." in page and "keep it" in page


def test_what_needed_its_person_is_not_entered_behind_their_back(
    app: Flask, observer: FlaskClient, world: World, visit: list[dict[str, Any]]
) -> None:
    refused = {"change": visit[0], "verdict": "refused", "problem": {"code": "not-yours"}, "at": 1}
    page = enter(observer, copy_of(world, "observer", needs_you=[refused]))
    assert "1 change that the server did not take before needs the person" in page
    assert kept(app, world) == []


def test_a_right_that_is_over_holds_what_was_written_under_it(
    app: Flask, observer: FlaskClient, world: World, copy: bytes
) -> None:
    with app.app_context(), writing() as session:
        session.query(Grant).filter_by(person=world.lakeview.people["observer"]).one().ends_at = 1
    assert "4 changes kept for the lead to decide" in enter(observer, copy)
    assert {verdict for _, _, verdict in kept(app, world)} == {"held"}


def test_a_long_copy_is_entered_in_its_order(
    app: Flask, observer: FlaskClient, world: World, visit: list[dict[str, Any]]
) -> None:
    edits = [{**tablet.edit(visit[3], {"focus": f"focus {n}"}), "at": tablet.AT + 1 + n}
             for n in range(600)]  # fmt: skip
    assert "604 changes taken." in enter(observer, copy_of(world, "observer", *visit, *edits))
    rows = tablet.send(observer, world.lakeview.space)["rows"]
    assert [row[3]["focus"] for row in rows if row[2] == "observation"] == ["focus 599"]


def test_what_was_looked_at_is_what_is_entered(
    app: Flask, observer: FlaskClient, world: World, copy: bytes, visit: list[dict[str, Any]]
) -> None:
    page = look_at(observer, copy).text
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
    look_at(observer, copy_of(world, "observer", visit[0]))
    answer = observer.post("/rescue/import/confirm", data=fields)
    assert answer.status_code == 409 and kept(app, world) == []


def test_nothing_readable_waits_on_the_server_and_what_was_entered_waits_no_longer(
    app: Flask, observer: FlaskClient, copy: bytes
) -> None:
    folder = Path(app.config["WALK"].home) / "rescue"
    look_at(observer, copy)
    (staged,) = folder.iterdir()
    assert staged.read_bytes() == copy and staged.stat().st_mode & 0o077 == 0
    enter(observer, copy)
    assert list(folder.iterdir()) == []


def photo_of(visit: dict[str, Any], raw: bytes) -> dict[str, Any]:
    return {"sha": name_of(raw), "type": "image/jpeg", "record": visit["id"],
            "bytes": b64encode(raw).decode()}  # fmt: skip


@pytest.mark.parametrize("by", ["observer", "admin"])
def test_photos_are_kept_as_their_authors_and_once(
    observer: FlaskClient, as_role: Callable[[str], FlaskClient], world: World,
    visit: list[dict[str, Any]], by: str,
) -> None:  # fmt: skip
    raw = jpeg()
    line = {"at": tablet.AT, "width": 160, "height": 120, "bytes": len(raw)}
    visit[3]["new"]["photos"] = {name_of(raw): line}
    data = copy_of(world, "observer", *visit, files=[photo_of(visit[3], raw)])
    bringer = observer if by == "observer" else as_role(by)
    assert "1 photo taken." in enter(bringer, data)
    assert "1 photo here already." in enter(bringer, data)
    where = f"/api/v1/spaces/{world.lakeview.space}/files/{name_of(raw)}?record={visit[3]['id']}"
    assert observer.get(where).mimetype == "image/jpeg"


def test_what_is_no_photo_or_another_one_stays_in_the_file(
    observer: FlaskClient, world: World, visit: list[dict[str, Any]]
) -> None:
    wrong = [photo_of(visit[3], b"GIF89a"), {**photo_of(visit[3], jpeg()), "sha": "a" * 64}]
    page = enter(observer, copy_of(world, "observer", *visit, files=wrong))
    assert "2 photos could not be taken. They stay in the file." in page


# --- handing in another's ---


@pytest.fixture
def admin(as_role: Callable[[str], FlaskClient]) -> FlaskClient:
    return as_role("admin")


def test_an_administrator_enters_anothers_work_in_their_name_and_leaves_a_trace(
    app: Flask, admin: FlaskClient, world: World, copy: bytes
) -> None:
    home = world.lakeview
    assert "Work of Ms. Okoye" in words_of(look_at(admin, copy))
    assert "4 changes taken." in enter(admin, copy)
    assert {person for _, person, _ in kept(app, world)} == {home.people["observer"]}
    with app.app_context(), reading() as session:
        newest = session.query(Commit).filter_by(space=home.space).order_by(Commit.seq.desc())
        assert newest.first().account == home.accounts["admin"]
        audit = session.query(Audit).filter_by(verb="enter-copy").one()
        assert (audit.account, audit.what) == (home.accounts["admin"], home.people["observer"])
    assert "entered a copy of the work of" in admin.get(f"/admin/{home.space}/audit").text


def test_a_colleague_learns_nothing_and_enters_nothing(
    app: Flask, as_role: Callable[[str], FlaskClient], world: World, copy: bytes
) -> None:
    coach = as_role("coach")
    page = look_at(coach, copy)
    assert "another person" in page.text and "Okoye" not in page.text
    assert "Enter it" not in page.text
    digest = re.findall(r'name="digest" value="(\w+)"', page.text)
    coach.post("/rescue/import/confirm", data={"digest": digest[0] if digest else ""})
    assert kept(app, world) == []


def test_work_of_another_district_is_not_entered_and_not_named(
    app: Flask, admin: FlaskClient, as_role: Callable[[str], FlaskClient], world: World
) -> None:
    away = world.riverbend
    data = closing.close(SECRET, closing.content(away.space, away.accounts["other_observer"]))
    page = look_at(admin, data)
    assert "a district that is not open to you" in page.text and MARK not in page.text
    assert "Another district" in page.text


def test_an_account_that_is_nobody_here_is_not_written_for(
    admin: FlaskClient, world: World
) -> None:
    foreign = closing.content(world.lakeview.space, world.riverbend.accounts["other_observer"])
    page = words_of(look_at(admin, closing.close(SECRET, foreign)))
    assert "does not sign in to this district any more" in page and MARK not in page


# --- files that do not open ---


def test_what_is_no_copy_is_said_to_be_none(observer: FlaskClient) -> None:
    answer = look_at(observer, b"%PDF-1.7")
    assert answer.status_code == 422
    assert "not a copy that the app saved" in answer.text and 'role="alert"' in answer.text


def test_a_copy_for_another_server_asks_for_its_words(
    observer: FlaskClient, world: World, visit: list[dict[str, Any]]
) -> None:
    home = world.lakeview
    data = closing.close("", closing.content(home.space, home.accounts["observer"], *visit))
    assert "write the words it was saved with" in look_at(observer, data).text
    assert "Those are not the words" in look_at(observer, data, words="other words than those").text
    assert "4 changes taken." in enter(observer, data, words=closing.WORDS.title())


def test_a_copy_with_photos_may_be_large_for_who_is_signed_in_only(
    client: FlaskClient, observer: FlaskClient, world: World
) -> None:
    photo = {"sha": "a" * 64, "type": "image/jpeg", "record": None,
             "bytes": b64encode(bytes(range(256)) * 40_000).decode()}  # fmt: skip
    # What is packed hides its size; the outside of a file does not.
    data = copy_of(world, "observer", files=[photo]) + b" " * 9_000_000
    assert look_at(observer, data).status_code == 200
    assert look_at(client, data).status_code in (401, 413)
