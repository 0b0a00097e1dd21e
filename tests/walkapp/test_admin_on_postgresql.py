"""The service on PostgreSQL: the administrator's pages open, a tablet's contact is noted."""

import io
import re
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage

from tests.oak_hill import PASSWORD, OakHill
from tests.walkapp.admin.page import FROM_HERE, Browser, hidden

pytestmark = pytest.mark.postgres


def test_a_day_of_an_administrator_on_postgresql(app: Flask, oak_hill: OakHill) -> None:
    admin, base = Browser(app, oak_hill.adler.email, PASSWORD), f"/admin/{oak_hill.space}"
    admin.post_and_follow(f"{base}/schools", name="O'Brien-Nguyễn 李", code="007")
    list_ = FileStorage(
        io.BytesIO(b"name,email,role\nSam,sam@oak.example,coach\n"), filename="l.csv"
    )
    seen = admin.post(f"{base}/import", file=list_).text
    fields = {name: hidden(seen, name) for name in ("content", "digest")}
    admin.post_and_follow(f"{base}/import/confirm", **fields)
    person = f"{base}/people/{oak_hill.bell.person}"
    link = re.search(r"/invite/[\w-]+", admin.post(f"{person}/link").text)
    assert link
    new = "nine lanterns over a millpond"
    assert Browser(app).post(link[0], password=new, again=new).status_code == 303
    pages = [f"{base}{page}" for page in ("/", "/schools", "/people", "/devices", "/audit")]
    assert {admin.get(page).status_code for page in [*pages, person]} == {200}
    assert "Sam" in admin.get(pages[2]).text and "李" in admin.get(pages[1]).text


def test_a_copy_of_a_tablet_is_told_from_it_on_postgresql(app: Flask, oak_hill: OakHill) -> None:
    coach = Browser(app, oak_hill.bell.email, PASSWORD)
    said = {"schema": 2, "device": str(uuid4()), "build": "t", "spaces": {}}

    def contact(was: str | None, now: str, unsent: int) -> str:
        more = {"unsent": unsent, "contact": {"was": was, "now": now}, "canary": canary(unsent)}
        return (
            coach.client.post("/api/v1/sync", json=said | more, headers=FROM_HERE).json["device"]
            or {}
        ).get("nonce")

    def canary(highest: int) -> dict[str, object]:
        return {"database": said["device"], "highest": highest}

    contact(None, "0000000a", 1)
    assert contact("0000000a", "0000000b", 2) == "0000000b"
    assert contact("0000000a", "0000000c", 3) == "0000000b"
