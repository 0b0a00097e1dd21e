"""Two visits of last week, written down the way a good observer does: what was seen and heard."""

from datetime import date
from typing import Any

from walkapp.sync.change import Change

from .district import District
from .places import ELEMENTARY
from .walks import MINUTE_MS, RUBRIC, ids, new

Note = tuple[int, str, str, tuple[str, ...]]  # minute, chip, text, indicators

FRACTIONS: dict[str, Any] = {
    "context": {
        "grade_band": "3-5", "subject": "Math", "lesson_phase": "Middle",
        "grouping": "Teams of 3-4", "students_present": 22,
    },
    "gates": {"team_time_seen": {"value": "yes"}},
    "ratings": {
        "TE1": {"value": 3}, "TE2": {"value": 3}, "TE3": {"aligned": "yes", "demand": "yes"},
        "TE4": {"value": 3}, "TS1": {"value": 2}, "TS2": {"value": 3}, "TS3": {"value": 2},
        "TS4": {"value": 3}, "SA1": {"value": 3}, "SA2": {"value": 3},
        "SA3": {"value": "not_observed"}, "SA4": {"value": 3}, "TM1": {"value": 4},
        "TM2": {"value": 3}, "TM3": {"value": "not_observed"},
    },
    "counts": {
        "teams_seen": 6, "teams_all_contributing": 4, "students_asked": 3,
        "could_state_target": 3, "could_say_how_well": 2,
    },
}  # fmt: skip
FRACTIONS_NOTES: tuple[Note, ...] = (
    (1, "saw", "Target on the board: “I can explain why two fractions are equal.” "
     "Four of six teams had the card with criteria on the table.", ("TE1",)),
    (3, "heard", "Student: “How do you know 4/6 is the same? Show it on the strip.” "
     "Partner folded the strip and pointed at the line.", ("SA1", "TE2")),
    (5, "said", "Asked three students what they were learning. All named equal fractions; "
     "two said a good answer “has a drawing and a because”.", ("TE1",)),
    (7, "saw", "Teacher wrote initials in two columns on a clipboard after each table, then "
     "called the five in the second column to the carpet.", ("TM1",)),
    (9, "work", "Six of six sheets at two tables show a strip drawing and a sentence with "
     "“because”.", ("TE3",)),
    (10, "tally", "In four of six teams every member spoke to the task.", ("TS4",)),
)  # fmt: skip

PLANTS: dict[str, Any] = {
    "context": {
        "grade_band": "3-5", "subject": "Science", "lesson_phase": "Opening",
        "grouping": "Whole class", "students_present": 19,
    },
    "gates": {"team_time_seen": {"value": "no"}},
    "ratings": {
        "TE1": {"value": 2}, "TE2": {"value": 2}, "TE3": {"aligned": "yes", "demand": "no"},
        "TE4": {"value": 2}, "TM1": {"value": 2}, "TM2": {"value": 1},
        "TM3": {"value": "not_observed"},
    },
    "counts": {
        "teams_seen": 0, "students_asked": 3, "could_state_target": 2, "could_say_how_well": 0,
    },
}  # fmt: skip
PLANTS_NOTES: tuple[Note, ...] = (
    (1, "saw", "Target read aloud by the teacher and written on the chart. Students copied it.",
     ("TE1",)),
    (4, "heard", "Teacher: “The root takes in the water. Write root.” The class wrote the word.",
     ("TM2", "TE2")),
    (6, "said", "Asked three students. Two: “parts of a plant”. One: “I don't know yet.” None "
     "could say how they would know that their work is good.", ("TE1",)),
    (8, "work", "All sheets seen: the picture of a plant with four words copied from the board.",
     ("TE3",)),
)  # fmt: skip


def observation_changes(district: District, day: date, at: int) -> list[Change]:
    """Both observations of the coach, given to the principal."""
    return [
        _observation(district, day, 1, at + 15 * MINUTE_MS, FRACTIONS, FRACTIONS_NOTES),
        _observation(district, day, 2, at + 30 * MINUTE_MS, PLANTS, PLANTS_NOTES),
    ]


def _observation(
    district: District, day: date, number: int, at: int, answers: dict[str, Any],
    notes: tuple[Note, ...],
) -> Change:  # fmt: skip
    id = ids(district, "observation", day, number)
    evidence = {
        ids(district, "evidence", id, order): {
            "text": text, "at": at + minute * MINUTE_MS, "chip": chip,
            "indicators": list(indicators), "order": order,
        }
        for order, (minute, chip, text, indicators) in enumerate(notes)
    }  # fmt: skip
    return new(district, "observation", id, at, {
        "walk": ids(district, "walk", day), "visit": ids(district, "visit", day, number),
        "number": number, "school": district.schools[ELEMENTARY], "rubric": RUBRIC,
        "observer": district.people["coach"].person, "state": "submitted", "form": "full",
        "date": day.isoformat(), "started_at": at, "ended_at": at + 12 * MINUTE_MS,
        "given_at": at + 25 * MINUTE_MS,
        **answers, "evidence": evidence,
    })  # fmt: skip
