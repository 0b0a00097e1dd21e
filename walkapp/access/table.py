"""The one table of roles x scope kinds x verbs (rulings 7). What is not listed is refused.

A grant is for one school ("school") or for the whole space ("space"); the same role may mean
less in one of the two. Roles that wait for their own screens (guest, facilitator, certification
reviewer, auditor) have no verb yet, on purpose.
"""

SCOPE_KINDS = ("school", "space")

DIRECTORY = "directory"  # schools, published rubrics, people known to the whole space
ROOMS = "rooms"  # rooms and colleagues of the grant's schools
OBSERVE = "observe"  # plan walks, make visits and observations
DESK = "desk"  # read what was given to the school; comment, send back, release, reopen
STAFF = "staff"  # teachers' cards of the school
ADMINISTER = "administer"  # schools, rooms, people, grants, devices of the space
DECIDE = "decide"  # take in, or not, work that was kept because its author's right was over
COACH = "coach"  # ask a teacher, and write steps for as long as the teacher agrees
AGREE = "agree"  # be asked, and agree or not: each for herself
REPORTS = "reports"  # read numbers over many visits; the visits themselves only with DESK

VERBS = (DIRECTORY, ROOMS, OBSERVE, DESK, STAFF, ADMINISTER, DECIDE, COACH, AGREE, REPORTS)

_OBSERVER = frozenset({DIRECTORY, ROOMS, OBSERVE})
_PRINCIPAL = _OBSERVER | {DESK, STAFF, REPORTS}
# Whom to ask: names of teachers, never where they teach (rooms stay nameless, rulings 8).
_COACH = _OBSERVER | {STAFF, COACH}
# Who asks, and which rooms there are: to agree she names her own.
_TEACHER = frozenset({DIRECTORY, ROOMS, AGREE})
_LEAD = _OBSERVER | {DECIDE, REPORTS}
# An administrator keeps the lists and opens no observation.
_ADMIN = frozenset({DIRECTORY, ROOMS, ADMINISTER})
_NOTHING: frozenset[str] = frozenset()

TABLE: dict[str, dict[str, frozenset[str]]] = {
    "observer": {"school": _OBSERVER, "space": _OBSERVER},
    "walk_lead": {"school": _OBSERVER, "space": _OBSERVER},
    "coach": {"school": _COACH, "space": _COACH},
    "partner_coach": {"school": _COACH, "space": _COACH},
    # A desk belongs to a school: there is no principal of a whole district.
    "principal": {"school": _PRINCIPAL, "space": _OBSERVER},
    # What was kept belongs to the whole space: a lead of one school does not decide about it.
    "district_lead": {"school": _OBSERVER | {REPORTS}, "space": _LEAD},
    # The lists of a space have one keeper: an administrator of one school keeps nothing.
    "admin": {"school": _NOTHING, "space": _ADMIN},
    # A classroom belongs to a school.
    "teacher": {"school": _TEACHER, "space": _NOTHING},
    "facilitator": {"school": _NOTHING, "space": _NOTHING},
    "guest": {"school": _NOTHING, "space": _NOTHING},
    "certification_reviewer": {"school": _NOTHING, "space": _NOTHING},
    "auditor": {"school": _NOTHING, "space": _NOTHING},
}


def verbs_of(role: str, school: str | None) -> frozenset[str]:
    """What a grant of this role allows; an unknown role allows nothing."""
    kinds = TABLE.get(role)
    return kinds["space" if school is None else "school"] if kinds else _NOTHING


def needs_school(role: str) -> bool:
    """Is the role only whole when it is given for one school?"""
    return DESK in TABLE[role]["school"]
