"""Photos over HTTP: who may send, who may look, and what each of the others hears."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.walkapp.files import pictures
from walkapp import create_app
from walkapp.config import Config
from walkapp.database import writing
from walkapp.files.limits import MOST_CHUNK_BYTES
from walkapp.models import Grant, db

from . import district, tablet
from .district import MARK, District, World

PHOTO = pictures.talkative()
SHA = pictures.name_of(PHOTO)
CHUNK = 256 * 1024
SignIn = Callable[[str], FlaskClient]


def address(space: str, sha: str = SHA) -> str:
    return f"/api/v1/spaces/{space}/files/{sha}"


def post(
    client: FlaskClient, space: str, data: bytes, offset: int = 0, sha: str = "", **more: Any
) -> TestResponse:
    headers = {"Upload-Offset": str(offset), "Upload-Length": str(len(data)),
               "Content-Type": "application/octet-stream"}  # fmt: skip
    return client.open(
        address(space, sha or pictures.name_of(data)), method=more.get("method", "POST"),
        data=data[offset : offset + more.get("size", CHUNK)],
        headers=headers | more.get("headers", {}),
    )  # fmt: skip


def write_down(client: FlaskClient, home: District, who: str, **body: Any) -> str:
    """An observation that lists the photo; its id."""
    return written(client, home, who, **body)["id"]  # type: ignore[no-any-return]


def written(client: FlaskClient, home: District, who: str, **body: Any) -> dict[str, Any]:
    rubric = tablet.rubric_in(tablet.send(client, home.space))
    line = {"at": tablet.AT, "width": 80, "height": 40, "bytes": len(PHOTO), "alt": "A wall."}
    changes = tablet.quick_visit(home, who, rubric, **{"photos": {SHA: line}, **body})
    results = tablet.send(client, home.space, *changes)["results"]
    assert {result["verdict"] for result in results.values()} == {"ok"}
    return changes[-1]


def look(client: FlaskClient, space: str, record: str, sha: str = SHA) -> TestResponse:
    return client.get(address(space, sha), query_string={"record": record})


def told(answer: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Every byte and header, without what differs from request to request."""
    number = answer.headers["X-Request-Id"]
    headers = [(k, v) for k, v in answer.headers if k != "X-Request-Id"]
    return answer.status_code, answer.data.replace(number.encode(), b""), headers


@pytest.fixture
def home(world: World) -> District:
    return world.lakeview


@pytest.fixture
def observer(as_role: SignIn) -> FlaskClient:
    return as_role("observer")


def test_a_photo_goes_from_the_first_question_to_its_receipt(
    observer: FlaskClient, home: District
) -> None:
    data = pictures.large()
    asked = observer.head(address(home.space, pictures.name_of(data)))
    assert (asked.status_code, asked.headers["Upload-Offset"]) == (200, "0")
    assert "Upload-Length" not in asked.headers and "Upload-Complete" not in asked.headers
    first = post(observer, home.space, data)
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, str(CHUNK))
    asked = observer.head(address(home.space, pictures.name_of(data)))
    assert asked.headers["Upload-Offset"] == str(CHUNK)
    assert asked.headers["Upload-Length"] == str(len(data))
    offset = CHUNK
    while offset < len(data):
        answer = post(observer, home.space, data, offset, method="PATCH")
        offset = int(answer.headers["Upload-Offset"])
    receipt = answer.json["receipt"]  # type: ignore[index]
    assert (receipt["sha256"], receipt["bytes"]) == (pictures.name_of(data), len(data))
    assert set(receipt["kept"]) == {"sha256", "bytes", "width", "height", "type"}
    asked = observer.head(address(home.space, pictures.name_of(data)))
    assert (asked.headers["Upload-Complete"], asked.headers["Upload-Offset"]) == ("?1", str(offset))
    again = post(observer, home.space, data, len(data))
    assert (again.status_code, again.json) == (200, answer.json)


def test_a_piece_at_the_wrong_place_hears_the_right_one(
    observer: FlaskClient, home: District
) -> None:
    data = pictures.large()
    post(observer, home.space, data)
    answer = post(observer, home.space, data)
    assert (answer.status_code, answer.json["code"]) == (409, "wrong-offset")  # type: ignore[index]
    assert answer.headers["Upload-Offset"] == str(CHUNK)


def test_the_picture_is_shown_as_a_picture_and_as_nothing_else(
    observer: FlaskClient, home: District
) -> None:
    post(observer, home.space, PHOTO)
    shown = look(observer, home.space, write_down(observer, home, "observer"))
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    assert pictures.MARKER not in shown.data and shown.data.startswith(b"\xff\xd8")
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": 'inline; filename="photo.jpg"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
    assert {name: shown.headers[name] for name in wanted} == wanted


def test_the_picture_that_is_shown_is_the_one_of_the_receipt(
    observer: FlaskClient, home: District
) -> None:
    kept = post(observer, home.space, PHOTO).json["receipt"]["kept"]  # type: ignore[index]
    shown = look(observer, home.space, write_down(observer, home, "observer"))
    assert (sha256(shown.data).hexdigest(), len(shown.data)) == (kept["sha256"], kept["bytes"])


def test_a_picture_follows_its_observation_to_the_desk_and_back(
    observer: FlaskClient, as_role: SignIn, home: District
) -> None:
    post(observer, home.space, PHOTO)
    draft = write_down(observer, home, "observer")
    given = write_down(observer, home, "observer", state="submitted")
    desk, elsewhere = as_role("principal"), as_role("other_principal")
    assert [look(desk, home.space, each).status_code for each in (draft, given)] == [404, 200]
    assert [look(elsewhere, home.space, each).status_code for each in (draft, given)] == [404, 404]
    assert look(as_role("admin"), home.space, given).status_code == 404


def test_a_hidden_picture_cannot_be_told_from_one_that_is_not_there(
    observer: FlaskClient, as_role: SignIn, home: District
) -> None:
    post(observer, home.space, PHOTO)
    draft = write_down(observer, home, "observer")
    own = write_down(as_role("coach"), home, "coach", photos={})
    coach = as_role("coach")
    answers = {
        "hidden record": look(coach, home.space, draft),
        "no such record": look(coach, home.space, str(uuid4())),
        "no record named": coach.get(address(home.space)),
        "not of this record": look(coach, home.space, own),
        "no such file": look(coach, home.space, draft, "0" * 64),
        "no hash": look(coach, home.space, draft, "x" * 64),
        "no such district": look(coach, str(uuid4()), draft),
    }
    assert {name: told(each) for name, each in answers.items()} == dict.fromkeys(
        answers, told(answers["no such file"])
    )
    assert answers["hidden record"].status_code == 404


def test_a_hash_that_was_once_seen_is_not_a_key(
    observer: FlaskClient, as_role: SignIn, home: District
) -> None:
    """Who writes it into a record of their own still has to have held the bytes."""
    post(observer, home.space, PHOTO)
    coach = as_role("coach")
    own = write_down(coach, home, "coach")
    assert look(coach, home.space, own).status_code == 404
    assert coach.head(address(home.space)).headers["Upload-Offset"] == "0"
    post(coach, home.space, PHOTO)
    assert look(coach, home.space, own).status_code == 200


def test_a_photo_copied_into_another_visit_of_its_observer_is_shown_there_too(
    observer: FlaskClient, as_role: SignIn, home: District
) -> None:
    """Two visits that were begun as one are brought together; the bytes were sent once."""
    post(observer, home.space, PHOTO)
    later = written(observer, home, "observer")
    first = written(observer, home, "observer", photos={})
    line = later["new"]["photos"][SHA]
    tablet.send(observer, home.space, tablet.edit(first, {f"photos/{SHA}": line}))
    for each in (first, later):
        assert look(observer, home.space, each["id"]).status_code == 200
    tablet.send(observer, home.space, tablet.edit(first, {"state": "submitted"}))
    desk = as_role("principal")
    shown = [look(desk, home.space, each["id"]).status_code for each in (first, later)]
    assert shown == [200, 404]


def test_a_photo_taken_out_of_its_record_or_removed_with_it_is_not_shown(
    observer: FlaskClient, home: District
) -> None:
    post(observer, home.space, PHOTO)
    change = written(observer, home, "observer")
    assert look(observer, home.space, change["id"]).status_code == 200
    tablet.send(observer, home.space, tablet.edit(change, {f"photos/{SHA}": None}))
    assert look(observer, home.space, change["id"]).status_code == 404
    other = written(observer, home, "observer")
    tablet.send(observer, home.space, tablet.edit(other, {"": None}))
    assert look(observer, home.space, other["id"]).status_code == 404


def test_right_that_is_over_shows_nothing_any_more(
    app: Flask, observer: FlaskClient, as_role: SignIn, home: District
) -> None:
    post(observer, home.space, PHOTO)
    given, desk = write_down(observer, home, "observer", state="submitted"), as_role("principal")
    assert look(desk, home.space, given).status_code == 200
    end_roles(app, home, "principal")
    assert look(desk, home.space, given).status_code == 404


def end_roles(app: Flask, home: District, who: str) -> None:
    with app.app_context(), writing() as session:
        for grant in session.query(Grant).filter_by(space=home.space, person=home.people[who]):
            grant.ends_at = 1


def test_who_observed_may_still_send_the_photos_of_work_that_is_kept(
    app: Flask, observer: FlaskClient, home: District
) -> None:
    end_roles(app, home, "observer")
    assert post(observer, home.space, PHOTO).status_code == 200


@pytest.mark.parametrize("who", ["teacher", "guest", "auditor", "admin", "nobody"])
def test_who_does_not_observe_sends_nothing(as_role: SignIn, home: District, who: str) -> None:
    client = as_role(who)
    answer = post(client, home.space, PHOTO)
    assert (answer.status_code, answer.json["code"]) == (403, "photos-not-yours")  # type: ignore[index]
    assert client.head(address(home.space)).status_code == 403


@pytest.mark.parametrize("method", ["HEAD", "GET", "POST", "PATCH"])
def test_another_district_looks_like_one_that_is_not_there(
    world: World, as_role: SignIn, observer: FlaskClient, method: str
) -> None:
    away, stranger = world.riverbend, as_role("other_observer")
    post(stranger, away.space, PHOTO)
    theirs = write_down(stranger, away, "other_observer", state="submitted", focus=MARK)
    answers = [
        observer.open(
            address(space), method=method, data=PHOTO, query_string={"record": theirs},
            headers={"Upload-Offset": "0", "Upload-Length": str(len(PHOTO)),
                     "Content-Type": "application/octet-stream"},
        )
        for space in (away.space, str(uuid4()))
    ]  # fmt: skip
    assert told(answers[0]) == told(answers[1])
    assert answers[0].status_code == 404
    assert look(stranger, away.space, theirs).status_code == 200


def test_a_record_of_another_district_opens_no_file_here(
    world: World, as_role: SignIn, observer: FlaskClient
) -> None:
    home, away, stranger = world.lakeview, world.riverbend, as_role("other_observer")
    post(observer, home.space, PHOTO)
    post(stranger, away.space, PHOTO)
    mine = write_down(observer, home, "observer")
    theirs = write_down(stranger, away, "other_observer")
    assert look(observer, home.space, mine).status_code == 200
    assert look(observer, home.space, theirs).status_code == 404
    assert look(stranger, home.space, mine).status_code == 404


@pytest.mark.parametrize("method", ["HEAD", "GET", "POST", "PATCH"])
def test_whoever_is_not_signed_in_is_told_so(
    client: FlaskClient, home: District, method: str
) -> None:
    headers = {"Content-Type": "application/octet-stream"}
    assert client.open(address(home.space), method=method, headers=headers).status_code == 401


@pytest.mark.parametrize("kind", ["application/json", "image/jpeg", "text/plain", ""])
def test_only_plain_bytes_are_read_here(observer: FlaskClient, home: District, kind: str) -> None:
    answer = post(observer, home.space, PHOTO, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json["code"]) == (415, "bytes-only")  # type: ignore[index]


def test_bytes_are_read_nowhere_else(observer: FlaskClient) -> None:
    headers = {"Content-Type": "application/octet-stream"}
    answer = observer.post("/api/v1/sync", data=b"{}", headers=headers)
    assert (answer.status_code, answer.json["code"]) == (415, "json-only")  # type: ignore[index]


def test_other_sites_cannot_send_a_photo(observer: FlaskClient, home: District) -> None:
    answer = post(observer, home.space, PHOTO, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.json["code"]) == (403, "cross-site")  # type: ignore[index]


@pytest.mark.parametrize("offset", ["", "-1", "1.5", "0x10", "9" * 13, "nothing"])
def test_an_offset_that_is_no_number_is_refused(
    observer: FlaskClient, home: District, offset: str
) -> None:
    answer = post(observer, home.space, PHOTO, headers={"Upload-Offset": offset})
    assert answer.status_code == 400


def test_a_piece_that_is_too_large_is_refused(observer: FlaskClient, home: District) -> None:
    data = bytes(MOST_CHUNK_BYTES + 1)
    answer = post(observer, home.space, data, size=len(data))
    assert (answer.status_code, answer.json["code"]) == (413, "too-large")  # type: ignore[index]


def test_packed_bytes_are_refused(observer: FlaskClient, home: District) -> None:
    assert (
        post(observer, home.space, PHOTO, headers={"Content-Encoding": "gzip"}).status_code == 415
    )


@pytest.mark.parametrize(
    "sha", ["..%2f..%2fsecret", "A" * 64, "a" * 63, "a" * 64 + "%00", "%2e%2e"]
)
def test_no_address_leads_out_of_the_folder(
    observer: FlaskClient, home: District, config: Config, sha: str
) -> None:
    assert post(observer, home.space, PHOTO, sha=sha).status_code in (404, 415)
    assert observer.get(address(home.space, sha)).status_code == 404
    assert not (config.home / "files").exists()


def test_a_full_disk_is_507_and_the_photo_goes_when_there_is_room(
    observer: FlaskClient, home: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        full.setattr("walkapp.files.uploads.LEAST_FREE_BYTES", 10**18)
        answer = post(observer, home.space, PHOTO)
        assert (answer.status_code, answer.json["code"]) == (507, "disk-full")  # type: ignore[index]
        assert "stays on this tablet" in answer.json["next"]  # type: ignore[index]
    assert post(observer, home.space, PHOTO).status_code == 200


def test_a_disk_that_fills_up_in_the_middle_is_507_too(
    observer: FlaskClient, home: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as filling:
        filling.setattr("walkapp.files.parts.os.fsync", full)
        assert post(observer, home.space, PHOTO).status_code == 507
    assert post(observer, home.space, PHOTO).status_code == 200


def test_a_full_database_is_507_for_words_as_well(
    app: Flask, observer: FlaskClient, home: District
) -> None:
    rubric = tablet.rubric_in(tablet.send(observer, home.space))
    changes = tablet.quick_visit(home, "observer", rubric, focus="f" * 100_000)
    with app.app_context(), db.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    from sqlalchemy import event

    def limit(connection: Any, *_: Any) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}").close()

    with app.app_context():
        db.engine.dispose()
        event.listen(db.engine, "connect", limit)
        answer = observer.post(tablet.SYNC, json=tablet.request(home.space, changes))
        event.remove(db.engine, "connect", limit)
        db.engine.dispose()
    assert (answer.status_code, answer.json["code"]) == (507, "disk-full")  # type: ignore[index]
    verdicts = tablet.send(observer, home.space, *changes)["results"].values()
    assert {each["verdict"] for each in verdicts} == {"ok"}


def test_two_workers_share_one_upload(
    app: Flask, config: Config, world: World, home: District, as_role: SignIn
) -> None:
    observer = as_role("observer")
    other = create_app(replace(config))
    second = district.browser(other)
    cookie = observer.get_cookie("walkapp")
    assert cookie is not None
    second.set_cookie("walkapp", cookie.value)
    data, offset, turn = pictures.large(), 0, 0
    while offset < len(data):
        answer = post((observer, second)[turn % 2], home.space, data, offset)
        offset, turn = int(answer.headers["Upload-Offset"]), turn + 1
    assert turn > 3 and answer.json["receipt"]  # type: ignore[index]
    with other.app_context():
        db.engine.dispose()
