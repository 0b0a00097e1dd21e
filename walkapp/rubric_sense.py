"""What no single part of a rubric file can know: ids that meet, levels that fit their scale.

Each check yields (place, sentence) and may trust that the file has its declared shape.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .rubric import PAIRED, PUBLISHED, WHOLE_SCHOOL
from .rubric_yaml import Place

Finding = tuple[Place, str]
File = Mapping[str, Any]

DERIVED = {"both_yes", "any_no", "otherwise"}
RESULTS = {"met", "not_met", "not_observed"}
YES_NO = ["yes", "no"]
PUBLISHED_UNITS = ("visit", WHOLE_SCHOOL)


def findings(file: File, stem: str) -> Iterator[Finding]:
    """Everything in the file that does not fit together, in the order of the file."""
    yield from _name(file, stem)
    yield from _ids(file)
    for place, indicator, scale in _indicators(file):
        yield from _rating(place, indicator, scale)
    yield from _gates(file)
    yield from _evidence_rule(file)
    yield from _context(file)
    yield from _short_form(file)
    if file["status"] == PUBLISHED:
        yield from _ready_to_publish(file)


def file_name(rubric: str, version: int) -> str:
    """Every version is a file of its own."""
    return f"{rubric}.yaml" if version == 1 else f"{rubric}-v{version}.yaml"


def _name(file: File, stem: str) -> Iterator[Finding]:
    expected = file_name(file["id"], file["version"])
    if f"{stem}.yaml" != expected:
        yield ("id",), f"belongs in a file named {expected}"


def _ids(file: File) -> Iterator[Finding]:
    for part in ("domains", "gates", "context_fields", "counts", "open_fields"):
        named = [((part, n, "id"), one["id"]) for n, one in enumerate(file.get(part, []))]
        yield from _twice(named)
    yield from _twice([((*place, "id"), one["id"]) for place, one, _ in _indicators(file)])
    for place, scale in _scales(file):
        values = [((*place, "values", n), one["value"]) for n, one in enumerate(scale["values"])]
        yield from _twice(values)


def _twice(named: Iterable[tuple[Place, Any]]) -> Iterator[Finding]:
    named = list(named)
    count = Counter(name for _, name in named)
    seen = set()
    for place, name in named:
        if name in seen:
            yield place, f"{name} is used {count[name]} times; each needs its own"
        seen.add(name)


def _rating(place: Place, indicator: File, scale: File | None) -> Iterator[Finding]:
    kind = indicator.get("type")
    if kind == PAIRED:
        yield from _paired(place, indicator)
    elif kind is None:
        yield from _levels(place, indicator, scale)
    elif "levels" in indicator:
        yield (*place, "levels"), f"has no meaning for an indicator of type {kind}"


def _levels(place: Place, indicator: File, scale: File | None) -> Iterator[Finding]:
    if scale is None:
        yield place, "is rated in levels, but the file has no scale"
        return
    given = list(indicator.get("levels", {}))
    expected = _scored(scale)
    for value in expected:
        if value not in given:
            yield (*place, "levels"), f"has no text for level {value} of the scale {scale['id']}"
    for value in given:
        if value not in expected:
            yield (*place, "levels", value), f"is not a level of the scale {scale['id']}"


def _paired(place: Place, indicator: File) -> Iterator[Finding]:
    asked = indicator.get("fields", [])
    if len(asked) < 2:
        yield place, "needs at least two questions under fields"
    yield from _twice([((*place, "fields", n, "id"), one["id"]) for n, one in enumerate(asked)])
    for n, one in enumerate(asked):
        if "question" not in one:
            yield (*place, "fields", n), "has no question"
        if one.get("options", YES_NO) != YES_NO:
            yield (*place, "fields", n, "options"), 'can only be ["yes", "no"]'
    derive = indicator.get("derive", {})
    if derive.keys() != DERIVED or not RESULTS.issuperset(derive.values()):
        yield (
            (*place, "derive"),
            "says for both_yes, any_no and otherwise one of " + ", ".join(sorted(RESULTS)),
        )


def _gates(file: File) -> Iterator[Finding]:
    domains = {domain["id"] for domain in file.get("domains", [])}
    allowed = [one["value"] for one in (file.get("scale") or {"values": []})["values"]]
    for n, gate in enumerate(file.get("gates", [])):
        place: Place = ("gates", n)
        if gate["type"] == "yes_no" and gate["options"] != YES_NO:
            yield (*place, "options"), 'can only be ["yes", "no"]'
        settles = gate.get("when_no", {"domains": [], "default_value": None})
        for m, domain in enumerate(settles["domains"]):
            if domain not in domains:
                yield (*place, "when_no", "domains", m), f"there is no domain {domain}"
        if "when_no" in gate and settles["default_value"] not in allowed:
            yield (*place, "when_no", "default_value"), "is not a value of the scale"


def _evidence_rule(file: File) -> Iterator[Finding]:
    levels = _scored(file.get("scale") or {"values": []})
    for n, value in enumerate(file.get("evidence_rule", {}).get("required_for", [])):
        if value not in levels:
            yield ("evidence_rule", "required_for", n), f"{value} is not a level of the scale"


def _context(file: File) -> Iterator[Finding]:
    for n, one in enumerate(file.get("context_fields", [])):
        if (one["type"] == "choice") != bool(one.get("options")):
            yield ("context_fields", n), "a choice has options, and nothing else has"


def _short_form(file: File) -> Iterator[Finding]:
    wanted = file.get("short_form", {}).get("count")
    core = sum(one.get("core", False) for _, one, _ in _indicators(file))
    if wanted is not None and wanted != core:
        yield ("short_form", "count"), f"is {wanted}, but {core} indicators are core"


def _ready_to_publish(file: File) -> Iterator[Finding]:
    """A published rubric is answered on a tablet: everything the screen shows must be there."""
    for name in ("scale", "evidence_rule", "domains"):
        if not file.get(name):
            yield (), f"is published and has no {name}"
    if file["zone"] != "walk":
        yield ("zone",), "only rubrics of the walk zone can be published so far"
    if file["unit"] not in PUBLISHED_UNITS:
        yield ("unit",), "a published rubric is for one " + " or ".join(PUBLISHED_UNITS)
    for place, one, _ in _indicators(file):
        if one.get("type", PAIRED) != PAIRED:
            yield (*place, "type"), "the tablet has no way to rate this type yet"
    for n, one in enumerate(file.get("context_fields", [])):
        if "label" not in one:
            yield ("context_fields", n), "is published and has no label"
    for n, gate in enumerate(file.get("gates", [])):
        if gate["type"] != "yes_no":
            yield ("gates", n, "type"), "the tablet asks yes_no gates only so far"


def _scales(file: File) -> Iterator[tuple[Place, File]]:
    if "scale" in file:
        yield ("scale",), file["scale"]
    for n, domain in enumerate(file.get("domains", [])):
        if "scale" in domain:
            yield ("domains", n, "scale"), domain["scale"]


def _indicators(file: File) -> Iterator[tuple[Place, File, File | None]]:
    """Every indicator with its place and the scale nearest to it."""
    for n, domain in enumerate(file.get("domains", [])):
        scale = domain.get("scale", file.get("scale"))
        for m, indicator in enumerate(domain["indicators"]):
            yield ("domains", n, "indicators", m), indicator, scale


def _scored(scale: File) -> list[int]:
    return [one["value"] for one in scale["values"] if type(one["value"]) is int]
