"""A rubric file in its normal form: what tablets get, what observations are checked against, and
what the hash of a published version is taken of.

Normalising changes how a thing is written and never what it says: defaults are written out,
level keys become a list, and whatever has no place on a screen yet stays in the file.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from .rubric import PAIRED, Content

File = Mapping[str, Any]

# What each row of these lists has, without the file's saying so.
COLUMNS = {
    "question_list": [{"id": "text", "label": "Question", "type": "text"}],
    "action_list": [
        {"id": "what", "label": "What", "type": "text"},
        {"id": "who", "label": "Who", "type": "text"},
        {"id": "by", "label": "By when", "type": "date"},
    ],
}


def normalised(file: File) -> Content:
    """The content of a file that passed the check."""
    return {
        "id": file["id"],
        "version": file["version"],
        "title": file["title"],
        "purpose": file["purpose"],
        "zone": file["zone"],
        "unit": file["unit"],
        "minutes": _minutes(file.get("minutes")),
        "scale": _scale(file.get("scale")),
        "evidence_rule": _some(file.get("evidence_rule"), "required_for", "min_notes"),
        "context_fields": [_context(one) for one in file.get("context_fields", [])],
        "gates": [_gate(gate) for gate in file.get("gates", [])],
        "domains": [_domain(domain) for domain in file.get("domains", [])],
        "counts": [_some(count, "id", "label", "suggest") for count in file.get("counts", [])],
        "student_questions": list(file.get("student_questions", [])),
        "open_fields": [_some(one, "id", "label", "type") for one in file.get("open_fields", [])],
        "short_form": _some(file.get("short_form"), "minutes_under"),
        **_instruments(file),
    }


def content_hash(content: Content) -> str:
    """SHA-256 over the content with sorted keys: the same text, the same hash, however laid out."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _instruments(file: File) -> Content:
    """Only where the file has them: what was published before they were known stays as it was."""
    parts: Content = {}
    if "sections" in file:
        parts["sections"] = [_section(section) for section in file["sections"]]
    if "sweep" in file:
        parts["sweep"] = _sweep(file["sweep"])
    if "turns" in file:
        parts["turns"] = {"asks": [_ask(ask) for ask in file["turns"]["asks"]]}
    return parts


def _section(section: File) -> Content:
    return {
        "id": section["id"],
        "title": section["title"],
        "about": section.get("about", ""),
        "items": [_item(item) for item in section["items"]],
    }


def _item(item: File) -> Content:
    names = ("id", "label", "type", "options", "hint", "required", "min", "max")
    content = _some(item, *names) or {}
    if "levels" in item:
        content["levels"] = [{"value": value, "text": text} for value, text in _levels(item)]
    if item["type"] in COLUMNS:
        content["columns"] = COLUMNS[item["type"]]
    elif "fields" in item:
        content["columns"] = _columns(item["fields"])
    return content


def _columns(columns: list[File]) -> list[Content]:
    return [{"label": "", **_item(column)} for column in columns]


def _sweep(sweep: File) -> Content:
    return {
        "method": sweep["method"],
        "interval_s": list(sweep["interval_s"]),
        "interval_default": sweep["interval_default"],
        "samples": list(sweep["samples"]),
        "sample_n": sweep["sample_n"],
        "asks": [_ask(ask) for ask in sweep["asks"]],
        "engaged": list(sweep.get("engaged", [])),
        "not_engaged": list(sweep.get("not_engaged", [])),
        "caution": sweep.get("caution", ""),
    }


def _ask(ask: File) -> Content:
    content = _some(ask, "id", "label", "type", "most", "off") or {}
    if ask["type"] == "codes":
        content["codes"] = [_some(code, "code", "label") for code in ask["codes"]]
    if ask["type"] == "choice":
        content["options"] = list(ask["options"])
    return content


def _some(part: File | None, *names: str) -> Content | None:
    return {name: part[name] for name in names if name in part} if part else None


def _minutes(minutes: File | None) -> Content | None:
    names = ("typical", "min", "max")
    whole = minutes is not None and all(name in minutes for name in names)
    return _some(minutes, *names) if whole else None


def _scale(scale: File | None) -> Content | None:
    if scale is None:
        return None
    return {"id": scale["id"], "values": [_scale_value(value) for value in scale["values"]]}


def _scale_value(value: File) -> Content:
    plain = {"value": value["value"], "label": value["label"]}
    return plain if type(value["value"]) is int else {**plain, "scored": False}


def _context(one: File) -> Content:
    return {
        "id": one["id"],
        "label": one.get("label", one["id"]),
        "type": one["type"],
        "options": list(one.get("options", [])),
    }


def _gate(gate: File) -> Content:
    settles = gate.get("when_no")
    content = {
        "id": gate["id"],
        "question": gate["question"],
        "options": list(gate["options"]),
        "when_no": _some(settles, "domains", "default_value"),
    }
    return {**content, "report_as": settles["report_as"]} if settles else content


def _domain(domain: File) -> Content:
    content = {
        "id": domain["id"],
        "title": domain["title"],
        "about": domain.get("about", ""),
        "indicators": [_indicator(one) for one in domain["indicators"]],
    }
    # Only where a domain is rated on a scale of its own, or may be left out.
    if "scale" in domain:
        content["scale"] = _scale(domain["scale"])
    return {**content, "optional": True} if domain.get("optional") else content


def _indicator(one: File) -> Content:
    paired = one.get("type") == PAIRED
    content = {
        "id": one["id"],
        "title": one["title"],
        "core": one.get("core", False),
        "ask_students": one.get("ask_students", False),
        "look_fors": list(one.get("look_fors", [])),
        "type": one.get("type", "level"),
        "levels": [{"value": value, "text": text} for value, text in _levels(one)],
        "fields": [_some(one_field, "id", "question") for one_field in one.get("fields", [])]
        if paired
        else [],
        "derive": dict(one["derive"]) if paired else None,
    }
    return content | _more(one)


def _more(one: File) -> Content:
    """What few indicators have, only where they have it."""
    more = _some(one, "note", "min", "max", "suggest_n", "hints", "only_if", "phrases") or {}
    if one.get("type") == "list":
        more["columns"] = _columns(one["columns"])
    return more


def _levels(one: File) -> list[tuple[int, str]]:
    return sorted(one.get("levels", {}).items())
