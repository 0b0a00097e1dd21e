"""A tablet as the server sees it: what it sends, by name."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient

from .district import District

SYNC = "/api/v1/sync"
DEVICE = "00000000-0000-4000-8000-000000000007"
AT = 1_795_000_000_000


def new(kind: str, body: dict[str, Any], id: str | None = None) -> dict[str, Any]:
    return {"cid": str(uuid4()), "kind": kind, "id": id or str(uuid4()), "at": AT, "new": body}


def edit(change: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """A later edit of what an earlier change made, by the one who made it."""
    return {
        "cid": str(uuid4()), "kind": change["kind"], "id": change["id"], "at": AT + 1,
        "base": 0, "seen": [change["cid"]], "set": values,
    }  # fmt: skip


def request(space: str, changes: Iterable[Any] = (), **more: Any) -> dict[str, Any]:
    part = {"known": None, "cursor": None, "changes": list(changes), **more}
    return {"schema": 1, "device": DEVICE, "build": "t", "unsent": 0, "spaces": {space: part}}


def send(client: FlaskClient, space: str, *changes: Any, **more: Any) -> dict[str, Any]:
    """The answer for one space, of a request that went well as a whole."""
    answer = client.post(SYNC, json=request(space, tuple(changes), **more))
    assert answer.status_code == 200, answer.json
    return answer.json["spaces"][space]  # type: ignore[no-any-return]


def rubric_in(answer: dict[str, Any], name: str = "deeper-learning-walk") -> str:
    """The id of a published rubric among the rows."""
    return next(
        id
        for _, id, kind, body, *_ in answer["rows"]
        if kind == "rubric" and body["rubric"] == name
    )


def quick_visit(
    home: District, who: str, rubric: str, school: str = "oak", **observation: Any
) -> list[dict[str, Any]]:
    """Walk, visit, room and (last) the observation, as a drop-in writes them."""
    me, where = home.people[who], home.schools[school]
    walk = new("walk", {
        "kind": "drop-in", "date": "2026-11-22", "school": where, "rubric": rubric, "lead": me,
    })  # fmt: skip
    visit = new("visit", {
        "walk": walk["id"], "number": 1, "school": where, "rubric": rubric, "by": me,
    })  # fmt: skip
    room = new("visit_room", {
        "visit": visit["id"], "walk": walk["id"], "room": home.rooms[school], "school": where,
        "by": me,
    })  # fmt: skip
    note = new("observation", {
        "walk": walk["id"], "visit": visit["id"], "number": 1, "school": where, "rubric": rubric,
        "observer": me, "state": "draft", "form": "full", "date": "2026-11-22", "started_at": AT,
        **observation,
    })  # fmt: skip
    return [walk, visit, room, note]
