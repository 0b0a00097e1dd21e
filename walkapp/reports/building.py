"""What counts, made into a document: sections in the order of the rubric, schools by name."""

from collections.abc import Callable, Mapping
from typing import Any

from ..languages import gettext as _
from ..languages import language, ngettext
from ..measures.groups import LEAST_ROOMS, LEAST_VISITS
from ..rubric_words import said as in_words
from . import saying
from .definitions import definitions
from .document import Document, Section
from .gathering import Material
from .numbers import Numbers
from .tables import coverage, gates, ratings, spread, trend

Moment = Callable[[int], str]


def build(
    material: Material, words: Mapping[str, str], *, is_bound: bool, at: int, today: str,
    said_moment: Moment,
) -> Document:  # fmt: skip
    """The report at a moment. `words` are the rubric's in the language of whoever asks; to who
    `is_bound`, and for every file, nothing small is shown."""
    rubric = material.rubric
    content = in_words(rubric.content, words) if rubric else {}
    facts = _facts(material, content, said_moment(at))
    sections = _sections(material, content, today, is_bound) if rubric else ()
    return Document(
        _("Report on learning walks"), language(), facts, _notes(material, is_bound),
        sections, definitions(), is_bound,
    )  # fmt: skip


def _sections(
    material: Material, content: Mapping[str, Any], today: str, is_bound: bool
) -> tuple[Section, ...]:
    numbers = Numbers(material, is_bound)
    tables = [ratings(numbers, content), gates(numbers, content)]
    if material.asked.walk is None:  # a walk is one day at one school
        tables += [trend(numbers, content), spread(numbers), coverage(numbers, today)]
    else:
        tables.append(spread(numbers))
    return tuple(one for one in tables if one.rows)


def _facts(
    material: Material, content: Mapping[str, Any], moment: str
) -> tuple[tuple[str, str], ...]:
    asked, walk = material.asked, material.walk
    schools = list(material.schools.values())
    place = schools[0] if len(schools) == 1 else _("All schools (%(number)s)", number=len(schools))
    facts = [
        (_("School"), place),
        (_("Rubric"), str(content.get("title") or _("none yet"))),
        (_("Walk"), walk_name(walk.date) if walk else _("All walks and quick visits")),
        (_("Days"), _days(asked.first, asked.last)),
        (_("As of"), _("%(moment)s, by the clock of the server", moment=moment)),
    ]
    return tuple(facts)


def walk_name(day: str) -> str:
    """A walk by its day: its title is its lead's words, for those who may read the walk."""
    return _("Walk of %(day)s", day=saying.day(day))


def _days(first: str | None, last: str | None) -> str:
    if first and last:
        return _("%(low)s to %(high)s", low=saying.day(first), high=saying.day(last))
    if first:
        return _("from %(day)s on", day=saying.day(first))
    return _("until %(day)s", day=saying.day(last)) if last else _("All days")


def _notes(material: Material, is_bound: bool) -> tuple[str, ...]:
    notes = [_("What waits on tablets is not in here yet.")]
    if is_bound:
        notes.append(
            _(
                "Only numbers from at least %(rooms)s rooms and %(visits)s visits are shown.",
                rooms=LEAST_ROOMS,
                visits=LEAST_VISITS,
            )
        )
    else:
        notes.append(
            _(
                "You may open these visits, so small numbers are shown on this page too."
                " They are left out of every file."
            )
        )
        if material.waiting:
            notes.append(
                ngettext(
                    "%(num)s given observation is not in these numbers until it is released.",
                    "%(num)s given observations are not in these numbers until they are released.",
                    material.waiting,
                )
            )
    return tuple(notes)
