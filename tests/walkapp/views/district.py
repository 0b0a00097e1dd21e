"""Two districts that know nothing of each other, with the people who work there."""

from dataclasses import dataclass, field
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient

from walkapp import organisation, passwords
from walkapp.database import writing
from walkapp.models import Account, Person

PASSWORD = "quiet lanterns over the millpond"
HASH = passwords.hash_of(PASSWORD)
# Stands in every name of the other district, and must never be read in this one.
MARK = "Zanzibar-Canary"
LAKEVIEW = {
    "observer": ("Ms. Okoye", [("observer", "oak")]),
    "coach": ("Mr. Brandt", [("coach", None)]),
    "principal": ("Dr. Alvarez", [("principal", "oak")]),
    "other_principal": ("Mrs. Lindqvist", [("principal", "pine")]),
    "teacher": ("Mr. Teo", [("teacher", "oak")]),
    "guest": ("Ms. Guest", [("guest", None)]),
    "auditor": ("Mx. Auditor", [("auditor", None)]),
    "lead": ("Dr. Lead", [("district_lead", None)]),
    "admin": ("Ms. Admin", [("admin", None)]),
    "nobody": ("Mr. Between-Jobs", []),
}
RIVERBEND = {
    "other_admin": (f"{MARK} Admin", [("admin", None)]),
    "other_observer": (f"{MARK} Observer", [("observer", "oak")]),
}


@dataclass
class District:
    """The ids of one district, by the names the tests use."""

    space: str
    schools: dict[str, str] = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)


@dataclass
class World:
    lakeview: District
    riverbend: District


def build() -> World:
    """Found both districts in the database of the current app."""
    return World(_district("Lakeview", "", LAKEVIEW), _district(f"{MARK} Bend", MARK, RIVERBEND))


def _district(
    name: str, mark: str, people: dict[str, tuple[str, list[tuple[str, str | None]]]]
) -> District:
    with writing() as session:
        made = District(organisation.create_space(session, name))
        for key, school in (("oak", "Oak Hill"), ("pine", "Pine Grove")):
            made.schools[key] = organisation.add_school(
                session, made.space, organisation.SERVICE, f"{mark} {school}", f"{mark}{key}"
            )
            made.rooms[key] = organisation.add_room(
                session, made.space, organisation.SERVICE, made.schools[key], f"{mark}12"
            )
        for who, (called, roles) in people.items():
            grants = [(role, school and made.schools[school]) for role, school in roles]
            person = organisation.add_person(
                session, made.space, organisation.SERVICE, called, grants, email_of(who)
            )
            made.people[who] = person
            made.accounts[who] = _account(session, made.space, person, who)
    return made


def _account(session: object, space: str, person: str, who: str) -> str:
    account = Account(id=str(uuid4()), email=email_of(who), password_hash=HASH, created_at=0)
    session.add(account)  # type: ignore[attr-defined]
    session.flush()  # type: ignore[attr-defined]
    session.get_one(Person, (space, person)).account = account.id  # type: ignore[attr-defined]
    return account.id


def email_of(who: str) -> str:
    return f"{who.replace('_', '-')}@example.org"


def browser(app: Flask) -> FlaskClient:
    """A browser on one of our own pages."""
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


def sign_in(client: FlaskClient, who: str, password: str = PASSWORD, device: str = "") -> object:
    """Sign somebody in as the app does."""
    return client.post(
        "/api/v1/session",
        json={
            "email": email_of(who),
            "password": password,
            "device": {"id": device or str(uuid4()), "name": "iPad 7"},
        },
    )
