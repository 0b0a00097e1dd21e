"""The table of roles x scope kinds x verbs, whole: a change of one cell must be made here too."""

import pytest

from walkapp.access.roles import ROLES
from walkapp.access.table import SCOPE_KINDS, TABLE, VERBS, needs_school, verbs_of

OBSERVER = {"directory", "rooms", "observe"}
PRINCIPAL = {"directory", "rooms", "observe", "desk", "staff", "reports"}
ADMIN = {"directory", "rooms", "administer"}
COACH = OBSERVER | {"staff", "coach"}

EXPECTED = {
    ("observer", "school"): OBSERVER,
    ("observer", "space"): OBSERVER,
    ("walk_lead", "school"): OBSERVER,
    ("walk_lead", "space"): OBSERVER,
    ("coach", "school"): COACH,
    ("coach", "space"): COACH,
    ("partner_coach", "school"): COACH,
    ("partner_coach", "space"): COACH,
    ("teacher", "school"): {"directory", "rooms", "agree"},
    ("district_lead", "school"): OBSERVER | {"reports"},
    ("district_lead", "space"): OBSERVER | {"decide", "reports"},
    ("principal", "school"): PRINCIPAL,
    ("principal", "space"): OBSERVER,
    ("admin", "space"): ADMIN,
}

CELLS = [(role, kind, verb) for role in sorted(ROLES) for kind in SCOPE_KINDS for verb in VERBS]


def test_the_table_has_every_role_and_every_kind_of_scope() -> None:
    assert set(TABLE) == set(ROLES)
    assert all(set(kinds) == set(SCOPE_KINDS) for kinds in TABLE.values())


@pytest.mark.parametrize(("role", "kind", "verb"), CELLS)
def test_every_cell_is_as_decided(role: str, kind: str, verb: str) -> None:
    school = "oak-hill" if kind == "school" else None
    assert (verb in verbs_of(role, school)) == (verb in EXPECTED.get((role, kind), set()))


def test_an_unknown_role_allows_nothing() -> None:
    assert verbs_of("superintendent", None) == frozenset()


def test_only_a_principal_needs_a_school() -> None:
    assert [role for role in ROLES if needs_school(role)] == ["principal"]
