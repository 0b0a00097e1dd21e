"""A browser without script: opens pages, fills forms, follows where they lead."""

import re
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FROM_HERE = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}


class Browser:
    """One person's browser, signed in when an e-mail is given."""

    def __init__(self, app: Flask, email: str | None = None, password: str = "") -> None:
        self.client: FlaskClient = app.test_client()
        if email:
            answer = self.post("/sign-in", email=email, password=password)
            assert answer.status_code == 303, answer.text

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, headers=FROM_HERE)

    def post(self, path: str, **fields: object) -> TestResponse:
        return self.client.post(path, data=fields, headers=FROM_HERE)

    def post_and_follow(self, path: str, **fields: object) -> TestResponse:
        answer = self.post(path, **fields)
        assert answer.status_code == 303, answer.text
        return self.get(answer.headers["Location"])


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of the page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return unescape(found[1])


def words(page: str) -> str:
    """What the page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
