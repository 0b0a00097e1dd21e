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
    }


def content_hash(content: Content) -> str:
    """SHA-256 over the content with sorted keys: the same text, the same hash, however laid out."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


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
    # Only where a domain is rated on a scale of its own.
    return {**content, "scale": _scale(domain["scale"])} if "scale" in domain else content


def _indicator(one: File) -> Content:
    paired = one.get("type") == PAIRED
    return {
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


def _levels(one: File) -> list[tuple[int, str]]:
    return sorted(one.get("levels", {}).items())
