"""What each number of a report counts, in words, with the version of its formula."""

from ..languages import N_
from ..languages import gettext as _
from ..measures.definitions import VERSIONS
from ..measures.groups import LEAST_ROOMS, LEAST_VISITS
from .document import Definition

WORDS = {
    "visit": (
        N_("Visit"),
        N_(
            "One stop at one room. It weighs once: where several people observed it, each of their"
            " observations has an equal part of it. Only observations that the principal released"
            " count, never drafts, and only what an observer chose: not observed, does not apply"
            " and what a gate set are no levels."
        ),
    ),
    "level-share": (
        N_("Share of a level"),
        N_("Visits with that level, of the visits with any level on that indicator."),
    ),
    "clear-or-better": (
        N_("Level 3 or 4"),
        N_("Visits with level 3 or higher, of the visits with any level on that indicator."),
    ),
    "gate-share": (
        N_("Share of a gate's answer"),
        N_("Visits with that answer, of the visits in which the gate was answered."),
    ),
    "met-share": (
        N_("Share met"),
        N_(
            "Visits in which every question was answered yes, of the visits in which they were"
            " answered."
        ),
    ),
    "interval": (
        N_("Interval"),
        N_(
            "A range that holds the true share in 95 of 100 such samples (Wilson). It is wide where"
            " visits are few. For medians and the middle half it is made of ranks and assumes no"
            " shape."
        ),
    ),
    "change": (
        N_("Since baseline"),
        N_(
            "Level 3 or 4 in the latest period less that of the first, in points of a hundred, with"
            " Newcombe's interval. Where the interval holds 0, the change may be chance."
        ),
    ),
    "index": (
        N_("Rigor and agency"),
        N_(
            "The mean level of TE1, TE2 and TE4, and of SA1 to SA4, of each visit in which two of"
            " them at least have a level."
        ),
    ),
    "middle-half": (
        N_("Middle half"),
        N_(
            "The distance between the quarter of visits below and the quarter above: how much"
            " visits within one school differ."
        ),
    ),
    "coverage": (
        N_("Rooms seen"),
        N_(
            "Rooms in use with at least one given visit since the school year began, of all rooms"
            " in use. A count of all rooms, so it has no interval."
        ),
    ),
    "recency": (
        N_("Days since the last visit"),
        N_("The median over the rooms that were seen."),
    ),
    "hidden": (
        N_("Not shown"),
        N_(
            "A number is made of groups of at least %(rooms)s rooms and %(visits)s visits. Visits"
            " that do not fill a group wait for others and are in no number, so that nothing small"
            " can be worked out by subtracting."
        ),
    ),
}


def definitions() -> tuple[Definition, ...]:
    return tuple(
        Definition(_(name), _(words, rooms=LEAST_ROOMS, visits=LEAST_VISITS), VERSIONS[id])
        for id, (name, words) in WORDS.items()
    )
