"""The people and places of the tests: a small district, entered the way an administrator would."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from walkapp import organisation

PASSWORD = "three herons on a wet roof"
DAY_ONE_MS = 1_795_000_000_000


@dataclass(frozen=True)
class Somebody:
    """A person of the space with the account they sign in with."""

    person: str
    account: str
    email: str
    name: str


@dataclass(frozen=True)
class OakHill:
    """`people` by short name: okoye (coach), bell (observer at Oak Hill), ruiz and tran
    (principals of Oak Hill and Pine Ridge), adler (admin), novak (teacher at Oak Hill)."""

    space: str
    oak_hill: str
    pine_ridge: str
    room_12: str
    room_3: str  # of Pine Ridge
    people: dict[str, Somebody] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Somebody:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


def build(session: Session, name: str = "Oak County", domain: str = "oak.example") -> OakHill:
    """Another name and domain make a second, foreign district."""
    by = organisation.SERVICE
    space = organisation.create_space(session, name, DAY_ONE_MS)
    oak = organisation.add_school(session, space, by, "Oak Hill Elementary", "0031", now=DAY_ONE_MS)
    pine = organisation.add_school(session, space, by, "Pine Ridge Middle", "0107", now=DAY_ONE_MS)
    room_12 = organisation.add_room(
        session, space, by, oak, "12", grade_band="3-5", subject="Mathematics", now=DAY_ONE_MS
    )
    room_3 = organisation.add_room(
        session, space, by, pine, "3", grade_band="6-8", subject="Science", now=DAY_ONE_MS
    )
    people = {
        short: _add(session, space, full, f"{short}@{domain}", role, school)
        for short, full, role, school in (
            ("okoye", "Ms. Okoye", "coach", None),
            ("bell", "Mr. Bell", "observer", oak),
            ("ruiz", "Ms. Ruiz", "principal", oak),
            ("tran", "Mr. Tran", "principal", pine),
            ("adler", "Ms. Adler", "admin", None),
            ("novak", "Mr. Novak", "teacher", oak),
        )
    }
    return OakHill(space, oak, pine, room_12, room_3, people)


def _add(
    session: Session, space: str, name: str, email: str, role: str, school: str | None
) -> Somebody:
    by = organisation.SERVICE
    person = organisation.add_person(
        session, space, by, name, [(role, school)], email, now=DAY_ONE_MS
    )
    account = organisation.set_account_password(
        session, space, person, PASSWORD, actor=by, now=DAY_ONE_MS
    )
    return Somebody(person, account, email, name)
