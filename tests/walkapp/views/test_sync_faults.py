"""What changes on the server while a tablet is away, and what two tablets do at the same time."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from walkapp import clock, organisation
from walkapp.database import reading, writing
from walkapp.models import Grant
from walkapp.models import Session as SignInRow

from . import tablet
from .district import District, World
from .tablet import SYNC, edit, new, quick_visit, request, rubric_in, send

AsRole = Callable[[str], FlaskClient]
DAY_MS = 24 * 3_600_000
ACCEPTED = {"ok", "merged"}


def verdicts(answer: dict[str, Any], changes: list[dict[str, Any]]) -> list[str]:
    return [answer["results"][change["cid"]]["verdict"] for change in changes]


def rows(answer: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    return {row[1]: row[3] for row in answer["rows"] if row[2] == kind}


def body(reader: FlaskClient, home: District, change: dict[str, Any]) -> dict[str, Any]:
    return rows(send(reader, home.space), change["kind"])[change["id"]]


# ---- school, room and person are put away while a walk there is on a tablet without network ----


@pytest.mark.parametrize("what", ["school", "room"])
def test_a_walk_at_a_place_that_was_archived_meanwhile_is_taken(
    app: Flask, as_role: AsRole, world: World, what: str
) -> None:
    okoye, home = as_role("observer"), world.lakeview
    changes = quick_visit(home, "observer", rubric_in(send(okoye, home.space)))
    with app.app_context(), writing() as session:
        by = organisation.SERVICE
        if what == "school":
            school = home.schools["oak"]
            organisation.change_school(session, home.space, by, school, archived=True)
        else:
            organisation.change_room(session, home.space, by, home.rooms["oak"], archived=True)
    assert verdicts(send(okoye, home.space, *changes), changes) == ["ok"] * 4
    given = edit(changes[-1], {"state": "submitted"})
    assert set(verdicts(send(okoye, home.space, given), [given])) <= ACCEPTED
    # Whoever reads it is told what its place is called, and that it is archived.
    there = send(as_role("principal"), home.space)
    place = home.schools["oak"] if what == "school" else home.rooms["oak"]
    assert changes[-1]["id"] in rows(there, "observation")
    assert rows(there, what)[place]["archived"] is True


def test_work_of_somebody_who_was_archived_meanwhile_is_kept_for_the_lead(
    app: Flask, as_role: AsRole, world: World
) -> None:
    okoye, home = as_role("observer"), world.lakeview
    changes = quick_visit(home, "observer", rubric_in(send(okoye, home.space)))
    # The role began a while ago, as roles do: within one moment there was no right at all.
    with app.app_context(), writing() as session:
        session.query(Grant).filter_by(person=home.people["observer"]).one().starts_at = None
        organisation.change_person(
            session, home.space, organisation.SERVICE, home.people["observer"], archived=True
        )
    answer = send(okoye, home.space, *changes)
    assert verdicts(answer, changes) == ["held"] * 4
    assert not rows(answer, "observation")


# ---- two observers, two tablets, one tablet twice ----


def test_the_same_visit_begun_by_two_observers_is_kept_twice(as_role: AsRole, world: World) -> None:
    home = world.lakeview
    okoye, brandt = as_role("observer"), as_role("coach")
    rubric = rubric_in(send(okoye, home.space))
    hers, his = quick_visit(home, "observer", rubric), quick_visit(home, "coach", rubric)
    for change in (*hers[1:], *his[1:]):
        change["new"]["walk"] = hers[0]["id"]  # the same walk, the same room, the same number
    assert verdicts(send(okoye, home.space, *hers), hers) == ["ok"] * 4
    assert verdicts(send(brandt, home.space, *his), his) == ["ok"] * 4
    for observer, change in ((okoye, hers), (brandt, his)):
        given = edit(change[-1], {"state": "submitted"})
        assert set(verdicts(send(observer, home.space, given), [given])) <= ACCEPTED
    read = send(as_role("principal"), home.space)
    assert {hers[-1]["id"], his[-1]["id"]} <= rows(read, "observation").keys()
    # Who visited which room is for the visitor alone, so each of them sees one visit of theirs.
    assert hers[1]["id"] in rows(send(okoye, home.space), "visit")
    assert his[1]["id"] in rows(send(brandt, home.space), "visit")


def begun_twice(okoye: FlaskClient, home: District) -> tuple[dict[str, Any], dict[str, Any]]:
    """One visit of one observer, begun on two tablets that did not know of each other."""
    first = quick_visit(home, "observer", rubric_in(send(okoye, home.space)))
    assert verdicts(send(okoye, home.space, *first), first) == ["ok"] * 4
    later = new("observation", dict(first[-1]["new"]))
    assert verdicts(send(okoye, home.space, later), [later]) == ["ok"]
    return first[-1], later


def joining(first: dict[str, Any], later: dict[str, Any]) -> list[dict[str, Any]]:
    """What a tablet sends: the copies, and what is only done where those were taken."""
    copied = edit(first, {f"evidence/{uuid4()}": note("Two teams waited.")})
    return [copied, edit(later, {"same_as": first["id"]}) | {"after": copied["cid"]}]


def test_a_visit_begun_on_two_tablets_is_kept_twice_and_given_once(
    as_role: AsRole, world: World
) -> None:
    okoye, home = as_role("observer"), world.lakeview
    first, later = begun_twice(okoye, home)
    assert {first["id"], later["id"]} <= rows(send(okoye, home.space), "observation").keys()
    for _ in ("on one tablet", "and on the other, which had not heard of it"):
        changes = joining(first, later)
        assert set(verdicts(send(okoye, home.space, *changes), changes)) <= ACCEPTED
    given, twice = (edit(one, {"state": "submitted"}) for one in (first, later))
    answer = send(okoye, home.space, given, twice)
    assert verdicts(answer, [given])[0] in ACCEPTED
    assert answer["results"][twice["cid"]]["problem"]["code"] == "observation-joined"
    read = rows(send(as_role("principal"), home.space), "observation")
    assert first["id"] in read and later["id"] not in read


def test_a_visit_is_not_put_away_under_one_that_was_given_meanwhile(
    as_role: AsRole, world: World
) -> None:
    okoye, home = as_role("observer"), world.lakeview
    first, later = begun_twice(okoye, home)
    send(okoye, home.space, edit(first, {"state": "submitted"}))
    changes = joining(first, later)
    answer = send(okoye, home.space, *changes)
    codes = [answer["results"][change["cid"]]["problem"]["code"] for change in changes]
    assert codes == ["observation-given", "needs-earlier-change"]
    assert "same_as" not in body(okoye, home, later)


def test_two_tablets_under_one_device_id_both_keep_what_they_wrote(
    as_role: AsRole, world: World
) -> None:
    original, home = as_role("observer"), world.lakeview
    changes = quick_visit(home, "observer", rubric_in(send(original, home.space)))
    send(original, home.space, *changes)
    heard = send(original, home.space)
    since = {"known": heard["at"], "cursor": heard["cursor"]}
    # From here on there are two of it: one cookie, one device, one place in the feed.
    notes = [
        edit(changes[-1], {f"evidence/{uuid4()}": note(words)}) | {"base": 4, "seen": []}
        for words in ("Two teams waited.", "Nobody raised a hand.")
    ]
    ratings = [
        edit(changes[-1], {"ratings/TE1": {"value": value}}) | {"base": 4, "seen": []}
        for value in (2, 3)
    ]
    for one in (0, 1):
        answer = send(original, home.space, notes[one], ratings[one], **since)
        assert set(verdicts(answer, [notes[one], ratings[one]])) <= ACCEPTED
    now = body(original, home, changes[-1])
    said = sorted(line["text"] for line in now["evidence"].values())
    assert said == ["Nobody raised a hand.", "Two teams waited."]
    # The second had not seen the first rating: one stands, the other is kept beside for a choice.
    assert sorted(value_of(one) for one in [now["ratings"]["TE1"], *now["also"].values()]) == [2, 3]


def note(words: str) -> dict[str, Any]:
    return {"text": words, "at": tablet.AT, "chip": "saw", "indicators": []}


def value_of(rating: dict[str, Any]) -> int:
    return int(rating["value"])


# ---- the server's clock ----


def test_a_server_clock_set_back_a_day_changes_no_order_and_ends_no_sign_in(
    app: Flask, as_role: AsRole, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    okoye, home = as_role("observer"), world.lakeview
    changes = quick_visit(home, "observer", rubric_in(send(okoye, home.space)))
    before = send(okoye, home.space, *changes)
    yesterday = SimpleNamespace(time_ns=lambda: (now - DAY_MS) * 1_000_000)
    now = clock.now_ms()
    monkeypatch.setattr(clock, "time", yesterday)
    later = [edit(changes[-1], {"focus": "Who does the thinking?"}),
             edit(changes[-1], {"focus": "Who does the talking?"})]  # fmt: skip
    later[1]["seen"] = [later[0]["cid"]]
    results = send(okoye, home.space, *later)["results"]
    seqs = [results[change["cid"]]["seq"] for change in later]
    assert seqs == sorted(seqs) and seqs[0] > int(before["at"].split(".")[0])
    assert body(okoye, home, changes[-1])["focus"] == "Who does the talking?"
    assert okoye.get("/api/v1/session").status_code == 200
    # Sending again what was taken under the other date is still sending twice.
    assert send(okoye, home.space, *changes)["results"] == before["results"]
    with app.app_context(), reading() as session:
        assert all(row.ended_at is None for row in session.query(SignInRow).all())


# ---- claiming what one may not say ----

CLAIMS: list[tuple[str, dict[str, Any], str]] = [
    ("of the change", {"owner": "me"}, "unknown-field"),
    ("of the change", {"author": "me"}, "unknown-field"),
    ("of the change", {"seq": 1}, "unknown-field"),
    ("of the change", {"space": "me"}, "unknown-field"),
    ("of the change", {"verdict": "ok"}, "unknown-field"),
    ("of the record", {"role": "admin"}, "unknown-field"),
    ("of the record", {"district_id": "x"}, "unknown-field"),
    ("of the record", {"author": "me"}, "unknown-field"),
    ("of the record", {"owner": "me"}, "unknown-field"),
    ("of the record", {"observer": "principal"}, "not-yours"),
    ("of the record", {"state": "released"}, "wrong-state"),
    ("of the record", {"also": {"focus~0": "x"}}, "not-yours"),
]


@pytest.mark.parametrize(("where", "claim", "code"), CLAIMS, ids=lambda one: str(one)[:24])
def test_nobody_gives_themselves_a_role_another_name_or_a_place_in_the_log(
    as_role: AsRole, world: World, where: str, claim: dict[str, Any], code: str
) -> None:
    okoye, home = as_role("observer"), world.lakeview
    *others, honest = quick_visit(home, "observer", rubric_in(send(okoye, home.space)))
    people = {"principal": home.people["principal"], "me": home.people["observer"]}
    claim = {name: people.get(value, value) if isinstance(value, str) else value
             for name, value in claim.items()}  # fmt: skip
    forged = new("observation", honest["new"])
    if where == "of the change":
        forged |= claim
    else:
        forged["new"] = honest["new"] | claim
    answer = send(okoye, home.space, *others, forged, honest)
    assert verdicts(answer, [*others, honest]) == ["ok"] * 4
    told = answer["results"][forged["cid"]]
    assert told["verdict"] == "refused" and told["problem"]["title"], told
    assert told["problem"]["code"] == code
    assert forged["id"] not in rows(send(okoye, home.space), "observation")


@pytest.mark.parametrize("kind", ["person", "school", "room", "rubric", "rubric_words"])
def test_nobody_writes_what_only_the_service_writes(
    as_role: AsRole, world: World, kind: str
) -> None:
    okoye, home = as_role("observer"), world.lakeview
    there = next(iter(rows(send(okoye, home.space), kind).items()))
    begun = new(kind, there[1])
    changed = {"cid": str(uuid4()), "kind": kind, "id": there[0], "at": tablet.AT,
               "base": 10**6, "set": {"name": "Mine now"}}  # fmt: skip
    answer = send(okoye, home.space, begun, changed)
    assert verdicts(answer, [begun, changed]) == ["refused"] * 2
    assert rows(send(okoye, home.space), kind)[there[0]] == there[1]


# ---- networks that take headers away ----


def test_without_sec_fetch_headers_the_origin_decides(
    app: Flask, as_role: AsRole, world: World
) -> None:
    okoye, home = as_role("observer"), world.lakeview
    changes = quick_visit(home, "observer", rubric_in(send(okoye, home.space)))
    del okoye.environ_base["HTTP_SEC_FETCH_SITE"]
    sent = request(home.space, changes)
    assert okoye.post(SYNC, json=sent).status_code == 403
    elsewhere = okoye.post(SYNC, json=sent, headers={"Origin": "http://evil.example"})
    assert elsewhere.status_code == 403 and elsewhere.json["code"] == "cross-site"
    answer = okoye.post(SYNC, json=sent, headers={"Origin": "http://localhost"})
    assert verdicts(answer.json["spaces"][home.space], changes) == ["ok"] * 4


def test_a_network_that_lets_only_get_and_post_through_can_sign_out(as_role: AsRole) -> None:
    okoye = as_role("observer")
    assert okoye.post("/api/v1/session/end", json={}).status_code < 300
    assert okoye.get("/api/v1/session").status_code == 401


# ---- more than fits into memory ----


def test_a_large_district_comes_in_pages_of_few_bytes_and_whole(
    app: Flask, as_role: AsRole, world: World
) -> None:
    okoye, home = as_role("observer"), world.lakeview
    rubric = rubric_in(send(okoye, home.space))
    visits = [large_visit(home, rubric) for _ in range(LARGE)]
    for start in range(0, LARGE, 8):
        some = [change for visit in visits[start : start + 8] for change in visit]
        assert set(verdicts(send(okoye, home.space, *some), some)) == {"ok"}
    got: dict[str, int] = {}
    place: dict[str, Any] = {"known": None, "cursor": None}
    sizes, more = [], True
    while more:
        sent = {**request(home.space, (), **place), "schema": 2}
        told = okoye.post(SYNC, json=sent)
        sizes.append(len(told.data))
        answer = told.json["spaces"][home.space]
        got |= {row[1]: row[0] for row in answer["rows"]}
        place, more = {"known": answer["at"], "cursor": answer["cursor"]}, answer["more"]
    assert {change["id"] for visit in visits for change in visit} <= got.keys()
    assert sum(sizes) > LARGE * LARGE_BYTES and max(sizes) < LARGEST_ANSWER


LARGE, LARGE_BYTES, LARGEST_ANSWER = 64, 60_000, 700_000


def large_visit(home: District, rubric: str) -> list[dict[str, Any]]:
    lines = {str(uuid4()): note("Students explain how they know. " * 60) for _ in range(32)}
    return quick_visit(home, "observer", rubric, evidence=lines)
