"""What reports need of a walk, a visit, its room and an observation. Pure."""

import json
from typing import Any

from ..models import ReportObservation, ReportRoom, ReportVisit, ReportWalk
from .rows import Row, Table

DRAFT = "draft"
ANSWERS = ("ratings", "gates")


def walk_row(body: dict[str, Any]) -> Row:
    return {**_of(body, "kind", "school", "date"), "title": body.get("title") or ""}


def visit_row(body: dict[str, Any]) -> Row:
    return {**_of(body, "walk", "school", "number"), "same_as": body.get("same_as")}


def room_row(body: dict[str, Any]) -> Row:
    return _of(body, "visit", "room", "school")


def observation_row(body: dict[str, Any]) -> Row | None:
    """None for a draft, also one that came back: its words and ratings are its observer's."""
    if body["state"] == DRAFT:
        return None
    answers = {name: body[name] for name in ANSWERS if body.get(name)}
    return {
        **_of(body, "walk", "visit", "school", "number", "rubric", "state", "date"),
        "answers": json.dumps(answers, ensure_ascii=False, sort_keys=True),
    }


def _of(body: dict[str, Any], *names: str) -> Row:
    return {name: body[name] for name in names}


TABLES: dict[str, Table] = {
    "walk": (ReportWalk, walk_row),
    "visit": (ReportVisit, visit_row),
    "visit_room": (ReportRoom, room_row),
    "observation": (ReportObservation, observation_row),
}
