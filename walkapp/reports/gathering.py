"""From the rows of the projection to what counts, school by school."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from ..measures.visits import Seen
from ..queries import reporting
from ..queries.reporting import Given, WalkLine
from ..rubric import LEVEL, PAIRED, WHOLE_SCHOOL, Rubric
from ..rubric_files import load_library
from ..rubric_records import published_records
from .filters import Filter
from .readers import Reader

RELEASED = "released"
RATED = (LEVEL, PAIRED, "yes_no")


class NothingThere(LookupError):
    """A school, walk or rubric that is not there, or not for this reader: both look the same."""


@dataclass(frozen=True)
class Material:
    """All that a report is computed from. `seen` and `given` are of every day and walk, whatever is
    asked: what may be shown of a part depends on the whole."""

    asked: Filter
    schools: Mapping[str, str]  # those asked for, by name
    choices: Mapping[str, str]  # all that the reader may ask for
    rubrics: Mapping[str, Rubric]  # by the id of their record
    families: Mapping[str, Rubric]  # the newest version of each, by the id all versions share
    walks: tuple[WalkLine, ...]
    seen: Mapping[str, tuple[Seen, ...]]  # released, on the rubric asked for, by school
    given: Mapping[str, tuple[Seen, ...]]  # given on whatever rubric, by school
    waiting: int  # given on the rubric asked for and not released
    rooms: Mapping[str, tuple[str, ...]]
    stops: tuple[tuple[str, int, str, str], ...]  # visit, number, walk, school

    @property
    def rubric(self) -> Rubric | None:
        return self.families.get(self.asked.rubric or "")

    @property
    def walk(self) -> WalkLine | None:
        return next((one for one in self.walks if one.id == self.asked.walk), None)

    def visits_of_walk(self, desks: Collection[str]) -> list[tuple[str, int]]:
        """The visits of the walk that is asked for, with their numbers, for who may open them."""
        found = {
            (number, visit)
            for visit, number, walk, school in self.stops
            if walk == self.asked.walk and school in desks
        }
        return [(visit, number) for number, visit in sorted(found)]


def gather(session: Session, space: str, home: Path, reader: Reader, asked: Filter) -> Material:
    """Everything for the schools that are asked for and that the reader may read."""
    schools = _schools(reader, asked)
    rows = reporting.given(session, space, schools)
    rubrics = _rubrics(session, home, rows)
    families = _families(rubrics)
    asked = _with_rubric(asked, families, rubrics, rows)
    wanted = [one for one in rows if rubrics[one.rubric].id == asked.rubric]
    released = [one for one in wanted if one.state == RELEASED]
    place = _places(session, space, schools)
    return Material(
        asked, schools, reader.schools, rubrics, families,
        _walks(session, space, schools, asked, released),
        _by_school(schools, released, place), _by_school(schools, rows, place),
        len(wanted) - len(released),
        {one: tuple(reporting.rooms_in_use(session, space, one)) for one in schools},
        tuple((one.visit, one.number, one.walk, one.school) for one in wanted),
    )  # fmt: skip


def _schools(reader: Reader, asked: Filter) -> dict[str, str]:
    if asked.school is None:
        return dict(reader.schools)
    if asked.school not in reader.schools:
        raise NothingThere("school")
    return {asked.school: reader.schools[asked.school]}


def _rubrics(session: Session, home: Path, rows: Iterable[Given]) -> dict[str, Rubric]:
    """The versions the observations stand on; a house's own are asked of the records only then."""
    known, needed = load_library(home), {one.rubric for one in rows}
    if not needed <= known.keys():
        known = published_records(session) | known
    return {id: known[id] for id in needed}


def _families(rubrics: Mapping[str, Rubric]) -> dict[str, Rubric]:
    """Rubrics of rooms with something rated, by title; each by its newest version."""
    newest: dict[str, Rubric] = {}
    for one in sorted(rubrics.values(), key=lambda one: one.version):
        if one.unit != WHOLE_SCHOOL and any(i.type in RATED for i in one.indicators.values()):
            newest[one.id] = one
    return dict(sorted(newest.items(), key=lambda item: (item[1].title.casefold(), item[0])))


def _with_rubric(
    asked: Filter, families: Mapping[str, Rubric], rubrics: Mapping[str, Rubric],
    rows: Iterable[Given],
) -> Filter:  # fmt: skip
    """Where none is asked for, the one with the most observations."""
    if asked.rubric is not None:
        if asked.rubric not in families:
            raise NothingThere("rubric")
        return asked
    counted = [rubrics[one.rubric].id for one in rows]
    most = max(families, key=counted.count, default=None)
    return replace(asked, rubric=most)


def _walks(
    session: Session, space: str, schools: Mapping[str, str], asked: Filter, rows: list[Given]
) -> tuple[WalkLine, ...]:
    """Planned walks of which there is something to report."""
    reported = {one.walk for one in rows}
    found = [one for one in reporting.walks(session, space, schools) if one.id in reported]
    if asked.walk is not None and asked.walk not in {one.id for one in found}:
        raise NothingThere("walk")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Places:
    """Which visit an observation is of, and the room of it."""

    same_as: Mapping[str, str]
    rooms: Mapping[str, str]
    planned: frozenset[str]

    def visit(self, one: Given) -> str:
        """Visits that were brought together are one; on a planned walk so are those with one
        number and one room, whoever made them."""
        room = self.room(one)
        if room and one.walk in self.planned:
            return f"{one.walk} {one.number} {room}"
        return self._stands(one.visit)

    def room(self, one: Given) -> str | None:
        return self.rooms.get(self._stands(one.visit)) or self.rooms.get(one.visit)

    def _stands(self, visit: str) -> str:
        """The visit that this one was brought together with, or itself."""
        met = {visit}
        while joined := self.same_as.get(visit):
            if joined in met:  # two tablets joined them, each to the other
                return min(met)
            visit = joined
            met.add(joined)
        return visit


def _places(session: Session, space: str, schools: Mapping[str, str]) -> _Places:
    return _Places(
        reporting.joined_visits(session, space, schools),
        reporting.visit_rooms(session, space, schools),
        frozenset(one.id for one in reporting.walks(session, space, schools)),
    )


def _by_school(
    schools: Iterable[str], rows: Iterable[Given], place: _Places
) -> dict[str, tuple[Seen, ...]]:
    found: dict[str, list[Seen]] = {one: [] for one in schools}
    for one in rows:
        seen = Seen(
            place.visit(one), one.walk, one.school, place.room(one), one.date, one.rubric,
            one.answers,
        )  # fmt: skip
        found[one.school].append(seen)
    return {school: tuple(some) for school, some in found.items()}
