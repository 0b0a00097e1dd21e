"""What every answer forbids, and which requests may change something."""

from collections.abc import Callable

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from walkapp.security import APP_POLICY, PAGE_POLICY

from . import district

OPEN_PAGES = ("/", "/app/", "/sign-in", "/healthz", "/version", "/sw.js", "/manifest.json", "/nope")
APP_FILES = ("/app/", "/sw.js", "/manifest.json", "/static/css/app.css")


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_every_answer_carries_the_security_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "microphone=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", APP_FILES)
def test_the_app_may_run_its_own_scripts_and_nothing_else(client: FlaskClient, path: str) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]
    assert policy == APP_POLICY
    assert "trusted-types lit-html app" in policy


@pytest.mark.parametrize("path", ["/", "/sign-in", "/problems/busy"])
def test_pages_run_no_script(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert page.headers["Content-Security-Policy"] == PAGE_POLICY
    assert "<script" not in page.text and "style=" not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_only_an_encrypted_answer_promises_to_stay_encrypted(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers
    secure = client.get("/", base_url="https://walks.example")
    assert "max-age=31536000" in secure.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    ("headers", "may"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "http://localhost.evil.example"}, False),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({}, False),
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/session/end", "/sign-out"])
def test_only_our_own_pages_change_anything(
    app: Flask, path: str, headers: dict[str, str], may: bool
) -> None:
    answer = app.test_client().post(path, json={}, headers=headers)
    assert (answer.status_code < 400) == may
    if not may:
        assert answer.status_code == 403 and answer.json["code"] == "cross-site"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_sites_cannot_use_other_methods_either(app: Flask, method: str) -> None:
    answer = app.test_client().open("/api/v1/session", method=method)
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/api/v1/session", "/api/v1/sync", "/api/v1/session/end"])
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_the_api_reads_json_only(client: FlaskClient, path: str, kind: str) -> None:
    answer = client.post(path, data="{}", content_type=kind)
    assert answer.status_code == 415 and answer.json["code"] == "json-only"


def test_a_visitor_cannot_write_their_own_address(make_app: Callable[..., Flask]) -> None:
    forged = {"X-Forwarded-For": "9.9.9.9", "X-Forwarded-Proto": "https"}
    seen = []
    for proxy in (False, True):
        app = make_app(proxy=proxy)
        app.before_request(lambda: seen.append((request.remote_addr, request.is_secure)))
        district.browser(app).get("/healthz", headers=forged)
    assert seen == [("127.0.0.1", False), ("9.9.9.9", True)]


@pytest.mark.parametrize("path", ["/problems/%00", "/invite/a%00b", "/?next=%00", "/static/%00.js"])
def test_an_address_with_a_nul_leads_nowhere(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_form_with_a_nul_is_refused(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"email": "a\0@b", "password": "x"})
    assert answer.status_code == 400 and answer.json["code"] == "bad-character"


def test_logs_tell_the_route_and_not_what_stood_in_it(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "walkapp")
    client.get("/problems/secret-token-in-a-path?word=secret-in-a-query")
    client.post("/sign-in", data={"email": "okoye@example.org", "password": "secret words"})
    assert "/problems/<code>" in caplog.text
    assert "secret" not in caplog.text and "okoye" not in caplog.text


def test_logs_are_silent_about_a_look_at_health_and_tell_of_a_file_that_is_missing(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "walkapp")
    client.get("/healthz")
    assert caplog.text == ""
    client.get("/static/nowhere.js")
    assert "/static/<path:name>" in caplog.text
