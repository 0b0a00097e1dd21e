"""Every door, tried by everybody, with their own ids and with those of others.

A new route without a line in DOORS fails; so does a line without its route.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from walkapp.database import reading
from walkapp.models import Grant

from . import district, tablet
from .district import LAKEVIEW, MARK, RIVERBEND, District, World

ANONYMOUS = "anonymous"
NEIGHBOURS = tuple(who for who in LAKEVIEW if who != "admin")  # of the admin's own district
STRANGERS = tuple(RIVERBEND)
EVERYBODY = (
    ANONYMOUS,
    *NEIGHBOURS,
    *STRANGERS,
    "admin",
)  # the admin last: some doors change things

# Who a door is for: everybody, whoever is signed in, or one person of LAKEVIEW by name.
OPEN, SIGNED_IN, ADMIN, LEAD = "open", "signed in", "admin", "lead"
PAGES = ("/admin", "/lead", "/rescue", "/notices", "/reports", "/mine")
MEMBERS = (*NEIGHBOURS, "admin")
OBSERVERS = ("observer", "coach", "principal", "other_principal", "lead")
FILE = "/api/v1/spaces/<space>/files/<sha256>"


@dataclass(frozen=True)
class Door:
    """Who may pass, and which answers are right for those who may."""

    who: str
    right: tuple[int, ...] = (200,)
    # What the ids in the address stand for: a name in World's districts.
    ids: dict[str, str] = field(default_factory=dict)
    # For whom it is as open as for the one it is for.
    also: tuple[str, ...] = ()


def page(**ids: str) -> Door:
    return Door(ADMIN, (200,), ids)


def form(**ids: str) -> Door:
    """An empty form is refused or does the one thing it is for."""
    return Door(ADMIN, (200, 303, 400, 409, 422), ids)


def report(right: tuple[int, ...] = (200,), **ids: str) -> Door:
    """For who leads the district, and for the desk of a school."""
    return Door(LEAD, right, ids, ("principal", "other_principal"))


DOORS: dict[tuple[str, str], Door] = {
    ("GET", "/"): Door(OPEN),
    ("GET", "/app/"): Door(OPEN),
    ("GET", "/sw.js"): Door(OPEN),
    ("GET", "/app/files"): Door(OPEN),
    ("GET", "/manifest.json"): Door(OPEN),
    ("GET", "/static/<path:name>"): Door(OPEN, (200,), {"name": "file"}),
    ("GET", "/app/static/<path:name>"): Door(OPEN, (200,), {"name": "file"}),
    ("GET", "/problems/<code>"): Door(OPEN, (200,), {"code": "code"}),
    ("GET", "/healthz"): Door(OPEN),
    ("GET", "/readyz"): Door(OPEN),
    ("GET", "/version"): Door(OPEN),
    ("GET", "/language/<code>"): Door(OPEN, (303,), {"code": "language"}),
    ("GET", "/sign-in"): Door(OPEN),
    ("POST", "/sign-in"): Door(OPEN, (401,)),
    ("POST", "/sign-out"): Door(OPEN, (303,)),
    ("GET", "/rescue/"): Door(OPEN),
    ("GET", "/rescue/import"): Door(SIGNED_IN),
    ("POST", "/rescue/import"): Door(SIGNED_IN, (422,)),
    ("POST", "/rescue/import/confirm"): Door(SIGNED_IN, (409,)),
    ("POST", "/api/v1/session"): Door(OPEN, (400,)),
    ("DELETE", "/api/v1/session"): Door(OPEN, (204,)),
    ("POST", "/api/v1/session/end"): Door(OPEN, (204,)),
    ("GET", "/api/v1/session"): Door(SIGNED_IN),
    ("POST", "/api/v1/sync"): Door(SIGNED_IN),
    ("GET", FILE): Door("observer", (404,), {"sha256": "hash"}, MEMBERS),
    ("POST", FILE): Door("observer", (400,), {"sha256": "hash"}, OBSERVERS),
    ("PATCH", FILE): Door("observer", (400,), {"sha256": "hash"}, OBSERVERS),
    # An unknown token looks the same to everybody; who holds a right one is let in by it.
    ("GET", "/invite/<token>"): Door(OPEN, (404,), {"token": "nothing"}),
    ("POST", "/invite/<token>"): Door(OPEN, (404,), {"token": "nothing"}),
    ("GET", "/admin/"): Door(SIGNED_IN, (200, 302, 403)),
    ("GET", "/admin/<space>/"): page(),
    ("POST", "/admin/<space>/policy"): form(),
    ("GET", "/admin/<space>/mail"): page(),
    ("POST", "/admin/<space>/mail"): form(),
    ("GET", "/admin/<space>/schools"): page(),
    ("POST", "/admin/<space>/schools"): form(),
    ("GET", "/admin/<space>/schools/<id>"): page(id="school"),
    ("POST", "/admin/<space>/schools/<id>"): form(id="school"),
    ("POST", "/admin/<space>/schools/<id>/archive"): form(id="school"),
    ("POST", "/admin/<space>/schools/<id>/no-visits"): form(id="school"),
    ("POST", "/admin/<space>/schools/<id>/no-visits/end"): form(id="school"),
    ("GET", "/admin/<space>/schools/<school>/rooms/new"): page(school="school"),
    ("POST", "/admin/<space>/schools/<school>/rooms/new"): form(school="school"),
    ("GET", "/admin/<space>/rooms/<id>"): page(id="room"),
    ("POST", "/admin/<space>/rooms/<id>"): form(id="room"),
    ("POST", "/admin/<space>/rooms/<id>/archive"): form(id="room"),
    ("POST", "/admin/<space>/rooms/<id>/no-visits"): form(id="room"),
    ("GET", "/admin/<space>/people"): page(),
    ("GET", "/admin/<space>/people/new"): page(),
    ("POST", "/admin/<space>/people/new"): form(),
    ("GET", "/admin/<space>/people/<id>"): page(id="person"),
    ("POST", "/admin/<space>/people/<id>"): form(id="person"),
    ("POST", "/admin/<space>/people/<id>/archive"): form(id="person"),
    ("POST", "/admin/<space>/people/<id>/link"): form(id="person"),
    ("POST", "/admin/<space>/people/<person>/roles"): form(person="person"),
    ("POST", "/admin/<space>/people/<person>/roles/<id>/end"): form(person="person", id="grant"),
    ("POST", "/admin/<space>/people/<person>/sign-ins/end"): form(person="person"),
    ("GET", "/admin/<space>/import"): page(),
    ("POST", "/admin/<space>/import"): form(),
    ("POST", "/admin/<space>/import/confirm"): form(),
    ("GET", "/admin/<space>/devices"): page(),
    ("GET", "/admin/<space>/audit"): page(),
    ("GET", "/notices/"): Door(SIGNED_IN),
    ("POST", "/notices/read"): Door(SIGNED_IN, (400,)),
    # A notice is one person's own: nobody else's is found, whoever asks.
    ("POST", "/notices/<space>/<id>"): Door("observer", (404,), {"id": "nothing"}, MEMBERS),
    ("GET", "/notices/mail"): Door(SIGNED_IN),
    ("POST", "/notices/mail"): Door(SIGNED_IN, (400,)),
    ("GET", "/reports/"): Door(SIGNED_IN, (200, 302, 403)),
    ("GET", "/reports/<space>"): report(),
    ("GET", "/reports/<space>/report.csv"): report(),
    ("GET", "/reports/<space>/report.xlsx"): report(),
    ("GET", "/reports/<space>/report.pdf"): report(),
    ("GET", "/reports/<space>/visits/<visit>"): report((404,), visit="nothing"),
    ("GET", "/lead/<space>/kept"): Door(LEAD),
    ("GET", "/lead/<space>/kept/<record>/<person>"): Door(
        LEAD, (404,), {"record": "nothing", "person": "person"}
    ),
    ("POST", "/lead/<space>/kept/<record>/<person>"): Door(
        LEAD, (400,), {"record": "nothing", "person": "person"}
    ),
}


DOORS |= {
    ("GET", "/mine/"): Door(SIGNED_IN),
    ("GET", "/mine/access"): Door(SIGNED_IN),
    ("GET", "/mine/<space>/archive.zip"): Door("observer", (200,), {}, MEMBERS),
    ("GET", "/mine/<space>/claims/new"): Door("teacher"),
    ("POST", "/mine/<space>/claims"): Door("teacher", (422,)),
    # What is not one's own is not found, whoever asks.
    ("POST", "/mine/<space>/claims/<id>/end"): Door("teacher", (404,), {"id": "nothing"}, MEMBERS),
    ("POST", "/mine/<space>/questions/<id>"): Door("observer", (400,), {"id": "nothing"}, MEMBERS),
    ("GET", "/mine/<space>/notes/<id>"): Door("teacher", (404,), {"id": "nothing"}, MEMBERS),
    ("POST", "/mine/<space>/notes/<id>/replies"): Door(
        "teacher", (404,), {"id": "nothing"}, MEMBERS
    ),
    ("POST", "/mine/<space>/replies/<id>"): Door("teacher", (404,), {"id": "nothing"}, MEMBERS),
    ("POST", "/admin/<space>/policy/room-reads"): form(),
    ("GET", "/admin/<space>/looked"): page(),
    ("GET", "/admin/<space>/retention"): page(),
    ("POST", "/admin/<space>/retention"): form(),
    ("POST", "/admin/<space>/retention/holds"): form(),
    ("POST", "/admin/<space>/retention/holds/<id>/end"): Door(ADMIN, (404,), {"id": "nothing"}),
    ("GET", "/lead/<space>/deletions"): Door(LEAD),
}


def routes(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield method, rule.rule


def test_every_door_has_a_line_in_the_table(app: Flask) -> None:
    assert set(routes(app)) == set(DOORS)


@pytest.fixture
def clients(
    app: Flask, world: World, as_role: Callable[[str], FlaskClient]
) -> dict[str, FlaskClient]:
    """A browser for everybody, signed in, with something to find in the other district."""
    made = {ANONYMOUS: district.browser(app)}
    made |= {who: as_role(who) for who in EVERYBODY[1:]}
    for number, client in enumerate(made.values()):
        client.environ_base["REMOTE_ADDR"] = f"10.0.0.{number}"
    plant(made["other_observer"], world.riverbend)
    return made


def plant(client: FlaskClient, away: District) -> None:
    """An observation of the other district in which every text carries the mark."""
    rubric = tablet.rubric_in(tablet.send(client, away.space))
    evidence = {str(uuid4()): {"text": f"{MARK} said", "at": tablet.AT, "chip": "said",
                               "indicators": []}}  # fmt: skip
    changes = tablet.quick_visit(
        away, "other_observer", rubric, state="submitted", focus=f"{MARK} focus", evidence=evidence
    )
    results = tablet.send(client, away.space, *changes)["results"].values()
    assert {result["verdict"] for result in results} == {"ok"}


def ids_of(app: Flask, home: District, who: str) -> dict[str, str]:
    with app.app_context(), reading() as session:
        grant = session.query(Grant).filter_by(space=home.space, person=home.people[who]).one()
    return {"school": home.schools["oak"], "room": home.rooms["oak"], "person": home.people[who],
            "grant": grant.id}  # fmt: skip


STATIC = {
    "file": "css/app.css", "code": "busy", "language": "es", "nothing": "not-a-token",
    "hash": "0" * 64,
}  # fmt: skip


def nothing_there() -> dict[str, str]:
    return {name: str(uuid4()) for name in ("school", "room", "person", "grant")}


def call(
    client: FlaskClient, door: tuple[str, str], space: str, ids: dict[str, str]
) -> TestResponse:
    method, rule = door
    values = {name: (ids | STATIC)[what] for name, what in DOORS[door].ids.items()}
    path = address(rule, values | {"space": space})
    if "/files/" in path:
        kind = None if method == "GET" else "application/octet-stream"
        return client.open(path, method=method, content_type=kind)
    if path.startswith("/api/"):
        body = tablet.request(space, ()) if path.endswith("/sync") else {}
        return client.open(path, method=method, json=None if method == "GET" else body)
    return client.open(path, method=method, data=None if method == "GET" else {},
                       headers={"Accept": "text/html"})  # fmt: skip


def address(rule: str, values: dict[str, str]) -> str:
    bound = Rule(rule, endpoint="x")
    for name, value in values.items():
        rule = rule.replace(f"<path:{name}>", value).replace(f"<{name}>", value)
    assert "<" not in rule, bound.arguments
    return rule


def expected(door: tuple[str, str], who: str) -> tuple[int, ...]:
    """What somebody hears at a door of Lakeview, with ids of Lakeview."""
    guarded = DOORS[door].who
    if guarded == OPEN or (guarded == SIGNED_IN and who != ANONYMOUS):
        return DOORS[door].right
    if who == ANONYMOUS:
        is_page = door[1].startswith(PAGES) and door[0] == "GET"
        return (303,) if is_page else (401,)
    if who in STRANGERS:
        return (404,)
    return DOORS[door].right if who in (guarded, *DOORS[door].also) else (403,)


@pytest.mark.parametrize("door", DOORS, ids=" ".join)
def test_everybody_hears_what_the_table_says_and_nothing_of_the_others(
    app: Flask, world: World, clients: dict[str, FlaskClient], door: tuple[str, str]
) -> None:
    ids = ids_of(app, world.lakeview, "coach")
    for who in EVERYBODY:
        answer = call(clients[who], door, world.lakeview.space, ids)
        assert answer.status_code in expected(door, who), (who, answer.status_code)
        assert (MARK.encode() in answer.data) <= (who in STRANGERS), who
        if answer.status_code == 303 and who == ANONYMOUS and door[1].startswith(PAGES):
            assert answer.headers["Location"].partition("?")[0] == "/sign-in"


@pytest.mark.parametrize("door", [door for door in DOORS if "<space>" in door[1]], ids=" ".join)
def test_another_district_looks_like_one_that_is_not_there(
    app: Flask, world: World, clients: dict[str, FlaskClient], door: tuple[str, str]
) -> None:
    theirs = ids_of(app, world.riverbend, "other_observer")
    for who in (ANONYMOUS, *NEIGHBOURS, "admin"):
        foreign = call(clients[who], door, world.riverbend.space, theirs)
        missing = call(clients[who], door, str(uuid4()), nothing_there())
        assert told(foreign) == told(missing), who
        assert foreign.status_code == 404 or who == ANONYMOUS


@pytest.mark.parametrize(
    "door", [door for door in DOORS if "<space>" in door[1] and DOORS[door].ids], ids=" ".join
)
def test_things_of_another_district_look_like_things_that_are_not_there(
    app: Flask, world: World, clients: dict[str, FlaskClient], door: tuple[str, str]
) -> None:
    theirs = ids_of(app, world.riverbend, "other_observer")
    keeper = clients[DOORS[door].who]
    foreign = call(keeper, door, world.lakeview.space, theirs)
    missing = call(keeper, door, world.lakeview.space, nothing_there())
    assert told(foreign) == told(missing)
    assert foreign.status_code in (400, 404, 422)
    if "grant" in DOORS[door].ids.values():  # one's own person, another's role
        mixed = ids_of(app, world.lakeview, "coach") | {"grant": theirs["grant"]}
        assert call(keeper, door, world.lakeview.space, mixed).status_code == 404


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who not in STRANGERS])
def test_no_request_for_another_districts_records_brings_anything_of_it(
    world: World, clients: dict[str, FlaskClient], who: str
) -> None:
    client, away = clients[who], world.riverbend
    known = [*away.schools.values(), *away.rooms.values(), *away.people.values()]
    body = tablet.request(away.space, (), want=known)
    body["spaces"] |= tablet.request(world.lakeview.space, (), want=known)["spaces"]
    for thin in (False, True):
        for part in body["spaces"].values():
            part["thin"] = thin
        answer = client.post(tablet.SYNC, json=body)
        assert MARK not in answer.text
        assert not [id for id in known if id in answer.text]


def told(answer: TestResponse) -> tuple[int, str, list[tuple[str, str]]]:
    """All that an answer tells, without what differs from request to request: its number, and the
    address that was asked, to which the choice of a language comes back."""
    number, asked = answer.headers.get("X-Request-Id", ""), answer.request.path
    headers = [(k, v) for k, v in answer.headers if k not in ("X-Request-Id", "Content-Length")]
    text = answer.text.replace(number, "").replace(asked, "")
    return answer.status_code, text, sorted(headers)
