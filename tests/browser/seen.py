"""What Ms. Okoye sees in Room 12: fifteen ratings, a gate, counts and six notes."""

from typing import Any

RUBRIC = "Deeper Learning Classroom Walk"
GATES = {"team_time_seen": "yes"}
COUNTS = {"Teams seen": 5, "Students asked": 3}

# Every level, a paired yes and no, and the two that are not levels.
RATINGS: dict[str, Any] = {
    "TE1": 3, "TE2": 2, "TE3": {"aligned": "yes", "demand": "no"}, "TE4": 4,
    "TS1": 1, "TS2": 2, "TS3": "not_observed", "TS4": 3,
    "SA1": 4, "SA2": 2, "SA3": "not_applicable", "SA4": 3,
    "TM1": 3, "TM2": 2, "TM3": 1,
}  # fmt: skip

# What was heard is written as it was said: quotes, accents, another script, a smile.
NOTES = [
    ("Saw", "Four teams of 3, each with a role card on the table"),
    ("Heard", "“Why do you think that?” — asked by one student of another"),
    ("Said", "«No sé, pero puedo probarlo» said a girl by the window"),
    ("Work", "2 of 5 posters compare both sources <and cite them>"),
    ("Note", "数学 words on the wall; nobody looked at them 🙂"),
    ("Saw", "The teacher waits, asks one question & walks on"),
]


def as_kept(ratings: dict[str, Any]) -> dict[str, Any]:
    """The ratings in the form in which a record holds them."""
    return {
        indicator: chosen if isinstance(chosen, dict) else {"value": chosen}
        for indicator, chosen in ratings.items()
    }


def as_shown(ratings: dict[str, Any]) -> dict[str, str]:
    """The ratings as marks: of a pair its result."""
    return {
        indicator: "met" if chosen == {"aligned": "yes", "demand": "yes"} else "not_met"
        if isinstance(chosen, dict) else str(chosen)
        for indicator, chosen in ratings.items()
    }  # fmt: skip
