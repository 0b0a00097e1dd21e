"""One-time links: single use, bound to a person and an address, and never a way into another's."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from walkapp import database, invites, organisation, passwords, sessions
from walkapp.clock import now_ms
from walkapp.models import Account, Audit, Invite, Person
from walkapp.models import Session as SignIn
from walkapp.organisation import Refused

BY = organisation.SERVICE
PASSWORD = "three herons on a wet roof"
OTHER = "nine lanterns over a millpond"


@pytest.fixture
def writing(opened: object) -> Iterator[Session]:
    with database.writing() as session:
        yield session


@pytest.fixture
def space(writing: Session) -> str:
    return organisation.create_space(writing, "Oak County")


@pytest.fixture
def bell(writing: Session, space: str) -> str:
    return organisation.add_person(
        writing, space, BY, "Mr. Bell", [("observer", None)], "bell@oak.example"
    )


def refused_code(call, *args: object, **named: object) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **named)
    return caught.value.code


def test_a_link_opens_once_and_makes_the_account(writing: Session, space: str, bell: str) -> None:
    link = invites.create_link(writing, space, BY, bell)
    account = invites.accept_with_password(writing, link.token, PASSWORD)
    kept = writing.get_one(Account, account)
    assert kept.email == "bell@oak.example" and passwords.is_right(kept.password_hash, PASSWORD)
    assert refused_code(invites.accept_with_password, writing, link.token, OTHER) == "link-over"
    assert passwords.is_right(kept.password_hash, PASSWORD)


def test_who_chose_the_password_is_the_account_itself(
    writing: Session, space: str, bell: str
) -> None:
    link = invites.create_link(writing, space, BY, bell)
    account = invites.accept_with_password(writing, link.token, PASSWORD)
    chose = select(Audit.account).where(Audit.verb.in_(("set-password", "join-account")))
    assert writing.scalars(chose).all() == [account, account]


def test_the_token_stands_nowhere_in_the_database(writing: Session, space: str, bell: str) -> None:
    link = invites.create_link(writing, space, BY, bell)
    kept = [*writing.scalars(select(Invite.token_hash)), *writing.scalars(select(Audit.detail))]
    assert not any(link.token in text for text in kept)


def test_looking_at_a_link_uses_nothing_up(writing: Session, space: str, bell: str) -> None:
    link = invites.create_link(writing, space, BY, bell)
    for _ in range(3):
        read = invites.read_link(writing, link.token)
        assert read is not None and (read.person_name, read.way) == ("Mr. Bell", invites.NEW)


def test_a_link_ends_after_three_days(writing: Session, space: str, bell: str) -> None:
    now = now_ms()
    link = invites.create_link(writing, space, BY, bell, now=now)
    last = now + invites.LASTS_MS
    assert invites.read_link(writing, link.token, now=last - 1) is not None
    assert invites.read_link(writing, link.token, now=last) is None
    assert (
        refused_code(invites.accept_with_password, writing, link.token, PASSWORD, now=last)
        == "link-over"
    )


@pytest.mark.parametrize("what", ["a newer link", "another address", "archived"])
def test_an_earlier_link_is_void_after(writing: Session, space: str, bell: str, what: str) -> None:
    link = invites.create_link(writing, space, BY, bell)
    if what == "a newer link":
        invites.create_link(writing, space, BY, bell)
    elif what == "another address":
        organisation.change_person(writing, space, BY, bell, email="b.bell@oak.example")
    else:
        organisation.change_person(writing, space, BY, bell, archived=True)
    assert invites.read_link(writing, link.token) is None


@pytest.mark.parametrize("token", ["", "x", "../../etc/passwd", "a" * 10_000, "é"])
def test_a_token_that_was_never_made_opens_nothing(writing: Session, token: str) -> None:
    assert invites.read_link(writing, token) is None


def test_a_person_without_an_address_gets_no_link(writing: Session, space: str) -> None:
    nobody = organisation.add_person(writing, space, BY, "Ms. Paper")
    assert refused_code(invites.create_link, writing, space, BY, nobody) == "missing-field"


def test_a_link_for_a_foreign_person_is_refused_like_one_for_nobody(
    writing: Session, space: str, bell: str
) -> None:
    other = organisation.create_space(writing, "Pine County")
    assert refused_code(invites.create_link, writing, other, BY, bell) == "unknown-record"
    assert refused_code(invites.create_link, writing, other, BY, BY) == "unknown-record"


def test_a_new_link_renews_the_password_and_ends_every_sign_in(
    writing: Session, space: str, bell: str
) -> None:
    account = organisation.set_account_password(writing, space, bell, PASSWORD, actor=BY)
    sessions.start(writing, account, "tablet", now_ms())
    link = invites.create_link(writing, space, BY, bell)
    assert writing.scalars(select(SignIn.ended_at)).all() == [None]
    assert invites.accept_with_password(writing, link.token, OTHER) == account
    assert passwords.is_right(writing.get_one(Account, account).password_hash, OTHER)
    assert all(writing.scalars(select(SignIn.ended_at)))


class TestAnAccountOfAnotherDistrict:
    """Ms. Okoye coaches in two districts; neither may open the doors of the other."""

    @pytest.fixture
    def account(self, writing: Session, space: str) -> str:
        okoye = organisation.add_person(writing, space, BY, "Ms. Okoye", [], "okoye@coach.example")
        return organisation.set_account_password(writing, space, okoye, PASSWORD, actor=BY)

    @pytest.fixture
    def other(self, writing: Session) -> str:
        return organisation.create_space(writing, "Pine County")

    @pytest.fixture
    def guest(self, writing: Session, other: str) -> str:
        roles = [("partner_coach", None)]
        return organisation.add_person(writing, other, BY, "N. Okoye", roles, "okoye@coach.example")

    def test_joins_only_by_its_own_sign_in(
        self, writing: Session, other: str, account: str, guest: str
    ) -> None:
        link = invites.create_link(writing, other, BY, guest)
        assert invites.read_link(writing, link.token).way == invites.JOIN
        stolen = refused_code(invites.accept_with_password, writing, link.token, OTHER)
        assert stolen == "sign-in-first"
        assert passwords.is_right(writing.get_one(Account, account).password_hash, PASSWORD)
        assert refused_code(invites.accept_as, writing, link.token, BY) == "not-yours"
        assert invites.accept_as(writing, link.token, account) == other
        assert writing.get_one(Person, (other, guest)).account == account

    def test_keeps_its_password_once_it_enters_two(
        self, writing: Session, other: str, account: str, guest: str
    ) -> None:
        invites.accept_as(writing, invites.create_link(writing, other, BY, guest).token, account)
        assert (
            refused_code(invites.create_link, writing, other, BY, guest) == "account-is-elsewhere"
        )

    def test_a_renewing_link_made_before_it_joined_another_is_refused(
        self, writing: Session, space: str, other: str, account: str, guest: str
    ) -> None:
        okoye = writing.scalars(select(Person.id).where(Person.space == space)).one()
        renewing = invites.create_link(writing, space, BY, okoye)
        joining = invites.create_link(writing, other, BY, guest)
        invites.accept_as(writing, joining.token, account)
        code = refused_code(invites.accept_with_password, writing, renewing.token, OTHER)
        assert code == "account-is-elsewhere"


def test_an_address_that_two_districts_invited_goes_to_who_accepts_first(
    writing: Session, space: str, bell: str
) -> None:
    other = organisation.create_space(writing, "Pine County")
    same = organisation.add_person(writing, other, BY, "B. Bell", [], "bell@oak.example")
    held_back = invites.create_link(writing, space, BY, bell)
    first = invites.create_link(writing, other, BY, same)
    account = invites.accept_with_password(writing, first.token, PASSWORD)
    # Oak County's administrator still holds a link, but it opens nothing of Pine County's.
    assert invites.read_link(writing, held_back.token).way == invites.JOIN
    assert passwords.is_right(writing.get_one(Account, account).password_hash, PASSWORD)
