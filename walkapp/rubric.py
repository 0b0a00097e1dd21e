"""A rubric after it is loaded: pure values, and what its own rules make of an observation.

`static/js/core/rubric.js` is the twin; both read `tests/vectors/rubric-*.json`.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Content = dict[str, Any]
Rating = Mapping[str, Any]

PUBLISHED = "published"
LEVEL = "level"
PAIRED = "paired_yes_no"
SHORT = "short"
WHOLE_SCHOOL = "school"
LIST = "list"
EVIDENCE_LIST = "evidence_list"
FRACTION = "fraction"
FRACTION_PARTS = ("n", "of")
# What every row of a list has beside its own columns.
ROW_KEYS = frozenset({"of", "at", "order"})
# Where a number, a yes or a list is asked for and the scale has no such words: it was not seen,
# or it cannot be here. Neither is "no", and neither is nought.
APART = ("not_observed", "not_applicable")


@dataclass(frozen=True)
class Column:
    """One field of each row of a list."""

    id: str
    type: str
    options: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()


@dataclass(frozen=True)
class OnlyIf:
    """Asked only after a gate was answered so."""

    gate: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """A question of a section: answered, not rated."""

    id: str
    type: str
    options: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Ask:
    """One thing recorded at each signal of a sweep, or of each turn."""

    id: str
    type: str
    codes: frozenset[str] = frozenset()
    most: int = 1


@dataclass(frozen=True)
class Indicator:
    """One thing rated. `values` are the levels and the answers that are not levels."""

    id: str
    domain: str
    type: str
    core: bool
    values: tuple[int | str, ...]
    unscored: tuple[str, ...]
    fields: tuple[str, ...] = ()
    derive: Mapping[str, str] | None = None
    columns: tuple["Column", ...] = ()
    optional: bool = False
    only_if: "OnlyIf | None" = None


@dataclass(frozen=True)
class Gate:
    """A yes/no question about the whole visit that can settle some domains."""

    id: str
    options: tuple[str, ...]
    domains: tuple[str, ...] = ()
    default: int | str | None = None


@dataclass(frozen=True)
class ContextField:
    id: str
    type: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rubric:
    """One version of one instrument; a published version never changes."""

    id: str
    version: int
    title: str
    status: str
    unit: str
    content: Content = field(repr=False, compare=False)

    @cached_property
    def record_id(self) -> str:
        return record_id(self.id, self.version)

    @property
    def is_published(self) -> bool:
        return self.status == PUBLISHED

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by id, in the order of the rubric."""
        domains = self.content["domains"]
        return {
            one["id"]: _indicator(one, domain, self.content)
            for domain in domains
            for one in domain["indicators"]
        }

    @cached_property
    def gates(self) -> dict[str, Gate]:
        return {gate["id"]: _gate(gate) for gate in self.content["gates"]}

    @cached_property
    def context_fields(self) -> dict[str, ContextField]:
        return {
            one["id"]: ContextField(one["id"], one["type"], tuple(one["options"]))
            for one in self.content["context_fields"]
        }

    @cached_property
    def counts(self) -> frozenset[str]:
        return frozenset(count["id"] for count in self.content["counts"])

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every question of every section by id."""
        sections = self.content.get("sections", [])
        return {one["id"]: _item(one) for section in sections for one in section["items"]}

    @cached_property
    def sweep_asks(self) -> dict[str, Ask]:
        return _asks(self.content.get("sweep"))

    @cached_property
    def turn_asks(self) -> dict[str, Ask]:
        return _asks(self.content.get("turns"))

    @cached_property
    def tie_targets(self) -> frozenset[str]:
        """What a note or a photo can be tied to."""
        lists = (one.id for one in self.items.values() if one.type == EVIDENCE_LIST)
        return frozenset({*self.indicators, *lists})

    @cached_property
    def open_fields(self) -> frozenset[str]:
        return frozenset(one["id"] for one in self.content["open_fields"])


@dataclass(frozen=True)
class Progress:
    """Of `total` indicators, how many the observer answered and how many a gate settled."""

    answered: int
    derived: int
    total: int


def record_id(rubric: str, version: int) -> str:
    """The id of the record that carries this version, the same on every server."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"walkapp:rubric:{rubric}:{version}"))


def words_id(rubric: str, language: str) -> str:
    """The id of the record that carries the words of a rubric's record in a language."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"walkapp:rubric-words:{rubric}:{language}"))


def indicators_of(rubric: Rubric, form: str) -> list[Indicator]:
    """The indicators the form asks for: the core ones in the short form, else all."""
    every = rubric.indicators.values()
    if form != SHORT or not rubric.content["short_form"]:
        return list(every)
    return [indicator for indicator in every if indicator.core]


def is_asked(indicator: Indicator, body: Mapping[str, Any]) -> bool:
    """Does the observation ask for it at all? What is optional counts once it is answered."""
    wanted = indicator.only_if
    if wanted is not None and _answer(body, wanted.gate) not in wanted.answers:
        return False
    return not indicator.optional or is_answered_in(body, indicator)


def gate_default(rubric: Rubric, body: Mapping[str, Any], indicator: str) -> Rating | None:
    """The value a gate answered "no" gives an indicator nobody rated, marked as derived.

    Nothing of it is stored: it is worked out on reading, and a rating the observer chose wins.
    """
    asked = rubric.indicators[indicator]
    if asked.type != LEVEL or is_chosen(_rating(body, indicator)):
        return None
    for gate in rubric.gates.values():
        if asked.domain in gate.domains and _answer(body, gate.id) == "no":
            return {"value": gate.default, "derived": True}
    return None


def paired_result(indicator: Indicator, rating: Rating | None) -> str:
    """What a paired yes/no comes to: met, not_met, not_observed (or the answer given instead)."""
    answers = rating or {}
    if answers.get("value") is not None:
        return str(answers["value"])
    derive = indicator.derive or {}
    given = [answers.get(one) for one in indicator.fields]
    if "no" in given:
        return derive["any_no"]
    return derive["both_yes"] if all(one == "yes" for one in given) else derive["otherwise"]


def progress(rubric: Rubric, body: Mapping[str, Any]) -> Progress:
    """How far the observation is, counted over the indicators of its own form."""
    form = indicators_of(rubric, body.get("form", "full"))
    asked = [one for one in form if is_asked(one, body)]
    answered = sum(is_answered_in(body, one) for one in asked)
    derived = sum(gate_default(rubric, body, one.id) is not None for one in asked)
    return Progress(answered, derived, len(asked))


def is_chosen(rating: Rating | None) -> bool:
    """Did the observer touch the indicator at all?"""
    return rating is not None and any(value is not None for value in rating.values())


def is_answered(indicator: Indicator, rating: Rating | None) -> bool:
    """Is the rating whole? A paired indicator needs every one of its questions, a fraction both
    of its numbers."""
    if not is_chosen(rating) or rating is None:
        return False
    if rating.get("value") is not None:
        return True
    parts = indicator.fields if indicator.type == PAIRED else FRACTION_PARTS
    wanted = indicator.type in (PAIRED, FRACTION)
    return wanted and all(rating.get(one) is not None for one in parts)


def is_answered_in(body: Mapping[str, Any], indicator: Indicator) -> bool:
    """The same, and a list is answered by its rows."""
    if is_answered(indicator, _rating(body, indicator.id)):
        return True
    rows = (body.get("rows") or {}).values()
    return indicator.type == LIST and any(row["of"] == indicator.id for row in rows)


def _rating(body: Mapping[str, Any], indicator: str) -> Rating | None:
    found: Rating | None = (body.get("ratings") or {}).get(indicator)
    return found


def _answer(body: Mapping[str, Any], gate: str) -> str | None:
    answer: str | None = ((body.get("gates") or {}).get(gate) or {}).get("value")
    return answer


def _indicator(one: Content, domain: Content, content: Content) -> Indicator:
    scale = domain.get("scale") or content["scale"] or {"values": []}
    unscored = tuple(v["value"] for v in scale["values"] if not v.get("scored", True))
    if not unscored and one["type"] not in (LEVEL, PAIRED):
        unscored = APART
    levels = tuple(level["value"] for level in one["levels"])
    return Indicator(
        id=one["id"],
        domain=domain["id"],
        type=one["type"],
        core=one["core"],
        values=(*levels, *unscored),
        unscored=unscored,
        fields=tuple(one_field["id"] for one_field in one["fields"]),
        derive=one["derive"],
        columns=tuple(_column(column) for column in one.get("columns", [])),
        optional=domain.get("optional", False),
        only_if=_only_if(one.get("only_if")),
    )


def _only_if(wanted: Content | None) -> OnlyIf | None:
    return OnlyIf(wanted["gate"], tuple(wanted["answers"])) if wanted else None


def _item(item: Content) -> Item:
    columns = tuple(_column(one) for one in item.get("columns", []))
    return Item(item["id"], item["type"], *_allowed(item), columns)


def _column(column: Content) -> Column:
    return Column(column["id"], column["type"], *_allowed(column))


def _allowed(one: Content) -> tuple[tuple[str, ...], tuple[int, ...]]:
    levels = tuple(level["value"] for level in one.get("levels", []))
    return tuple(one.get("options", [])), levels


def _asks(part: Content | None) -> dict[str, Ask]:
    return {one["id"]: _ask(one) for one in part["asks"]} if part else {}


def _ask(one: Content) -> Ask:
    codes = [code["code"] for code in one.get("codes", [])] or one.get("options", [])
    return Ask(one["id"], one["type"], frozenset(codes), one.get("most", 1))


def _gate(gate: Content) -> Gate:
    when_no = gate["when_no"] or {"domains": [], "default_value": None}
    return Gate(
        gate["id"], tuple(gate["options"]), tuple(when_no["domains"]), when_no["default_value"]
    )
