"""The tables of a report, each made of measures. Pure but for the language of their words."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from operator import eq
from typing import Any

from ..languages import N_
from ..languages import gettext as _
from ..measures import coverage as rooms
from ..measures import shares
from ..measures import spread as spreads
from ..measures.definitions import CLEAR
from ..measures.groups import LEAST_ROOMS
from ..measures.indices import AGENCY, RIGOR, indices_of
from ..measures.periods import Period, periods, school_year_of
from ..rubric import LEVEL as LEVELS
from . import saying
from .document import COUNT, DAYS, LEVEL, POINTS, SHARE, Cell, Row, Section
from .filters import Filter
from .numbers import Made, Measure, Numbers

Content = Mapping[str, Any]

INDEX_WORDS = {RIGOR: N_("Rigor"), AGENCY: N_("Agency")}


def ratings(numbers: Numbers, content: Content) -> Section:
    """Each indicator: how many visits have each level, and level 3 or 4."""
    levels = _levels(content)
    rows = [
        _rating_row(one, content, levels, numbers.of(("level", one["id"])))
        for one in _rated(content, [level for level, _label in levels])
    ]
    labels = [f"{level} · {label}" for level, label in levels]
    clear = [_("Level 3 or 4")] if _has_clear(levels) else []
    return Section(
        "ratings", _("Ratings by indicator"),
        (_("Shares of visits, and below each its interval."),),
        _("Indicator"), (_("Visits"), _("Observations"), *labels, *clear), tuple(rows),
        n_in_row=True,
    )  # fmt: skip


def _rating_row(
    one: Content, content: Content, levels: Sequence[tuple[int, str]], made: Made
) -> Row:
    shown = [made.share(partial(eq, level)) for level, _label in levels]
    if _has_clear(levels):
        shown.append(made.share(lambda value: value >= CLEAR))
    return Row(one["id"], one["title"], (*made.counts(), *shown), _place_of(content, one["id"]))


def gates(numbers: Numbers, content: Content) -> Section:
    """Gates and questions of yes and no: their shares, never hidden in a mean."""
    rows = [
        _answer_row(one["id"], *_said_of(one), numbers.of(_measure_of(one)))
        for one in [*content["gates"], *_asked_yes_or_no(content)]
    ]
    return Section(
        "answers", _("Yes or no"),
        (_("What a gate sets is no rating and is in no share above; its own share stands here."),),
        _("Question"), (_("Visits"), _("Observations"), _("Share")), tuple(rows), n_in_row=True,
    )  # fmt: skip


def trend(numbers: Numbers, content: Content) -> Section:
    """Level 3 or 4 by term or month, and the change since the first of them."""
    material = numbers.material
    days = [one.day for some in material.seen.values() for one in some]
    found = [one for one in periods(days, material.asked.by) if _is_asked(one, material.asked)]
    levels = [level for level, _label in _levels(content)]
    rows = [
        _trend_row(one, content, numbers, found)
        for one in (_rated(content, levels) if found and CLEAR in levels else [])
    ]
    columns = (*(saying.period(one) for one in found), _("Since baseline"))
    return Section(
        "trend", _("Trend"),
        (
            _("Share of visits with level 3 or 4. The baseline is the first period with a number."),
            _("Change is in points of a hundred."),
        ),
        _("Indicator"), columns, tuple(rows),
    )  # fmt: skip


def _trend_row(one: Content, content: Content, numbers: Numbers, found: Sequence[Period]) -> Row:
    asked = numbers.material.asked
    made = [numbers.of(("level", one["id"]), asked.within(each.first, each.last)) for each in found]
    cells = [each.share(lambda value: value >= CLEAR) for each in made]
    known = [share for each in made if (share := each.of(lambda value: value >= CLEAR))]
    cells.append(_change(known, made[0].why))
    return Row(
        one["id"], one["title"], tuple(cells), _place_of(content, one["id"]),
        has_chart=len(known) > 1,
    )  # fmt: skip


def _change(known: Sequence[shares.Share], why: str) -> Cell:
    if len(known) < 2:
        return Cell(POINTS, why=_("needs two periods") if known else why)
    found = shares.change(known[0], known[-1])
    return Cell(
        POINTS, found.value, (found.low, found.high), known[-1].visits, known[-1].observations
    )


def spread(numbers: Numbers) -> Section:
    """How far visits within one school lie apart, for each index; schools by name."""
    rows = [
        _spread_row(school, name, id, numbers)
        for school, name in numbers.material.schools.items()
        for id in indices_of(numbers.material.asked.rubric or "")
    ]
    return Section(
        "spread", _("Spread within a school"),
        (_("Mean levels of visits, from 1 to 4, and below each its interval."),),
        _("School"),
        (_("Visits"), _("Observations"), _("Lower quartile"), _("Median"), _("Upper quartile"),
         _("Middle half")),
        tuple(rows), n_in_row=True,
    )  # fmt: skip


def _spread_row(school: str, name: str, id: str, numbers: Numbers) -> Row:
    made = numbers.of(("index", id), schools=(school,))
    found = spreads.spread(made.visits)
    about = _(INDEX_WORDS[id])
    if found is None:
        why = made.why if not made.visits else _("needs two visits")
        quartiles = [Cell(LEVEL, why=why)] * 4
        return Row(f"{school}-{id}", name, (*made.counts(), *quartiles), about)
    few, n = _("too few visits for an interval"), (found.visits, found.observations)
    quarters = (
        (found.lower, found.lower_ends), (found.median, found.median_ends),
        (found.upper, found.upper_ends), (found.middle_half, found.middle_half_ends),
    )  # fmt: skip
    cells = (Cell(LEVEL, value, ends, *n, "" if ends else few) for value, ends in quarters)
    return Row(f"{school}-{id}", name, (*made.counts(), *cells), about)


def coverage(numbers: Numbers, today: str) -> Section:
    """Rooms seen since the school year began, and how long ago; the same whatever else is asked,
    so that no two answers can be subtracted."""
    first = school_year_of(today)
    rows = [
        _coverage_row(school, name, numbers, first, today)
        for school, name in numbers.material.schools.items()
    ]
    return Section(
        "coverage", _("Rooms seen"),
        (_("Since %(day)s, by any rubric, given visits that are not released yet included.",
           day=saying.day(first)),
         _("A count of all rooms and no sample, so it has no interval.")),
        _("School"),
        (_("Rooms in use"), _("Rooms seen"), _("Share"), _("Days since the last visit (median)")),
        tuple(rows),
    )  # fmt: skip


def _coverage_row(school: str, name: str, numbers: Numbers, first: str, today: str) -> Row:
    material = numbers.material
    stops = ((one.visit, one.room, one.day) for one in material.given[school])
    found = rooms.coverage(material.rooms[school], stops, first, today)
    total = Cell(COUNT, found.rooms)
    if numbers.is_bound and found.seen < LEAST_ROOMS:
        why = _("not shown: fewer than %(rooms)s rooms", rooms=LEAST_ROOMS)
        hidden = (Cell(COUNT, why=why), Cell(SHARE, why=why), Cell(DAYS, why=why))
        return Row(school, name, (total, *hidden))
    n = found.visits, found.observations
    share = found.seen / found.rooms if found.rooms else None
    return Row(school, name, (
        total, Cell(COUNT, found.seen, None, *n),
        Cell(SHARE, share, None, *n, "" if found.rooms else _("no room")),
        Cell(DAYS, found.median_days, None, *n, "" if found.seen else _("no visit")),
    ))  # fmt: skip


def _is_asked(one: Period, asked: Filter) -> bool:
    return (asked.first or one.last) <= one.last and (asked.last or one.first) >= one.first


def _levels(content: Content) -> list[tuple[int, str]]:
    scale = content["scale"] or {"values": []}
    return [(v["value"], v["label"]) for v in scale["values"] if v.get("scored", True)]


def _has_clear(levels: Iterable[tuple[int, str]]) -> bool:
    return CLEAR in (level for level, _label in levels)


def _rated(content: Content, levels: Sequence[int]) -> list[Content]:
    """The indicators on the rubric's own scale, in its order."""
    return [
        one
        for domain in content["domains"]
        for one in domain["indicators"]
        if one["type"] == LEVELS and [each["value"] for each in one["levels"]] == list(levels)
    ]


def _asked_yes_or_no(content: Content) -> list[Content]:
    every = (one for domain in content["domains"] for one in domain["indicators"])
    return [one for one in every if one["type"] in ("paired_yes_no", "yes_no")]


def _measure_of(one: Content) -> Measure:
    if "question" not in one:
        return "met", one["id"]
    return ("no" if one.get("report_as") else "yes"), one["id"]


def _said_of(one: Content) -> tuple[str, str]:
    """The row's label, and which answer its share is of."""
    if "question" not in one:
        return one["title"], _("met")
    if one.get("report_as"):
        return one["report_as"], _("answered no: %(question)s", question=one["question"])
    return one["question"], _("answered yes")


def _answer_row(id: str, label: str, about: str, made: Made) -> Row:
    return Row(id, label, (*made.counts(), made.share(bool)), about)


def _place_of(content: Content, indicator: str) -> str:
    """The title of its domain, and what people of the field call it: TE1."""
    return next(
        f"{domain['title']} · {indicator}"
        for domain in content["domains"]
        if any(one["id"] == indicator for one in domain["indicators"])
    )
