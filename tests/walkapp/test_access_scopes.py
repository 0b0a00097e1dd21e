"""Who may read and do what, when: grants of named people at two schools, and a clock."""

import itertools
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walkapp.access import (
    ROLES,
    SYSTEM,
    Agreement,
    agreement_of,
    as_before,
    author,
    screens_for,
)

OAK, PINE = "0a4-oak-hill", "91e-pine-ridge"
NOON = 1_795_000_000_000
HOUR = 3_600_000
STAFF = ("observer", "walk_lead", "district_lead")
COACHES = ("coach", "partner_coach")
WAITING = ("facilitator", "guest", "certification_reviewer", "auditor")


@dataclass(frozen=True)
class Grant:
    role: str
    school: str | None = None
    starts_at: int | None = None
    ends_at: int | None = None


def okoye(*grants: Grant, now: int = NOON):
    return author("district", "okoye", "account-7", "tablet-3", grants, now)


def test_without_grants_a_person_reads_only_what_is_their_own() -> None:
    assert okoye().scopes == {"person:okoye"}
    assert screens_for([], NOON) == set()


@pytest.mark.parametrize("role", STAFF)
def test_an_observer_of_a_school_reads_its_rooms_and_nobodys_desk(role: str) -> None:
    grants = [Grant(role, OAK)]
    assert okoye(*grants).scopes == {"person:okoye", "space", f"school:{OAK}"}
    reports = {"reports"} if role == "district_lead" else set()
    assert screens_for(grants, NOON) == {"observe"} | reports


@pytest.mark.parametrize("role", STAFF)
def test_an_observer_of_the_whole_district_reads_every_room(role: str) -> None:
    able = okoye(Grant(role))
    assert able.scopes == {"person:okoye", "space", "district"}
    assert able.ability.may_observe(OAK) and able.ability.may_observe(PINE)


@pytest.mark.parametrize("role", COACHES)
def test_a_coach_also_knows_whom_to_ask(role: str) -> None:
    here, everywhere = okoye(Grant(role, OAK)), okoye(Grant(role))
    assert here.scopes == {"person:okoye", "space", f"school:{OAK}", f"lead:{OAK}"}
    assert everywhere.scopes == {"person:okoye", "space", "district", "teachers"}
    assert screens_for([Grant(role, OAK)], NOON) == {"observe"}


def test_a_teacher_knows_who_asks_and_the_rooms_of_her_school_and_observes_nothing() -> None:
    novak = okoye(Grant("teacher", OAK))
    assert novak.scopes == {"person:okoye", "space", f"school:{OAK}"}
    assert novak.ability.may("agree", OAK) and not novak.ability.may("agree", PINE)
    assert (
        not novak.ability.may_observe(OAK) and screens_for([Grant("teacher", OAK)], NOON) == set()
    )
    assert okoye(Grant("teacher")).scopes == {"person:okoye"}


def test_a_principal_has_the_desk_of_her_school_and_no_other() -> None:
    ruiz = okoye(Grant("principal", OAK))
    assert ruiz.scopes == {
        "person:okoye",
        "space",
        f"school:{OAK}",
        f"desk:{OAK}",
        f"lead:{OAK}",
    }
    assert ruiz.ability.is_principal(OAK) and not ruiz.ability.is_principal(PINE)
    assert screens_for([Grant("principal", OAK)], NOON) == {"observe", "desk", "reports"}


def test_nobody_is_principal_of_a_whole_district() -> None:
    assert not any("desk" in scope for scope in okoye(Grant("principal")).scopes)


def test_an_administrator_keeps_the_lists_and_reads_no_observation() -> None:
    adler = okoye(Grant("admin"))
    assert adler.scopes == {"person:okoye", "space", "district"}
    assert adler.ability.is_admin() and not adler.ability.may_observe(OAK)
    assert screens_for([Grant("admin")], NOON) == {"admin"}


@pytest.mark.parametrize("role", WAITING)
@pytest.mark.parametrize("school", [OAK, None])
def test_roles_without_a_screen_are_refused_everything(role: str, school: str | None) -> None:
    grants = [Grant(role, school)]
    assert okoye(*grants).scopes == {"person:okoye"}
    assert screens_for(grants, NOON) == set()


def test_a_grant_counts_from_its_first_moment_and_no_longer_at_its_last() -> None:
    grant = Grant("observer", OAK, starts_at=NOON, ends_at=NOON + HOUR)
    counts = [
        okoye(grant, now=now).ability.may_observe(OAK)
        for now in (NOON - 1, NOON, NOON + HOUR - 1, NOON + HOUR)
    ]
    assert counts == [False, True, True, False]


def test_the_view_moves_when_a_grant_ends_by_date() -> None:
    grant = Grant("observer", OAK, ends_at=NOON)
    before, after = okoye(grant, now=NOON - 1), okoye(grant, now=NOON)
    assert before.view != after.view
    assert after.view == okoye().view


def test_the_view_stays_when_nothing_changes_in_what_may_be_read() -> None:
    coach = Grant("coach", OAK)
    assert okoye(coach).view == okoye(coach, Grant("observer", OAK)).view
    assert okoye(coach).view == okoye(coach, Grant("guest", OAK), now=NOON + HOUR).view


def test_the_view_is_of_one_person_in_one_space() -> None:
    views = {
        author(space, person, "account-7", None, [], NOON).view
        for space, person in itertools.product(("a", "b"), ("okoye", "bell"))
    }
    assert len(views) == 4


def test_the_view_can_stand_in_a_cursor() -> None:
    assert okoye().view.isalnum()


def test_work_under_a_grant_that_is_over_is_known_as_such_and_opens_nothing() -> None:
    over = okoye(Grant("principal", OAK, ends_at=NOON))
    assert over.ability.had("observe", OAK) and not over.ability.had("observe", PINE)
    assert over.scopes == {"person:okoye"} and not over.ability.may_observe(OAK)


def test_a_grant_to_come_gives_nothing_yet_and_gave_nothing_before() -> None:
    coming = okoye(Grant("observer", OAK, starts_at=NOON + 1))
    assert not coming.ability.may_observe(OAK) and not coming.ability.had("observe", OAK)


def test_the_service_sees_all_and_is_no_person() -> None:
    service = SYSTEM("account-1")
    assert service.all_seeing and service.ability.system and service.account == "account-1"
    assert not service.ability.may_observe(OAK) and not service.ability.is_admin()


def agreement(**facts: object) -> Agreement:
    body = {"coach": "okoye", "teacher": "novak", "school": OAK, **facts}
    return agreement_of("agreement-1", body)


FACT = {"at": NOON, "by": "novak"}
ASKED, AGREED, OVER = agreement(), agreement(agreed=FACT), agreement(agreed=FACT, over=FACT)


def coaching(*grants: Grant, of: Agreement = AGREED, now: int = NOON):
    return author("district", "okoye", "account-7", None, grants, now, [of])


def test_an_agreement_in_force_opens_one_scope_to_its_coach() -> None:
    coach = Grant("coach", OAK)
    assert coaching(coach).scopes - okoye(coach).scopes == {"coaching:agreement-1"}
    assert coaching(coach).view != okoye(coach).view


@pytest.mark.parametrize("of", [ASKED, OVER, agreement(over=FACT)])
def test_an_agreement_that_was_only_asked_for_or_is_over_opens_nothing(of: Agreement) -> None:
    coach = Grant("coach", OAK)
    assert coaching(coach, of=of).scopes == okoye(coach).scopes
    assert coaching(coach, of=of).view == okoye(coach).view


def test_without_the_role_at_her_school_an_agreement_opens_nothing() -> None:
    for grant in (Grant("coach", PINE), Grant("observer", OAK), Grant("coach", OAK, ends_at=NOON)):
        assert coaching(grant).scopes == okoye(grant).scopes
        assert coaching(grant).ability.coached == {AGREED}


def test_a_lead_who_takes_work_in_acts_under_the_agreement_as_it_was() -> None:
    before = as_before("district", "okoye", "account-1", [Grant("coach", OAK)], NOON, [OVER])
    assert before.ability.coaching == {OVER}


grants = st.builds(
    Grant,
    role=st.sampled_from(ROLES),
    school=st.sampled_from([OAK, PINE, None]),
    starts_at=st.none() | st.integers(0, 20),
    ends_at=st.none() | st.integers(0, 20),
)


@settings(deadline=None)
@given(st.lists(grants, max_size=6), st.integers(0, 20), st.integers(0, 20))
def test_the_view_moves_exactly_when_the_scopes_do(held: list[Grant], now: int, then: int) -> None:
    one, other = okoye(*held, now=now), okoye(*held, now=then)
    assert (one.view == other.view) == (one.scopes == other.scopes)


@settings(deadline=None)
@given(st.lists(grants, max_size=6), st.integers(0, 20), st.randoms())
def test_the_order_of_the_grants_means_nothing(held: list[Grant], now: int, random) -> None:
    shuffled = random.sample(held, len(held))
    assert okoye(*held, now=now) == okoye(*shuffled, now=now)


@settings(deadline=None)
@given(st.lists(grants, max_size=6), grants, st.integers(0, 20))
def test_another_grant_never_takes_anything_away(held: list[Grant], more: Grant, now: int) -> None:
    assert okoye(*held, now=now).scopes <= okoye(*held, more, now=now).scopes


@settings(deadline=None)
@given(st.lists(grants, max_size=6), st.integers(0, 20))
def test_a_desk_is_only_read_through_a_principals_grant_for_it(held: list[Grant], now: int) -> None:
    without = [g for g in held if not (g.role == "principal" and g.school)]
    assert not any(s.startswith("desk:") for s in okoye(*without, now=now).scopes)


@settings(deadline=None)
@given(st.lists(grants, max_size=6), st.integers(0, 20))
def test_who_teaches_is_for_principals_and_coaches(held: list[Grant], now: int) -> None:
    knowing = ("principal", *COACHES)
    without = okoye(*(g for g in held if g.role not in knowing), now=now).scopes
    assert "teachers" not in without and not any(s.startswith("lead:") for s in without)


@settings(deadline=None)
@given(st.lists(grants, max_size=6))
def test_a_grant_without_dates_does_not_wait_for_the_clock(held: list[Grant]) -> None:
    always = [replace(grant, starts_at=None, ends_at=None) for grant in held]
    assert okoye(*always, now=0).view == okoye(*always, now=10**15).view
