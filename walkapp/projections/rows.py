"""From a record's body to the row that pages query. Pure; what a body lacks is empty."""

import json
from collections.abc import Callable
from typing import Any

from ..models import PersonCard, Room, School

Row = dict[str, Any]
# Where a kind's row stands, and how it is made of a body; None is a record that has no row.
Table = tuple[Any, Callable[[dict[str, Any]], Row | None]]


def school_row(body: dict[str, Any]) -> Row:
    return {"name": body["name"], "code": body["code"], **_archived(body)}


def room_row(body: dict[str, Any]) -> Row:
    texts = {field: body.get(field) or "" for field in ("name", "grade_band", "subject")}
    return {"school": body["school"], "code": body["code"], **texts, **_archived(body)}


def person_row(body: dict[str, Any]) -> Row:
    roles = json.dumps(body.get("roles") or [], ensure_ascii=False)
    return {"name": body["name"], "roles": roles, **_archived(body)}


def _archived(body: dict[str, Any]) -> Row:
    return {"archived": bool(body.get("archived"))}


TABLES: dict[str, Table] = {
    "school": (School, school_row),
    "room": (Room, room_row),
    "person": (PersonCard, person_row),
}
