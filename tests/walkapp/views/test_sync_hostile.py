"""Whatever arrives as a sync request: an answer with words in it, and nothing of it half done."""

import copy
import json
import os
import random
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from walkapp.database import reading
from walkapp.models import ChangeRow, Feed, RecordRow

from . import tablet
from .district import MARK, World

MUTATED = 10_000 if os.environ.get("TEST_ALL") else 2_000
A_REQUEST = 20
SEED = int(os.environ.get("TEST_FIRST_SEED", "1"))
ODD: list[Any] = [
    None, True, False, 0, -1, 1.5, 2**53, 2**63, -(2**63), 10**308, float("nan"), float("inf"),
    "", " ", "\0", "\ud800", "\u202egnirts", "Z\u0327\u0306a\u0337l\u0334g\u0336o\u0335",
    "\U0001f469\u200d\U0001f3eb" * 40, "x" * 100_000, "../../etc/passwd", "{{7*7}}",
    "'; DROP TABLE record; --", "=1+1", "\r\nSet-Cookie: a=b", "__proto__", "constructor",
    [], {}, [[]], {"": None}, {"a": {"a": {"a": {"a": {}}}}}, ["x"] * 300,
]  # fmt: skip


@pytest.fixture
def observer(as_role: Callable[[str], FlaskClient]) -> FlaskClient:
    return as_role("observer")


@pytest.fixture
def rubric(observer: FlaskClient, world: World) -> str:
    return tablet.rubric_in(tablet.send(observer, world.lakeview.space))


def places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a value, itself last."""
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(one, (*above, key))
    yield above


def mutated(change: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The change with one to three things about it wrong."""
    change = copy.deepcopy(change)
    for _ in range(chance.randint(1, 3)):
        # Without a cid there is no name to answer under: that spoils a request, but seldom here.
        wheres = [at for at in places(change) if at and (at != ("cid",) or chance.random() < 0.01)]
        where = chance.choice(wheres)
        holder: Any = change
        for step in where[:-1]:
            holder = holder[step]
        _spoil(holder, where[-1], chance)
    return change


def _spoil(holder: Any, key: Any, chance: random.Random) -> None:
    way = chance.choice(("odd", "odd", "drop", "rename", "nest"))
    if way == "odd":
        holder[key] = copy.deepcopy(chance.choice(ODD))
    elif way == "drop":
        del holder[key]
    elif way == "rename" and isinstance(holder, dict):
        holder[chance.choice(("role", "district_id", "owner", "seq", "x" * 200))] = holder.pop(key)
    else:
        holder[key] = [holder[key]]


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = {"a": value}
    return value


def post(client: FlaskClient, body: Any) -> Any:
    """As raw JSON text: half of it no honest writer of JSON would write."""
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(tablet.SYNC, data=text, content_type="application/json")


def test_mutated_changes_never_upset_the_server(
    observer: FlaskClient, world: World, rubric: str
) -> None:
    chance = random.Random(SEED)
    good = tablet.quick_visit(world.lakeview, "observer", rubric)
    edits = [tablet.edit(good[-1], {"focus": "Who talks?", "state": "submitted"})]
    statuses: dict[int, int] = {}
    for _ in range(MUTATED // A_REQUEST):
        some = [mutated(chance.choice([*good, *edits]), chance) for _ in range(A_REQUEST)]
        answer = post(observer, tablet.request(world.lakeview.space, some))
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        assert answer.status_code < 500, (SEED, some)
        for verdict in (answer.json.get("spaces") or {}).values():
            for told in verdict.get("results", {}).values():
                assert told["verdict"] in ("ok", "merged") or told["problem"]["title"]
    assert statuses.get(200), statuses


def test_mutated_envelopes_never_upset_the_server(
    observer: FlaskClient, world: World, rubric: str
) -> None:
    chance = random.Random(SEED)
    whole = tablet.request(
        world.lakeview.space, tablet.quick_visit(world.lakeview, "observer", rubric), want=[rubric]
    )
    for _ in range(MUTATED // A_REQUEST):
        answer = post(observer, mutated(whole, chance))
        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert answer.json["title"] and answer.json["next"]


@pytest.mark.parametrize(
    "text",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"schema":NaN}', b'{"schema":1e999}',
        b'{"schema":1,"schema":1}', b"[" * 100_000, b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    ],
    ids=["empty", "cut", "list", "null", "bytes", "nan", "endless", "twice", "brackets", "deep"],
)  # fmt: skip
def test_what_is_not_a_request_is_refused_with_words(observer: FlaskClient, text: bytes) -> None:
    answer = post(observer, text)
    assert answer.status_code == 400
    assert answer.json["title"] and answer.json["next"]


def test_a_change_too_deep_to_read_does_not_stop_the_request_of_others(
    app: Flask, observer: FlaskClient, world: World, rubric: str
) -> None:
    good = tablet.quick_visit(world.lakeview, "observer", rubric)
    bad = tablet.edit(good[-1], {"focus": deep(20)})
    results = tablet.send(observer, world.lakeview.space, *good, bad)["results"]
    assert [results[one["cid"]]["verdict"] for one in good] == ["ok"] * 4
    assert results[bad["cid"]]["verdict"] == "refused"


def state_of(app: Flask, space: str) -> tuple[Any, ...]:
    with app.app_context(), reading() as session:
        records = session.execute(
            select(RecordRow.id, RecordRow.seq, RecordRow.body).where(RecordRow.space == space)
        ).all()
        changes = session.scalar(select(func.count()).select_from(ChangeRow))
        return sorted(map(tuple, records)), changes, session.get_one(Feed, space).seq


def test_a_whole_exchange_replayed_the_next_day_has_no_effect(
    app: Flask, observer: FlaskClient, world: World, rubric: str
) -> None:
    good = tablet.quick_visit(world.lakeview, "observer", rubric)
    requests = [
        tablet.request(world.lakeview.space, good),
        tablet.request(
            world.lakeview.space, [tablet.edit(good[-1], {"focus": "Who does the thinking?"})]
        ),
        tablet.request(world.lakeview.space, [tablet.edit(good[-1], {"state": "submitted"})]),
    ]
    first = [observer.post(tablet.SYNC, json=one).json["spaces"] for one in requests]
    before = state_of(app, world.lakeview.space)
    again = [observer.post(tablet.SYNC, json=one).json["spaces"] for one in requests]
    assert state_of(app, world.lakeview.space) == before
    for then, now in zip(first, again, strict=True):
        for space in then:
            assert now[space]["results"] == then[space]["results"]


def test_foreign_ids_in_a_batch_look_like_none_and_the_rest_still_applies(
    observer: FlaskClient, as_role: Callable[[str], FlaskClient], world: World, rubric: str
) -> None:
    away = world.riverbend
    theirs = tablet.quick_visit(away, "other_observer", rubric, focus=f"{MARK} focus")
    tablet.send(as_role("other_observer"), away.space, *theirs)
    good = tablet.quick_visit(world.lakeview, "observer", rubric)
    foreign = tablet.edit(theirs[-1], {"focus": "mine now"}) | {"seen": []}
    missing = foreign | {"cid": str(uuid4()), "id": str(uuid4())}
    results = tablet.send(observer, world.lakeview.space, foreign, missing, *good)["results"]
    told = [results[one["cid"]] | {"hash": ""} for one in (foreign, missing)]
    assert told[0] == told[1] and told[0]["problem"]["code"] == "unknown-record"
    assert [results[one["cid"]]["verdict"] for one in good] == ["ok"] * 4
