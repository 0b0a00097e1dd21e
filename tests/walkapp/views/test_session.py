"""Signing in, staying signed in, signing out."""

import statistics
import time
from collections.abc import Callable
from hashlib import sha256
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from walkapp import sessions, signing_in
from walkapp.database import reading, writing
from walkapp.models import Account, Device, Session

from . import district
from .district import MARK, PASSWORD, World, email_of, sign_in

SESSION = "/api/v1/session"


def code_of(answer: object) -> str:
    return answer.json["code"]  # type: ignore[attr-defined, no-any-return]


def test_a_sign_in_says_who_and_where(client: FlaskClient, world: World) -> None:
    answer = sign_in(client, "observer")
    assert answer.status_code == 201
    home = world.lakeview
    assert answer.json["account"] == {
        "id": home.accounts["observer"],
        "email": email_of("observer"),
    }
    assert answer.json["spaces"] == [
        {
            "id": home.space,
            "name": "Lakeview",
            "person": home.people["observer"],
            "person_name": "Ms. Okoye",
            "roles": [{"role": "observer", "school": home.schools["oak"]}],
            "rescue_key": None,  # without a secret, which only a test is
            "voucher": None,
        }
    ]
    shown = client.get(SESSION)
    assert shown.status_code == 200 and shown.json["spaces"] == answer.json["spaces"]
    assert shown.json["expires"] - shown.json["now"] > sessions.IDLE_MS - 10_000


def test_an_e_mail_is_the_same_in_capitals(client: FlaskClient) -> None:
    answer = client.post(SESSION, json={
        "email": f"  {email_of('observer').upper()} ", "password": PASSWORD,
        "device": {"id": str(uuid4())},
    })  # fmt: skip
    assert answer.status_code == 201


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient) -> None:
    cookie = sign_in(client, "observer").headers["Set-Cookie"]
    assert cookie.startswith("walkapp=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_over_tls_the_cookie_is_bound_to_the_host(client: FlaskClient) -> None:
    client.environ_base["wsgi.url_scheme"] = "https"
    answer = client.post(
        SESSION,
        json={"email": email_of("observer"), "password": PASSWORD, "device": {"id": str(uuid4())}},
        base_url="https://localhost",
    )
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-walkapp=") and "; Secure" in cookie


def test_the_server_keeps_only_the_hash_of_the_token(app: Flask, client: FlaskClient) -> None:
    token = sign_in(client, "observer").headers["Set-Cookie"].split("=")[1].split(";")[0]
    assert len(token) >= 43  # 256 bits
    with app.app_context(), reading() as session:
        kept = session.query(Session).one()
        assert kept.token_hash == sha256(token.encode()).hexdigest()


def test_unknown_wrong_and_closed_are_one_answer(
    app: Flask, client: FlaskClient, world: World
) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Account, world.lakeview.accounts["coach"]).disabled_at = 1
        session.get_one(Account, world.lakeview.accounts["guest"]).password_hash = None
    answers = [
        sign_in(client, "observer", "not her password"),
        sign_in(client, "somebody-unknown", PASSWORD),
        sign_in(client, "coach", PASSWORD),
        sign_in(client, "guest", PASSWORD),
    ]
    assert {answer.status_code for answer in answers} == {401}
    bodies = [{**answer.json, "request_id": ""} for answer in answers]
    assert all(body == bodies[0] for body in bodies) and bodies[0]["code"] == "sign-in-failed"
    assert all("Set-Cookie" not in answer.headers for answer in answers)


def test_unknown_and_wrong_take_equally_long(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in.throttle, "take_a_try", lambda *_: 0)  # the clock is the witness
    times: dict[str, list[float]] = {"observer": [], "somebody-unknown": []}
    client = district.browser(app)
    for _ in range(8):
        for who, taken in times.items():
            began = time.process_time()  # what it cost, however busy the machine is
            sign_in(client, who, "not the password")
            taken.append(time.process_time() - began)
    wrong, unknown = (statistics.median(taken) for taken in times.values())
    assert abs(wrong - unknown) < 0.25 * wrong


def test_guessing_slows_down_and_says_for_how_long(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a busy machine six tries take longer than the first wait: here they take no time at all.
    moment = signing_in.now_ms()
    monkeypatch.setattr(signing_in, "now_ms", lambda: moment)
    for _ in range(6):
        answer = sign_in(client, "observer", "not her password")
    assert answer.status_code == 429 and code_of(answer) == "too-many-tries"
    assert int(answer.headers["Retry-After"]) >= 1
    assert code_of(sign_in(client, "observer", PASSWORD)) == "too-many-tries"


def test_during_an_attack_she_signs_in_from_elsewhere(client: FlaskClient) -> None:
    for _ in range(8):
        sign_in(client, "observer", "not her password")
    client.environ_base["REMOTE_ADDR"] = "10.9.8.7"
    assert sign_in(client, "observer").status_code == 201


BAD_SIGN_INS = [
    ({}, "/email"),
    ({"email": 1}, "/email"),
    ({"email": "a@b", "password": "x", "device": {"id": "tablet"}}, "/device/id"),
    ({"email": "a@b", "password": "x", "device": 7}, "/device"),
    ({"email": "a@b", "password": "x", "device": {"id": str(uuid4())}, "role": "admin"}, "/role"),
    ({"email": "a\0@b", "password": "x", "device": {"id": str(uuid4())}}, "/email"),
    ({"email": "a@b", "password": "\ud800", "device": {"id": str(uuid4())}}, "/password"),
    (
        {"email": "a@b", "password": "x", "device": {"id": str(uuid4()), "name": "\n"}},
        "/device/name",
    ),
    ([], ""),
    ("text", ""),
    (7, ""),
]


@pytest.mark.parametrize(("body", "pointer"), BAD_SIGN_INS)
def test_a_badly_formed_sign_in_names_the_field(
    client: FlaskClient, body: object, pointer: str
) -> None:
    answer = client.post(SESSION, json=body)
    assert answer.status_code == 400 and code_of(answer) == "wrong-fields"
    assert pointer in [error["pointer"] for error in answer.json["errors"]]


def test_an_oversized_sign_in_is_refused(client: FlaskClient) -> None:
    answer = client.post(SESSION, json={"email": "a@b", "password": "x" * 20_000})
    assert answer.status_code == 413 and code_of(answer) == "too-large"


@pytest.mark.parametrize("how", [("DELETE", SESSION), ("POST", f"{SESSION}/end")])
def test_signing_out_ends_the_session_on_the_server(
    app: Flask, client: FlaskClient, how: tuple[str, str]
) -> None:
    token = sign_in(client, "observer").headers["Set-Cookie"].split(";")[0]
    method, path = how
    answer = client.open(path, method=method, json={} if method == "POST" else None)
    assert answer.status_code == 204
    assert "storage" not in answer.headers.get("Clear-Site-Data", "")  # unsent work is in it
    stolen = app.test_client().get(SESSION, headers={"Cookie": token})
    assert stolen.status_code == 401 and code_of(stolen) == "signed-out"


def test_signing_out_twice_is_the_same_as_once(client: FlaskClient) -> None:
    assert client.delete(SESSION).status_code == 204


def test_a_session_ends_with_its_device(app: Flask, client: FlaskClient, world: World) -> None:
    device = str(uuid4())
    sign_in(client, "observer", device=device)
    other = district.browser(app)
    sign_in(other, "observer")
    with app.app_context(), writing() as session:
        sessions.end_device(session, world.lakeview.accounts["observer"], device, 1)
    assert client.get(SESSION).status_code == 401
    assert other.get(SESSION).status_code == 200


def test_signing_in_again_gives_a_new_token_and_ends_the_old_one(
    app: Flask, client: FlaskClient
) -> None:
    first = sign_in(client, "observer").headers["Set-Cookie"].split(";")[0]
    second = sign_in(client, "observer").headers["Set-Cookie"].split(";")[0]
    assert first != second
    assert app.test_client().get(SESSION, headers={"Cookie": first}).status_code == 401


def test_a_planted_token_is_never_taken_over(client: FlaskClient) -> None:
    client.set_cookie("walkapp", "planted-by-an-attacker")
    assert "planted" not in sign_in(client, "observer").headers["Set-Cookie"]


def test_closing_an_account_ends_what_it_has_open(
    app: Flask, client: FlaskClient, world: World
) -> None:
    sign_in(client, "observer")
    with app.app_context(), writing() as session:
        session.get_one(Account, world.lakeview.accounts["observer"]).disabled_at = 1
    assert client.get(SESSION).status_code == 401


@pytest.mark.parametrize(
    ("created_days_ago", "seen_days_ago", "is_open"),
    [(0, 0, True), (89, 89, True), (91, 91, False), (364, 1, True), (366, 1, False)],
)
def test_a_session_lasts_90_days_unused_and_a_year_at_most(
    app: Flask, client: FlaskClient, created_days_ago: int, seen_days_ago: int, is_open: bool
) -> None:
    sign_in(client, "observer")
    with app.app_context(), writing() as session:
        kept = session.query(Session).one()
        kept.created_at -= created_days_ago * sessions.DAY_MS
        kept.last_seen_at -= seen_days_ago * sessions.DAY_MS
        kept.expires_at -= created_days_ago * sessions.DAY_MS
    assert (client.get(SESSION).status_code == 200) == is_open


def test_being_there_is_noted_at_most_once_a_minute(app: Flask, client: FlaskClient) -> None:
    sign_in(client, "observer")
    seen = []
    for minutes_ago in (0, 2):
        with app.app_context(), writing() as session:
            session.query(Session).one().last_seen_at -= minutes_ago * 60_000
            before = session.query(Session).one().last_seen_at
        client.get(SESSION)
        with app.app_context(), reading() as session:
            seen.append(session.query(Session).one().last_seen_at - before)
    assert seen[0] == 0 and seen[1] >= 120_000


def test_the_device_is_remembered_with_its_name(
    app: Flask, client: FlaskClient, world: World
) -> None:
    device = str(uuid4())
    sign_in(client, "observer", device=device)
    with app.app_context(), reading() as session:
        kept = session.get_one(Device, (world.lakeview.accounts["observer"], device))
        assert kept.name == "iPad 7" and kept.first_seen_at == kept.last_seen_at


def test_demo_sign_ins_work_only_where_nobody_else_can_reach_them(
    make_app: Callable[..., Flask], world: World
) -> None:
    local = make_app()
    with local.app_context(), writing() as session:
        session.get_one(Account, world.lakeview.accounts["observer"]).demo = True
    assert sign_in(district.browser(local), "observer").status_code == 201
    for reachable in ({"host": "0.0.0.0"}, {"host": "10.0.0.5"}, {"proxy": True}):
        browser = district.browser(make_app(**reachable))
        browser.environ_base["REMOTE_ADDR"] = f"10.0.0.{len(str(reachable))}"
        assert code_of(sign_in(browser, "observer")) == "demo-is-local"
        assert code_of(sign_in(browser, "observer", "wrong")) == "sign-in-failed"


def test_a_demo_session_is_not_carried_to_a_server_others_reach(
    make_app: Callable[..., Flask], world: World
) -> None:
    local = make_app()
    with local.app_context(), writing() as session:
        session.get_one(Account, world.lakeview.accounts["observer"]).demo = True
    cookie = sign_in(district.browser(local), "observer").headers["Set-Cookie"].split(";")[0]
    reachable = make_app(host="0.0.0.0").test_client()
    assert reachable.get(SESSION, headers={"Cookie": cookie}).status_code == 401


def test_a_role_that_is_over_is_not_shown(app: Flask, client: FlaskClient, world: World) -> None:
    from walkapp.models import Grant

    with app.app_context(), writing() as session:
        session.query(Grant).filter_by(person=world.lakeview.people["observer"]).one().ends_at = 1
    assert sign_in(client, "observer").json["spaces"][0]["roles"] == []


def test_nothing_of_another_district_is_told(client: FlaskClient) -> None:
    assert MARK not in sign_in(client, "admin").text


@pytest.mark.parametrize(
    ("who", "where"), [("admin", "/admin/"), ("observer", "/app/"), ("nobody", "/app/")]
)
def test_the_sign_in_page_leads_everyone_to_their_place(
    client: FlaskClient, who: str, where: str
) -> None:
    form = {"email": email_of(who), "password": PASSWORD}
    answer = client.post("/sign-in", data=form)
    assert answer.status_code == 303 and answer.headers["Location"] == where
    assert client.get(SESSION).status_code == 200
    assert client.post("/sign-out").headers["Location"] == "/"
    assert client.get(SESSION).status_code == 401


def test_the_sign_in_page_says_what_was_wrong_and_keeps_the_address(client: FlaskClient) -> None:
    form = {"email": '"><b>okoye@example.org', "password": "wrong"}
    page = client.post("/sign-in", data=form)
    assert page.status_code == 401 and 'role="alert"' in page.text
    assert "<b>" not in page.text and "wrong" not in page.text


def test_a_sign_in_hears_what_other_devices_of_the_account_last_held(
    app: Flask, client: FlaskClient, world: World
) -> None:
    me, other = world.lakeview.accounts["observer"], world.lakeview.accounts["principal"]
    common = {"first_seen_at": 1, "last_seen_at": 2, "reported_at": 2}
    tablets = [(me, "t1", 3, 1), (me, "t2", 0, 0), (me, "t3", None, None), (other, "t4", 5, 0)]
    with app.app_context(), writing() as session:
        for account, id, unsent, files in tablets:
            row = {"account": account, "id": id, "name": "iPad", "unsent": unsent, "files": files}
            session.add(Device(**row, **common))
    mine = [{"id": "t1", "name": "iPad", "unsent": 3, "files": 1, "reported_at": 2}]
    assert sign_in(client, "observer").json["devices"] == mine
    assert client.get(SESSION).json["devices"] == mine
