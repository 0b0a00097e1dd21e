"""What no single part of a rubric file can know: ids that meet, levels that fit their scale.

Each check yields (place, sentence) and may trust that the file has its declared shape.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .rubric import PAIRED, PUBLISHED, ROW_KEYS, WHOLE_SCHOOL
from .rubric_yaml import Place

Finding = tuple[Place, str]
File = Mapping[str, Any]

DERIVED = {"both_yes", "any_no", "otherwise"}
RESULTS = {"met", "not_met", "not_observed"}
YES_NO = ["yes", "no"]
WITH_OPTIONS = ("choice", "choice_text", "multi_choice")
# Whose desk it goes to and who reads it is settled for these; the others wait for theirs.
PUBLISHED_ZONES = ("walk", "school")
PUBLISHED_UNITS = ("visit", "sweep", WHOLE_SCHOOL)


def findings(file: File, stem: str) -> Iterator[Finding]:
    """Everything in the file that does not fit together, in the order of the file."""
    yield from _name(file, stem)
    yield from _ids(file)
    for place, indicator, scale in _indicators(file):
        yield from _rating(place, indicator, scale)
    yield from _only_if(file)
    yield from _sections(file)
    yield from _sweep(file)
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
    rated = [((*place, "id"), one["id"]) for place, one, _ in _indicators(file)]
    asked = [((*place, "id"), one["id"]) for place, one in _items(file)]
    open_fields = [
        (("open_fields", n, "id"), o["id"]) for n, o in enumerate(file.get("open_fields", []))
    ]
    yield from _twice([*rated, *asked])
    yield from _twice([*open_fields, *asked])
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
    if (kind == "list") != bool(indicator.get("columns")):
        yield place, "a list has columns, and nothing else has"
    yield from _columns((*place, "columns"), indicator.get("columns", []))


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


def _only_if(file: File) -> Iterator[Finding]:
    """An indicator that waits for a gate names one that can be answered so."""
    gates = {gate["id"]: gate["options"] for gate in file.get("gates", [])}
    for place, indicator, _ in _indicators(file):
        wanted = indicator.get("only_if", {"gate": None, "answers": []})
        options = gates.get(wanted["gate"])
        if "only_if" in indicator and options is None:
            yield (*place, "only_if", "gate"), f"there is no gate {wanted['gate']}"
        for n, answer in enumerate(wanted["answers"]):
            if options is not None and answer not in options:
                yield (*place, "only_if", "answers", n), f"{answer} is no answer of that gate"


def _sections(file: File) -> Iterator[Finding]:
    yield from _twice(
        [(("sections", n, "id"), one["id"]) for n, one in enumerate(file.get("sections", []))]
    )
    for place, item in _items(file):
        yield from _answer(place, item)
        if (item["type"] == "list") != ("fields" in item):
            yield place, "a list has fields, and nothing else has"
        yield from _columns((*place, "fields"), item.get("fields", []))


def _columns(place: Place, columns: list[File]) -> Iterator[Finding]:
    yield from _twice([((*place, n, "id"), one["id"]) for n, one in enumerate(columns)])
    for n, one in enumerate(columns):
        yield from _answer((*place, n), one)
        if one["id"] in ROW_KEYS:
            yield (*place, n, "id"), f"{one['id']} is taken: every row has one"


def _answer(place: Place, item: File) -> Iterator[Finding]:
    """A choice has options, a scale has levels, and nothing else has either."""
    if (item["type"] in WITH_OPTIONS) != bool(item.get("options")):
        yield place, "a choice has options, and nothing else has"
    if (item["type"] == "scale") != bool(item.get("levels")):
        yield place, "a scale has levels, and nothing else has"


def _sweep(file: File) -> Iterator[Finding]:
    sweep = file.get("sweep")
    if sweep and sweep["interval_default"] not in sweep["interval_s"]:
        yield ("sweep", "interval_default"), "is none of interval_s"
    for part in ("sweep", "turns"):
        asks = file.get(part, {"asks": []})["asks"]
        yield from _twice([((part, "asks", n, "id"), one["id"]) for n, one in enumerate(asks)])
        for n, one in enumerate(asks):
            place: Place = (part, "asks", n)
            if (one["type"] == "codes") != bool(one.get("codes")):
                yield place, "an ask of type codes has codes, and nothing else has"
            if (one["type"] == "choice") != bool(one.get("options")):
                yield place, "a choice has options, and nothing else has"
            codes = [
                ((*place, "codes", m), code["code"]) for m, code in enumerate(one.get("codes", []))
            ]
            yield from _twice(codes)


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
    if not any(file.get(name) for name in ("domains", "sections", "sweep")):
        yield (), "is published and asks nothing: it has no domains, no sections and no sweep"
    if file["zone"] not in PUBLISHED_ZONES:
        said = " or ".join(PUBLISHED_ZONES)
        yield ("zone",), f"only rubrics of the zone {said} can be published so far"
    if file["unit"] not in PUBLISHED_UNITS:
        yield ("unit",), "a published rubric is for one " + " or ".join(PUBLISHED_UNITS)
    for n, one in enumerate(file.get("context_fields", [])):
        if "label" not in one:
            yield ("context_fields", n), "is published and has no label"


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


def _items(file: File) -> Iterator[tuple[Place, File]]:
    """Every question of every section with its place."""
    for n, section in enumerate(file.get("sections", [])):
        for m, item in enumerate(section["items"]):
            yield ("sections", n, "items", m), item


def _scored(scale: File) -> list[int]:
    return [one["value"] for one in scale["values"] if type(one["value"]) is int]
