"""An app from before rows carried marks is answered as it was on the day it was made."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from . import tablet
from .district import World

VECTORS = Path(__file__).parents[2] / "vectors/wire-1.json"
RECORDED = json.loads(VECTORS.read_text("utf-8"))
PLACE = re.compile(r"[0-9]+\.[0-9a-f]+")
HASH = re.compile(r"[0-9a-f]{64}")


def test_a_tablet_of_schema_1_is_answered_as_ever(
    as_role: Callable[[str], FlaskClient], world: World
) -> None:
    heard = hold(as_role, world)
    for step, told in zip(RECORDED["steps"], heard, strict=True):
        assert told == {"status": step["status"], "answer": step["answer"]}, step["name"]


def hold(as_role: Callable[[str], FlaskClient], world: World) -> list[dict[str, Any]]:
    """Have the conversation; every answer with its status, in the words of the recording."""
    names = names_of(as_role, world)
    people = {who: as_role(who) for who in ("observer", "principal")}
    answers = []
    for step in RECORDED["steps"]:
        space = filled(step.get("space", "{space}"), names)
        request = {"schema": 1, "device": tablet.DEVICE, "build": "recorded"}
        request |= {"unsent": step.get("unsent", 0), **filled(step.get("more", {}), names)}
        request["spaces"] = {space: filled(step["part"], names)}
        told = people[step["who"]].post(tablet.SYNC, json=request)
        answer = told.json["spaces"][space] if told.status_code == 200 else {}
        if "cursor" in answer and not step.get("forget"):
            names |= {"known": answer["at"], "cursor": answer["cursor"]}
        answers.append({"status": told.status_code, "answer": said(told.json, names)})
    return answers


def names_of(as_role: Callable[[str], FlaskClient], world: World) -> dict[str, str]:
    home = world.lakeview
    rubric = tablet.rubric_in(tablet.send(as_role("coach"), home.space))
    return {
        "space": home.space, "elsewhere": world.riverbend.space, "school": home.schools["oak"],
        "room": home.rooms["oak"], "observer": home.people["observer"], "rubric": rubric,
        "observer_account": home.accounts["observer"],
    }  # fmt: skip


def filled(value: Any, names: dict[str, str]) -> Any:
    text = json.dumps(value)
    for name, stands_for in names.items():
        text = text.replace(f"{{{name}}}", stands_for)
    return json.loads(text)


def said(value: Any, names: dict[str, str], under: str = "") -> Any:
    """The answer without what differs from run to run."""
    if isinstance(value, dict):
        told = {said(k, names): said(v, names, k) for k, v in value.items()}
        return told if under != "rows" else "<body>"
    if isinstance(value, list):
        return rows(value, names) if under == "rows" else [said(v, names, under) for v in value]
    if under in ("now", "seq") and isinstance(value, int):
        return f"<{under}>"
    if isinstance(value, str):
        return word(value, names, under)
    return value


def word(text: str, names: dict[str, str], under: str) -> str:
    if under in ("title", "next", "request_id"):
        return "<words>"
    if under in ("cursor", "at") and PLACE.fullmatch(text):
        return {"cursor": "<seq>.<view>", "at": "<seq>.<tag>"}[under]
    if HASH.fullmatch(text):
        return "<hash>"
    places = ("known", "cursor")
    known = {stands_for: name for name, stands_for in names.items() if name not in places}
    return f"{{{known[text]}}}" if text in known else text


def rows(value: list[Any], names: dict[str, str]) -> Any:
    """Only the tablet's own rows whole; of the district's others their shape."""
    told = []
    for _, id, *rest in value:
        if id.startswith("a0000000"):
            told.append(["<seq>", id, *(said(part, names) for part in rest)])
        else:
            shape = ["<seq>", "<id>", *("<kind>" for _ in rest[:1]), *("<body>" for _ in rest[1:])]
            told += [shape] if shape not in told else []
    return told
