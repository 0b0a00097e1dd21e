"""Which visits each number of a document is made of."""

from collections.abc import Callable, Iterable

from ..languages import gettext as _
from ..measures import shares, visits
from ..measures.groups import LEAST_ROOMS, LEAST_VISITS, Part, Window, chosen, parts
from ..measures.indices import indices_of
from ..measures.visits import Score, Scored
from .document import COUNT, SHARE, Cell
from .gathering import Material

# What is counted, and of which indicator, gate or index.
Measure = tuple[str, str]
SCORES: dict[str, Callable[[str], Score]] = {
    "level": visits.level,
    "met": visits.met,
    "yes": lambda id: visits.gate(id, "yes"),
    "no": lambda id: visits.gate(id, "no"),
}


class Made:
    """The visits one number is made of, and why there is none where there are none."""

    def __init__(self, visits: list[Scored], is_bound: bool) -> None:
        self.visits = visits
        self.why = (
            _("not shown: fewer than %(rooms)s rooms or %(visits)s visits",
              rooms=LEAST_ROOMS, visits=LEAST_VISITS)
            if is_bound else _("nobody rated it")
        )  # fmt: skip

    def of(self, is_so: Callable[[float], bool]) -> shares.Share | None:
        return shares.share(self.visits, is_so)

    def share(self, is_so: Callable[[float], bool]) -> Cell:
        found = self.of(is_so)
        if found is None:
            return Cell(SHARE, why=self.why)
        ends = (found.low, found.high)
        return Cell(SHARE, found.value, ends, found.visits, found.observations)

    def counts(self) -> tuple[Cell, Cell]:
        """n: how many visits, and how many observations of them."""
        if not self.visits:
            return Cell(COUNT, why=self.why), Cell(COUNT, why=self.why)
        n = len(self.visits), visits.observations(self.visits)
        return Cell(COUNT, n[0], None, *n), Cell(COUNT, n[1], None, *n)


class Numbers:
    """What one document's numbers are made of; each measure of each school is worked out once."""

    def __init__(self, material: Material, is_bound: bool) -> None:
        self.material, self.is_bound = material, is_bound
        self._parts: dict[tuple[Measure, str], list[Part]] = {}

    def of(
        self, measure: Measure, window: Window | None = None, schools: Iterable[str] | None = None
    ) -> Made:
        """The visits that may be in a number, of those that are asked for, of these schools."""
        window = window or self.material.asked.window
        where = self.material.schools if schools is None else schools
        found = (chosen(self._parts_of(measure, school), window) for school in where)
        return Made([one for some in found for one in some], self.is_bound)

    def _parts_of(self, measure: Measure, school: str) -> list[Part]:
        """School by school: groups never cross from one to another."""
        if (measure, school) not in self._parts:
            score, material = self._score(measure), self.material
            scored = visits.scored(material.seen[school], material.rubrics, score)
            self._parts[measure, school] = parts(scored, is_bound=self.is_bound)
        return self._parts[measure, school]

    def _score(self, measure: Measure) -> Score:
        kind, id = measure
        if kind == "index":
            return visits.index(indices_of(self.material.asked.rubric or "")[id])
        return SCORES[kind](id)
