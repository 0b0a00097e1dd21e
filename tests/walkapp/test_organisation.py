"""Schools, rooms, people and roles are entered through the log, with an audit row each."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from walkapp import database, organisation, sessions
from walkapp.clock import now_ms
from walkapp.models import Account, Audience, Audit, Grant, Person, PersonCard, RecordRow, School
from walkapp.models import Session as SignIn
from walkapp.organisation import NewGrant, Refused
from walkapp.queries.policy import feedback_due
from walkapp.rubric_files import load_library

BY = "11111111-1111-4111-8111-111111111111"
PASSWORD = "three herons on a wet roof"
HUMAN_NAMES = ["O'Brien-Nguyễn 李", "Madonna", "ن" * 200, "Søren Ó Dálaigh", "=1+1", "{{7*7}}"]


@pytest.fixture
def writing(opened: object) -> Iterator[Session]:
    with database.writing() as session:
        yield session


@pytest.fixture
def space(writing: Session) -> str:
    return organisation.create_space(writing, "Oak County")


def body_of(session: Session, space: str, id: str) -> dict:
    return json.loads(session.get_one(RecordRow, (space, id)).body)


def verbs(session: Session, space: str) -> list[str]:
    return list(session.scalars(select(Audit.verb).where(Audit.space == space).order_by(Audit.id)))


def refusal(call, *args: object, **named: object) -> Refused:
    with pytest.raises(Refused) as caught:
        call(*args, **named)
    return caught.value


def test_a_new_space_holds_the_published_rubrics_and_no_draft(writing: Session, space: str) -> None:
    held = writing.scalars(select(RecordRow.id).where(RecordRow.kind == "rubric")).all()
    published = {id for id, rubric in load_library().items() if rubric.is_published}
    assert set(held) == published


def test_publishing_again_adds_only_what_is_missing(writing: Session, space: str) -> None:
    assert organisation.publish_rubrics(writing, space, load_library()) == []


def test_a_school_is_a_record_a_row_and_an_audit_row(writing: Session, space: str) -> None:
    id = organisation.add_school(writing, space, BY, "Oak Hill", "0031")
    assert body_of(writing, space, id) == {"name": "Oak Hill", "code": "0031"}
    assert writing.get_one(School, (space, id)).code == "0031"
    assert writing.scalars(select(Audit.account).where(Audit.verb == "add-school")).all() == [BY]


@pytest.mark.parametrize("taken", ["0031", " 0031 ", "OAK", "oak"])
def test_a_code_names_one_school(writing: Session, space: str, taken: str) -> None:
    for name, code in (("Oak Hill", "0031"), ("Oak Glen", "Oak")):
        organisation.add_school(writing, space, BY, name, code)
    refused = refusal(organisation.add_school, writing, space, BY, "Another", taken)
    assert (refused.code, refused.field) == ("code-taken", "code")


def test_the_same_code_may_serve_another_district(writing: Session, space: str) -> None:
    organisation.add_school(writing, space, BY, "Oak Hill", "0031")
    other = organisation.create_space(writing, "Pine County")
    assert organisation.add_school(writing, other, BY, "Pine", "0031")


def test_a_code_keeps_its_zeros_beside_its_shorter_neighbour(writing: Session, space: str) -> None:
    organisation.add_school(writing, space, BY, "Oak Hill", "0031")
    assert organisation.add_school(writing, space, BY, "Elm", "31")


def test_a_room_code_is_the_schools_own(writing: Session, space: str) -> None:
    oak, elm = (organisation.add_school(writing, space, BY, n, n) for n in ("Oak", "Elm"))
    organisation.add_room(writing, space, BY, oak, "12")
    assert organisation.add_room(writing, space, BY, elm, "12")
    refused = refusal(organisation.add_room, writing, space, BY, oak, "12")
    assert refused.code == "code-taken"


def test_a_room_of_a_school_elsewhere_is_a_room_of_no_school(writing: Session, space: str) -> None:
    other = organisation.create_space(writing, "Pine County")
    pine = organisation.add_school(writing, other, BY, "Pine", "1")
    foreign = refusal(organisation.add_room, writing, space, BY, pine, "12")
    missing = refusal(organisation.add_room, writing, space, BY, BY, "12")
    assert (foreign.code, foreign.sentence) == (missing.code, missing.sentence)


@pytest.mark.parametrize("name", HUMAN_NAMES)
def test_a_name_can_be_anything_human(writing: Session, space: str, name: str) -> None:
    id = organisation.add_person(writing, space, BY, name)
    assert body_of(writing, space, id)["name"] == name
    assert writing.get_one(PersonCard, (space, id)).name == name


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "x" * 201, "two\nlines", "nul\0", "\ud800"])
def test_a_name_is_not_nothing_and_holds_what_can_be_shown(
    writing: Session, space: str, name: str
) -> None:
    assert refusal(organisation.add_person, writing, space, BY, name).field == "name"


def test_changing_writes_only_what_differs(writing: Session, space: str) -> None:
    id = organisation.add_school(writing, space, BY, "Oak Hill", "0031")
    seq = writing.get_one(RecordRow, (space, id)).seq
    organisation.change_school(writing, space, BY, id, name="Oak Hill", code="0031")
    writing.expire_all()
    assert writing.get_one(RecordRow, (space, id)).seq == seq
    organisation.change_school(writing, space, BY, id, name="Oak Hill Elementary", archived=True)
    body = body_of(writing, space, id)
    assert body == {"name": "Oak Hill Elementary", "code": "0031", "archived": True}
    assert verbs(writing, space)[-2:] == ["add-school", "change-school"]


def test_roles_stand_on_the_card_and_in_the_grants(writing: Session, space: str) -> None:
    oak = organisation.add_school(writing, space, BY, "Oak", "1")
    roles = [("principal", oak), ("observer", None)]
    id = organisation.add_person(writing, space, BY, "Ms. Ruiz", roles)
    given = writing.execute(select(Grant.role, Grant.school).where(Grant.person == id)).all()
    on_card = body_of(writing, space, id)["roles"]
    assert {(one["role"], one["school"]) for one in on_card} == {tuple(row) for row in given}
    scopes = writing.scalars(select(Audience.scope).where(Audience.record == id)).all()
    assert set(scopes) == {f"person:{id}", f"school:{oak}", "district", "space"}


def test_an_ended_role_leaves_the_card_and_stays_in_the_history(
    writing: Session, space: str
) -> None:
    id = organisation.add_person(writing, space, BY, "Ms. Okoye", [("coach", None)])
    grant = organisation.add_grant(writing, space, BY, id, "observer")
    organisation.end_grant(writing, space, BY, grant)
    assert body_of(writing, space, id)["roles"] == [{"role": "coach", "school": None}]
    ended = writing.get_one(Grant, (space, grant))
    assert ended.ends_at is not None and ended.ends_at <= now_ms()
    assert verbs(writing, space)[-1] == "end-role"


@pytest.mark.parametrize(
    ("role", "at_school", "code"),
    [
        ("wizard", False, "unknown-role"),
        ("principal", False, "role-needs-school"),
        ("teacher", False, "role-needs-school"),
        ("admin", True, "role-is-for-all"),
        ("district_lead", True, "role-is-for-all"),
    ],
)
def test_a_role_goes_with_its_place(
    writing: Session, space: str, role: str, at_school: bool, code: str
) -> None:
    oak = organisation.add_school(writing, space, BY, "Oak", "1")
    where = oak if at_school else None
    refused = refusal(organisation.add_person, writing, space, BY, "X", [(role, where)])
    assert refused.code == code


def test_a_role_can_begin_and_end_by_date(writing: Session, space: str) -> None:
    id = organisation.add_person(
        writing, space, BY, "Mr. Bell", [NewGrant("observer", None, 2_000, 9_000)], now=1_000
    )
    crossed = refusal(
        organisation.add_grant, writing, space, BY, id, "coach", starts_at=9, ends_at=3
    )
    assert crossed.code == "dates-crossed"
    again = refusal(organisation.add_grant, writing, space, BY, id, "observer", now=1_000)
    assert again.code == "role-already-given"
    assert organisation.add_grant(writing, space, BY, id, "observer", starts_at=9_000, now=1_000)


def test_a_district_keeps_an_administrator_who_can_sign_in(writing: Session, space: str) -> None:
    admin = organisation.add_person(
        writing, space, BY, "Ms. Adler", [("admin", None)], "adler@oak.example"
    )
    organisation.set_account_password(writing, space, admin, PASSWORD, actor=BY)
    # Invited and not here yet: nobody to rely on.
    organisation.add_person(writing, space, BY, "Mr. New", [("admin", None)], "new@oak.example")
    grant = writing.scalars(select(Grant.id).where(Grant.person == admin)).one()
    assert refusal(organisation.end_grant, writing, space, BY, grant).code == "last-admin"
    archived = refusal(organisation.change_person, writing, space, BY, admin, archived=True)
    assert archived.code == "last-admin"


def test_archiving_a_person_ends_the_roles_and_leaves_the_sign_ins(
    writing: Session, space: str
) -> None:
    id = organisation.add_person(
        writing, space, BY, "Mr. Bell", [("observer", None)], "bell@oak.example"
    )
    account = organisation.set_account_password(writing, space, id, PASSWORD, actor=BY)
    sessions.start(writing, account, None, now_ms())
    organisation.change_person(writing, space, BY, id, archived=True)
    assert body_of(writing, space, id)["roles"] == []
    # What waits on the tablet can still be handed in and kept.
    assert writing.scalars(select(SignIn.ended_at)).all() == [None]


def test_no_account_is_made_or_joined_by_an_address_alone(writing: Session, space: str) -> None:
    bell = organisation.add_person(writing, space, BY, "Mr. Bell", [], "Bell@Oak.example")
    assert organisation.email_of(writing, space, bell) == "bell@oak.example"
    assert writing.scalars(select(Account)).all() == []
    organisation.set_account_password(writing, space, bell, PASSWORD, actor=BY)
    other = organisation.create_space(writing, "Pine County")
    guest = organisation.add_person(writing, other, BY, "B. Bell", [], "bell@oak.example")
    assert writing.get_one(Person, (other, guest)).account is None


def test_one_address_is_one_person_of_a_space(writing: Session, space: str) -> None:
    organisation.add_person(writing, space, BY, "Mr. Bell", [], "bell@oak.example")
    refused = refusal(
        organisation.add_person, writing, space, BY, "Ms. Bell", [], " BELL@oak.example "
    )
    assert (refused.code, refused.field) == ("email-taken", "email")


@pytest.mark.parametrize("email", ["bell", "bell@", "@oak", "a b@oak.example", "a@b@c", "x" * 300])
def test_an_address_looks_like_one(writing: Session, space: str, email: str) -> None:
    refused = refusal(organisation.add_person, writing, space, BY, "Mr. Bell", [], email)
    assert refused.field == "email"


def test_the_address_of_an_account_is_not_changed_by_an_administrator(
    writing: Session, space: str
) -> None:
    id = organisation.add_person(writing, space, BY, "Mr. Bell", [], "bell@oak.example")
    organisation.change_person(writing, space, BY, id, email="b.bell@oak.example")
    assert organisation.email_of(writing, space, id) == "b.bell@oak.example"
    organisation.set_account_password(writing, space, id, PASSWORD, actor=BY)
    refused = refusal(organisation.change_person, writing, space, BY, id, email="x@oak.example")
    assert refused.code == "already-joined"


def test_a_new_password_ends_every_sign_in(writing: Session, space: str) -> None:
    id = organisation.add_person(writing, space, BY, "Mr. Bell", [], "bell@oak.example")
    account = organisation.set_account_password(writing, space, id, PASSWORD, actor=BY)
    sessions.start(writing, account, None, now_ms())
    organisation.set_account_password(writing, space, id, PASSWORD + "!", actor=BY)
    assert all(writing.scalars(select(SignIn.ended_at)))


def test_sign_ins_end_one_device_at_a_time_or_all(writing: Session, space: str) -> None:
    id = organisation.add_person(writing, space, BY, "Mr. Bell", [], "bell@oak.example")
    account = organisation.set_account_password(writing, space, id, PASSWORD, actor=BY)
    for device in ("tablet-1", "tablet-2", None):
        sessions.start(writing, account, device, now_ms())
    organisation.end_sign_in(writing, space, BY, id, "tablet-1")
    left = select(SignIn.device).where(SignIn.ended_at.is_(None))
    assert set(writing.scalars(left)) == {"tablet-2", None}
    organisation.end_sign_in(writing, space, BY, id, None)
    assert set(writing.scalars(left)) == {"tablet-2"}
    organisation.end_all_sign_ins(writing, space, BY, id)
    assert set(writing.scalars(left)) == set()
    assert verbs(writing, space)[-3:] == ["end-sign-in", "end-sign-in", "end-all-sign-ins"]


def test_until_when_feedback_is_due_is_one_record_however_often_it_is_chosen(
    writing: Session, space: str
) -> None:
    assert feedback_due(writing, space) == "two-work-days"
    for due in ("same-day", "one-week"):
        organisation.change_feedback_due(writing, space, BY, due)
        assert feedback_due(writing, space) == due
    held = writing.scalars(select(RecordRow.body).where(RecordRow.kind == "policy")).all()
    assert [json.loads(body) for body in held] == [{"feedback_due": "one-week"}]
    trouble = refusal(organisation.change_feedback_due, writing, space, BY, "whenever")
    assert trouble.field == "feedback_due"
