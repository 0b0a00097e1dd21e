"""Rows that pages query follow the log, and can be made anew from it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from walkapp import database, organisation
from walkapp.models import PersonCard, ProjectionCursor, Room, School
from walkapp.organisation import Refused
from walkapp.projections import catch_up, is_behind, rebuild

BY = organisation.SERVICE
FIELDS = {
    School: ("id", "name", "code", "archived"),
    Room: ("id", "school", "code", "name", "grade_band", "subject", "archived"),
    PersonCard: ("id", "name", "roles", "archived"),
}

Act = tuple[str, int, str]
acts = st.lists(
    st.tuples(
        st.sampled_from(
            ["school", "room", "person", "rename school", "rename room", "rename person",
             "archive school", "archive room", "archive person", "give", "end"]
        ),
        st.integers(0, 5),
        st.sampled_from(["Oak", "Elm", "李", "O'Brien"]),
    ),
    max_size=20,
)  # fmt: skip


def rows(session: Session, space: str) -> dict[str, list[Any]]:
    session.expire_all()
    return {
        model.__tablename__: sorted(
            tuple(getattr(row, field) for field in fields)
            for row in session.scalars(select(model).where(model.space == space))
        )
        for model, fields in FIELDS.items()
    }


class Clerk:
    """Does what an administrator could do, in any order; what is refused is left."""

    def __init__(self, session: Session, space: str) -> None:
        self.session, self.space = session, space
        self.made: dict[str, list[str]] = {"school": [], "room": [], "person": [], "grant": []}

    def do(self, act: Act) -> None:
        verb, which, word = act
        try:
            self._do(verb, which, word)
        except Refused:
            pass

    def _do(self, verb: str, which: int, word: str) -> None:
        at = (self.session, self.space, BY)
        if verb == "school":
            self.made["school"].append(organisation.add_school(*at, word, f"{word}{which}"))
        elif verb == "room" and self.made["school"]:
            school = self._one("school", which)
            self.made["room"].append(organisation.add_room(*at, school, f"{word}{which}"))
        elif verb == "person":
            self.made["person"].append(organisation.add_person(*at, word))
        elif verb == "give" and self.made["person"]:
            person = self._one("person", which)
            self.made["grant"].append(organisation.add_grant(*at, person, "observer"))
        elif verb == "end" and self.made["grant"]:
            organisation.end_grant(*at, self._one("grant", which))
        else:
            self._change(verb, which, word)

    def _change(self, verb: str, which: int, word: str) -> None:
        what, _, kind = verb.partition(" ")
        if not self.made.get(kind):
            return
        change = getattr(organisation, f"change_{kind}")
        values: dict[str, Any] = (
            {"name": word} if what == "rename" else {"archived": which % 2 == 0}
        )
        change(self.session, self.space, BY, self._one(kind, which), **values)

    def _one(self, kind: str, which: int) -> str:
        return self.made[kind][which % len(self.made[kind])]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts)
def test_rows_made_anew_are_the_rows_that_followed(opened: object, acts: list[Act]) -> None:
    with database.writing() as session:
        space = organisation.create_space(session, "Oak County")
        clerk = Clerk(session, space)
        for act in acts:
            clerk.do(act)
        followed = rows(session, space)
        rebuild(session, space)
        assert rows(session, space) == followed


@pytest.mark.postgres
def test_rows_made_anew_are_the_rows_that_followed_on_postgresql(opened: object) -> None:
    with database.writing() as session:
        space = organisation.create_space(session, "Oak County")
        clerk = Clerk(session, space)
        for verb in ("school", "room", "person", "give", "rename school", "archive room", "end"):
            clerk.do((verb, 0, "李"))
        followed = rows(session, space)
        assert all(followed.values())
        rebuild(session, space)
        assert rows(session, space) == followed


def test_catching_up_twice_is_the_same_as_once_and_knows_when_it_is_behind(opened: object) -> None:
    with database.writing() as session:
        space = organisation.create_space(session, "Oak County")
        organisation.add_school(session, space, BY, "Oak", "1")
        followed = rows(session, space)
        session.query(ProjectionCursor).update({"seq": 0})
        session.expire_all()
        assert is_behind(session, space)
        catch_up(session, space)
        catch_up(session, space)
        assert rows(session, space) == followed and not is_behind(session, space)


def test_another_district_is_left_alone(opened: object) -> None:
    with database.writing() as session:
        here, there = (organisation.create_space(session, name) for name in ("Oak", "Pine"))
        for space in (here, there):
            organisation.add_school(session, space, BY, "School", "1")
        before = rows(session, there)
        rebuild(session, here)
        assert rows(session, there) == before
