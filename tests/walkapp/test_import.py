"""Lists from files: looked at first, entered whole or not at all, and every fault has its line."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from walkapp import database, organisation
from walkapp.models import Audit, Commit, Grant, PersonCard, RecordRow, Room, School
from walkapp.organisation import Refused, email_of
from walkapp.people_import import MOST_BYTES, MOST_ROWS, Preview, apply, preview

BY = organisation.SERVICE
SCHOOLS = "school_code,school_name\n0031,Oak Hill\n0140,Cedar\n"
ROOMS = "school_code,room_code,room_name,grade_band,subject\n0031,12,Corner,3-5,Reading\n"
PEOPLE = "name,email,role,school_code\n"


@pytest.fixture
def writing(opened: object) -> Iterator[Session]:
    with database.writing() as session:
        yield session


@pytest.fixture
def space(writing: Session) -> str:
    return organisation.create_space(writing, "Oak County")


@pytest.fixture
def oak(writing: Session, space: str) -> str:
    return organisation.add_school(writing, space, BY, "Oak Hill", "0031")


def enter(session: Session, space: str, text: str) -> Preview:
    data = text.encode()
    return apply(session, space, BY, data, preview(session, space, data).digest)


def faults(session: Session, space: str, text: str | bytes) -> list[tuple[int, str]]:
    data = text if isinstance(text, bytes) else text.encode()
    seen = preview(session, space, data)
    assert not seen.can_apply
    assert all(fault.sentence.endswith(".") for fault in seen.refused)
    return [(fault.line, fault.column) for fault in seen.refused]


def test_a_school_number_keeps_its_zeros(writing: Session, space: str) -> None:
    enter(writing, space, SCHOOLS)
    assert set(writing.scalars(select(School.code))) == {"0031", "0140"}


def test_a_preview_writes_nothing(writing: Session, space: str) -> None:
    before = writing.scalar(select(func.count()).select_from(RecordRow))
    seen = preview(writing, space, SCHOOLS.encode())
    assert [one.line for one in seen.added] == [2, 3] and seen.can_apply
    assert writing.scalar(select(func.count()).select_from(RecordRow)) == before


def test_entering_again_finds_everything_as_it_is(writing: Session, space: str) -> None:
    enter(writing, space, SCHOOLS)
    seen = preview(writing, space, SCHOOLS.encode())
    assert len(seen.unchanged) == 2 and not seen.can_apply


def test_a_file_adds_and_changes_in_one_commit(writing: Session, space: str, oak: str) -> None:
    commits = writing.scalar(select(func.count()).select_from(Commit))
    seen = enter(writing, space, "school_code,school_name\n0031,Oak Hill Elementary\n9,Elm\n")
    assert (len(seen.added), len(seen.changed)) == (1, 1)
    assert writing.get_one(School, (space, oak)).name == "Oak Hill Elementary"
    assert writing.scalar(select(func.count()).select_from(Commit)) == commits + 1


def test_rooms_find_their_school_and_an_empty_cell_changes_nothing(
    writing: Session, space: str, oak: str
) -> None:
    enter(writing, space, ROOMS)
    enter(writing, space, "room_code,school_code,subject,grade_band\n12,0031,Science,\n")
    room = writing.scalars(select(Room)).one()
    assert (room.school, room.name, room.grade_band, room.subject) == (
        oak, "Corner", "3-5", "Science",
    )  # fmt: skip


def test_people_get_one_card_and_a_role_a_line(writing: Session, space: str, oak: str) -> None:
    enter(
        writing,
        space,
        PEOPLE + "Ngozi Okoye,Okoye@oak.example,principal,0031\n"
        "Ngozi Okoye,okoye@oak.example,Walk Lead,\nSam,sam@oak.example,observer,0031\n",
    )
    cards = {card.name: card.id for card in writing.scalars(select(PersonCard))}
    assert set(cards) == {"Ngozi Okoye", "Sam"}
    roles = writing.execute(
        select(Grant.role, Grant.school).where(Grant.person == cards["Ngozi Okoye"])
    )
    assert {tuple(role) for role in roles} == {("principal", oak), ("walk_lead", None)}
    assert email_of(writing, space, cards["Sam"]) == "sam@oak.example"


def test_a_list_of_people_adds_roles_to_who_is_there_and_ends_none(
    writing: Session, space: str, oak: str
) -> None:
    person = organisation.add_person(
        writing, space, BY, "Sam", [("observer", None)], "sam@oak.example"
    )
    seen = enter(writing, space, PEOPLE + "Sam O’Brien,sam@oak.example,coach,\n")
    assert "Sam becomes Sam O’Brien" in seen.changed[0].sentence
    card = writing.get_one(PersonCard, (space, person))
    assert card.name == "Sam O’Brien" and "coach" in card.roles and "observer" in card.roles


def test_formulas_stay_text(writing: Session, space: str) -> None:
    enter(writing, space, 'school_code,school_name\n=1+1,"=HYPERLINK(""http://x"")"\n')
    school = writing.scalars(select(School)).one()
    assert (school.code, school.name) == ("=1+1", '=HYPERLINK("http://x")')


@pytest.mark.parametrize(
    "name", ["O'Brien-Nguyễn 李", "Madonna", "x" * 200, "{{7*7}}", "<script>", "مدرسة"]
)
def test_a_name_in_a_list_can_be_anything_human(writing: Session, space: str, name: str) -> None:
    enter(writing, space, f"school_code,school_name\n1,{name}\n")
    assert writing.scalars(select(School.name)).one() == name


def test_a_file_from_excel_with_its_mark_and_line_ends_is_read(
    writing: Session, space: str
) -> None:
    data = b"\xef\xbb\xbf" + SCHOOLS.replace("\n", "\r\n").encode()
    assert len(preview(writing, space, data).added) == 2


def test_spaces_and_capitals_in_the_header_are_forgiven(writing: Session, space: str) -> None:
    seen = preview(writing, space, b"School Code, School Name \n1,Oak\n\n\n")
    assert len(seen.added) == 1


FILE = [(1, "")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", FILE),
        (b"\n\n", FILE),
        (b"PK\x03\x04 a workbook", FILE),
        (SCHOOLS.encode("utf-16"), FILE),
        ("school_code,school_name\n1,Café\n".encode("latin-1"), FILE),
        (b"school_code,school_name\n1,nul\x00\n", FILE),
        (SCHOOLS.replace(",", ";").encode(), FILE),
        (b"a,b\n1,2\n", FILE),
        (b'school_code,school_name\n1,"open\n', FILE),
        (b"school_code,school_code,school_name\n1,1,Oak\n", [(1, "school_code")]),
        (b"school_name\nOak\n", [(1, "school_code")]),
        (b"name,email\nA,a@b\n", [(1, "role")]),
        (b"school_code,school_name,principal\n1,Oak,X\n", [(1, "principal")]),
        (b"x" * (MOST_BYTES + 1), FILE),
        (b"school_code,school_name\n" + b"1,O\n" * (MOST_ROWS + 1), FILE),
        (b"school_code,school_name\n1," + b"x" * 200_000 + b"\n", FILE),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    writing: Session, space: str, data: bytes, expected: list[tuple[int, str]]
) -> None:
    assert faults(writing, space, data) == expected


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (",Oak", "school_code"),
        ("1,", "school_name"),
        ("1,   ", "school_name"),
        ("1," + "x" * 201, "school_name"),
        ("x" * 41 + ",Oak", "school_code"),
        ("1", ""),
        ("1,Oak,more", ""),
        ('1,"two\nlines"', "school_name"),
    ],
)
def test_a_bad_line_of_schools_names_line_and_column(
    writing: Session, space: str, line: str, column: str
) -> None:
    text = f"school_code,school_name\n0,Good\n{line}\n"
    assert faults(writing, space, text) == [(3, column)]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("Sam,sam@oak.example,wizard,", "role"),
        ("Sam,sam@oak.example,,", "role"),
        ("Sam,sam@oak.example,principal,", "school_code"),
        ("Sam,sam@oak.example,admin,0031", "school_code"),
        ("Sam,sam@oak.example,observer,31", "school_code"),
        ("Sam,not an address,observer,", "email"),
        ("Sam,,observer,", "email"),
        (",sam@oak.example,observer,", "name"),
    ],
)
def test_a_bad_line_of_people_names_line_and_column(
    writing: Session, space: str, oak: str, line: str, column: str
) -> None:
    assert faults(writing, space, f"{PEOPLE}{line}\n") == [(2, column)]


def test_the_same_line_twice_is_refused_and_names_the_first(
    writing: Session, space: str, oak: str
) -> None:
    seen = preview(writing, space, b"school_code,school_name\nx1,A\nX1,B\nx1,C\n")
    assert [(one.line, "line 2" in one.sentence) for one in seen.refused] == [(3, True), (4, True)]


def test_one_address_with_two_names_is_refused(writing: Session, space: str) -> None:
    text = PEOPLE + "Sam,s@oak.example,observer,\nSamuel,s@oak.example,coach,\n"
    assert faults(writing, space, text) == [(3, "name")]


def test_what_is_archived_is_not_brought_back_by_a_file(
    writing: Session, space: str, oak: str
) -> None:
    organisation.change_school(writing, space, BY, oak, archived=True)
    assert faults(writing, space, SCHOOLS) == [(2, "school_code")]
    assert faults(writing, space, ROOMS) == [(2, "school_code")]


def test_a_school_of_another_district_is_no_school(writing: Session, space: str, oak: str) -> None:
    other = organisation.create_space(writing, "Pine County")
    assert faults(writing, other, ROOMS) == [(2, "school_code")]


def test_one_bad_line_and_nothing_is_entered(writing: Session, space: str) -> None:
    data = (SCHOOLS + "1,\n").encode()
    seen = preview(writing, space, data)
    with pytest.raises(Refused, match="import-refused"):
        apply(writing, space, BY, data, seen.digest)
    assert writing.scalars(select(School)).all() == []


@pytest.mark.parametrize("what", ["the school was renamed", "another file", "another district"])
def test_a_preview_that_no_longer_holds_is_refused(
    writing: Session, space: str, oak: str, what: str
) -> None:
    data = SCHOOLS.encode()
    digest = preview(writing, space, data).digest
    if what == "the school was renamed":
        organisation.change_school(writing, space, BY, oak, name="Oak Hill Annex")
    elif what == "another file":
        data += b"7,Elm\n"
    else:
        space = organisation.create_space(writing, "Pine County")
    with pytest.raises(Refused, match="preview-outdated"):
        apply(writing, space, BY, data, digest)


def test_work_that_arrives_in_between_does_not_spoil_a_preview(
    writing: Session, space: str
) -> None:
    data = SCHOOLS.encode()
    digest = preview(writing, space, data).digest
    organisation.add_person(writing, space, BY, "Somebody")
    assert apply(writing, space, BY, data, digest).added


def test_every_entry_and_the_file_stand_in_the_audit(writing: Session, space: str) -> None:
    enter(writing, space, SCHOOLS)
    verbs = writing.scalars(select(Audit.verb).order_by(Audit.id)).all()
    assert verbs[-3:] == ["add-school", "add-school", "import"]
