"""The door of the tablets: every change gets its verdict, and nothing else of a request is lost."""

import gzip
import json
import threading
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from walkapp.sync.canonical import canonical

from walkapp import database
from walkapp.database import reading
from walkapp.models import Device

from . import tablet
from .district import MARK, World
from .tablet import SYNC, edit, new, quick_visit, request, rubric_in, send

AsRole = Callable[[str], FlaskClient]


def test_a_quick_visit_is_taken_and_answered_with_receipts(as_role: AsRole, world: World) -> None:
    okoye, home = as_role("observer"), world.lakeview
    changes = quick_visit(home, "observer", rubric_in(send(okoye, home.space)))
    results = send(okoye, home.space, *changes)["results"]
    assert [results[change["cid"]]["verdict"] for change in changes] == ["ok"] * 4
    for change in changes:
        assert results[change["cid"]]["hash"] == sha256(canonical(change).encode()).hexdigest()


def test_sending_twice_is_the_same_as_sending_once(as_role: AsRole, world: World) -> None:
    okoye, home = as_role("observer"), world.lakeview
    changes = quick_visit(home, "observer", rubric_in(send(okoye, home.space)))
    first, second = (send(okoye, home.space, *changes) for _ in range(2))
    assert first["results"] == second["results"] and first["at"] == second["at"]


def test_one_bad_change_never_stops_the_others_and_says_why(as_role: AsRole, world: World) -> None:
    okoye, home = as_role("observer"), world.lakeview
    *others, note = quick_visit(home, "observer", rubric_in(send(okoye, home.space)))
    bad = edit(note, {"ratings/no-such": {"value": 3}})
    good = edit(note, {"evidence/" + str(uuid4()): {"text": "Quiet", "at": tablet.AT, "chip": "saw",
                                                    "indicators": []}})  # fmt: skip
    results = send(okoye, home.space, *others, note, bad, good)["results"]
    assert results[good["cid"]]["verdict"] in ("ok", "merged")
    refused = results[bad["cid"]]
    assert refused["verdict"] == "refused" and refused["problem"]["code"] == "no-such-indicator"
    assert refused["problem"]["title"] and refused["problem"]["next"]
    assert refused["problem"]["pointer"].startswith("/set/ratings~1")


def test_it_reaches_the_principal_when_given_and_nobody_else(as_role: AsRole, world: World) -> None:
    okoye, home = as_role("observer"), world.lakeview
    *others, note = quick_visit(home, "observer", rubric_in(send(okoye, home.space)))
    send(okoye, home.space, *others, note)
    readers = {who: as_role(who) for who in ("principal", "other_principal", "teacher", "admin",
                                             "coach", "guest", "auditor", "nobody")}  # fmt: skip

    def who_sees_it() -> set[str]:
        return {
            who for who, reader in readers.items()
            if note["id"] in [row[1] for row in send(reader, home.space)["rows"]]
        }  # fmt: skip

    assert who_sees_it() == set()
    send(okoye, home.space, edit(note, {"state": "submitted"}))
    assert who_sees_it() == {"principal"}


def test_a_space_of_others_answers_like_one_that_is_not_there(
    as_role: AsRole, world: World
) -> None:
    okoye = as_role("observer")
    theirs, nowhere = (send(okoye, space) for space in (world.riverbend.space, str(uuid4())))
    assert theirs == nowhere and theirs["problem"]["code"] == "unknown-space"
    assert "rows" not in theirs


def test_a_space_one_may_not_enter_stops_no_other(as_role: AsRole, world: World) -> None:
    okoye, home = as_role("observer"), world.lakeview
    body = request(home.space, ())
    body["spaces"] |= request(world.riverbend.space, ())["spaces"]
    answer = okoye.post(SYNC, json=body).json["spaces"]
    assert answer[world.riverbend.space]["problem"]["code"] == "unknown-space"
    assert answer[home.space]["rows"]
    assert MARK not in json.dumps(answer)


def test_a_record_of_another_district_answers_like_one_that_is_not_there(
    as_role: AsRole, world: World
) -> None:
    home, away = world.lakeview, world.riverbend
    stranger = as_role("other_observer")
    changes = quick_visit(away, "other_observer", rubric_in(send(stranger, away.space)))
    send(stranger, away.space, *changes)
    okoye = as_role("observer")
    for kind, path in (("observation", "focus"), ("school", "name"), ("walk", "title")):
        # Neither knows that the other's record is there.
        theirs = {"kind": kind, "id": changes[-1]["id"], "cid": str(uuid4())}
        nothing = {"kind": kind, "id": str(uuid4()), "cid": str(uuid4())}
        results = send(okoye, home.space, edit(theirs, {path: "x"}), edit(nothing, {path: "x"}))
        problems = [result["problem"] for result in results["results"].values()]
        assert problems[0] == problems[1] and problems[0]["code"] == "unknown-record"
    wanted = send(okoye, home.space, want=[changes[-1]["id"]])
    assert MARK not in json.dumps(wanted) and changes[-1]["id"] not in json.dumps(wanted)


BROKEN: list[tuple[bytes, int, str]] = [
    (b"", 400, "malformed-json"),
    (b"{", 400, "malformed-json"),
    (b'{"schema":1,"schema":1}', 400, "duplicate-key"),
    (b'{"schema":NaN}', 400, "not-a-number"),
    (b'{"a":' * 500 + b"1" + b"}" * 500, 400, "too-deep"),
    (b"[]", 400, "wrong-fields"),
    (b"{}", 400, "wrong-fields"),
    (b'{"schema":3}', 409, "server-older"),
    (b'{"schema":2}', 400, "wrong-fields"),
    (b" " * 1_000_001, 413, "too-large"),
]


@pytest.mark.parametrize(("body", "status", "code"), BROKEN, ids=lambda value: str(value)[:20])
def test_a_broken_request_has_a_problem_of_its_own(
    as_role: AsRole, body: bytes, status: int, code: str
) -> None:
    answer = as_role("observer").post(SYNC, data=body, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (status, code)


WRONG_FIELDS: list[tuple[dict[str, Any], str]] = [
    ({"schema": "1"}, "/schema"),
    ({"schema": True}, "/schema"),
    ({"device": "ipad"}, "/device"),
    ({"unsent": "3"}, "/unsent"),
    ({"unsent": 3.5}, "/unsent"),
    ({"unsent": -1}, "/unsent"),
    ({"build": None}, "/build"),
    ({"spaces": []}, "/spaces"),
    ({"spaces": {"not-an-id": {}}}, "/spaces/not-an-id"),
    ({"person": "me"}, "/person"),
]


@pytest.mark.parametrize(("wrong", "pointer"), WRONG_FIELDS, ids=lambda value: str(value)[:30])
def test_a_wrong_field_of_the_envelope_is_named(
    as_role: AsRole, world: World, wrong: dict[str, Any], pointer: str
) -> None:
    body = request(world.lakeview.space, ()) | wrong
    answer = as_role("observer").post(SYNC, json=body)
    assert answer.status_code == 400 and answer.json["code"] == "wrong-fields"
    assert pointer in [error["pointer"] for error in answer.json["errors"]]
    assert all(error["title"] and error["next"] for error in answer.json["errors"])


BAD_PARTS: list[object] = [
    None, 7, [], {"known": "x"}, {"cursor": 5}, {"limit": 0}, {"limit": 501}, {"thin": "yes"},
    {"want": ["x"]}, {"changes": {}}, {"changes": [7]}, {"changes": [{}]}, {"more": 1},
]  # fmt: skip


@pytest.mark.parametrize("part", BAD_PARTS, ids=str)
def test_a_part_that_cannot_be_read_is_answered_for_its_space_alone(
    as_role: AsRole, world: World, part: object
) -> None:
    body = request(world.lakeview.space, ())
    body["spaces"][str(uuid4())] = {}
    body["spaces"] = {world.lakeview.space: part, world.riverbend.space: {}}
    answer = as_role("observer").post(SYNC, json=body)
    problem = answer.json["spaces"][world.lakeview.space]["problem"]
    assert answer.status_code == 200 and problem["title"] and problem["next"]


def test_a_request_carries_256_changes_and_not_one_more(as_role: AsRole, world: World) -> None:
    okoye, home = as_role("observer"), world.lakeview
    changes = tuple(new("nonsense", {}) for _ in range(257))
    assert len(send(okoye, home.space, *changes[:256])["results"]) == 256
    answer = okoye.post(SYNC, json=request(home.space, changes))
    assert answer.status_code == 413 and answer.json["code"] == "too-large"


def test_packed_requests_are_read_and_large_answers_packed(as_role: AsRole, world: World) -> None:
    okoye = as_role("observer")
    body = gzip.compress(json.dumps(request(world.lakeview.space, ())).encode())
    headers = {"Content-Encoding": "gzip", "Accept-Encoding": "gzip"}
    answer = okoye.post(SYNC, data=body, content_type="application/json", headers=headers)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.data))["spaces"][world.lakeview.space]["rows"]
    plain = okoye.post(SYNC, json=request(world.lakeview.space, ()))
    assert "Content-Encoding" not in plain.headers


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (gzip.compress(b" " * 30_000_000), "too-large"),
        (gzip.compress(b"{}")[:-3], "broken-gzip"),
        (b"{}", "broken-gzip"),
    ],
    ids=["bomb", "cut short", "not packed"],
)
def test_a_packed_bomb_does_not_go_off(as_role: AsRole, body: bytes, code: str) -> None:
    answer = as_role("observer").post(
        SYNC, data=body, content_type="application/json", headers={"Content-Encoding": "gzip"}
    )
    assert answer.json["code"] == code


def test_nobody_syncs_without_being_signed_in(client: FlaskClient, world: World) -> None:
    answer = client.post(SYNC, json=request(world.lakeview.space, ()))
    assert answer.status_code == 401 and answer.json["code"] == "signed-out"


def test_a_server_with_its_hands_full_says_when_to_come_back(
    app: Flask, as_role: AsRole, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    okoye = as_role("observer")
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    held, done = threading.Event(), threading.Event()

    def keep_writing() -> None:
        with app.app_context(), database.writing():
            held.set()
            done.wait(10)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    held.wait(10)
    try:
        busy = okoye.post(SYNC, json=request(world.lakeview.space, (new("walk", {}),)))
        # Who only asks what is new does not wait for writers.
        assert okoye.post(SYNC, json=request(world.lakeview.space, ())).status_code == 200
    finally:
        done.set()
        writer.join()
    assert busy.status_code == 503 and busy.json["code"] == "busy"
    assert int(busy.headers["Retry-After"]) > 0


def test_the_device_and_what_it_still_holds_are_noted(
    app: Flask, as_role: AsRole, world: World
) -> None:
    okoye, home = as_role("observer"), world.lakeview
    body = request(home.space, (new("nonsense", {}),)) | {"unsent": 3}
    okoye.post(SYNC, json=body)
    with app.app_context(), reading() as session:
        devices = session.query(Device).filter_by(account=home.accounts["observer"]).all()
    # The one she signed in on, whatever the request calls itself.
    assert [(device.name, device.unsent) for device in devices] == [("iPad 7", 2)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text()
    | st.sampled_from(["\ud800", "\x00", "../..", "a" * 50_000, str(uuid4())]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(max_size=9) | st.sampled_from(["ratings", "state", "evidence/x"]),
                      inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
CHANGE = st.fixed_dictionaries(
    {"cid": st.uuids().map(str)},
    optional={
        "kind": st.sampled_from(["walk", "visit", "observation", "school", "x"]) | JSON,
        "id": st.uuids().map(str) | JSON,
        "at": st.integers() | JSON,
        "new": JSON | st.dictionaries(st.sampled_from(["state", "school", "ratings", "by"]), JSON),
        "set": JSON | st.dictionaries(st.sampled_from(["", "state", "ratings/A1", "a/b/c"]), JSON),
        "base": JSON,
        "seen": JSON,
        "after": JSON,
    },
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(CHANGE, max_size=4, unique_by=lambda change: change["cid"]), part=JSON)
def test_whatever_arrives_is_answered_and_never_breaks_the_server(
    fuzzed: FlaskClient, world: World, changes: list[Any], part: Any
) -> None:
    body = request(world.lakeview.space, changes)
    body["spaces"][world.riverbend.space] = part
    answer = fuzzed.post(SYNC, data=json.dumps(body), content_type="application/json")
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        here = answer.json["spaces"][world.lakeview.space]
        assert here["results"].keys() == {change["cid"] for change in changes}
        assert all(v.get("problem", {"next": 1})["next"] for v in here["results"].values())


@pytest.fixture
def fuzzed(as_role: AsRole) -> FlaskClient:
    return as_role("observer")
