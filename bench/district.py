"""A district of our own for the bench: fifty observers, their principal, and what is stored."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session
from walkapp.sync.author import Author
from walkapp.sync.change import Change
from walkapp.sync.exchange import append

from bench.documents import Place, endless
from walkapp import access, database, migrations, organisation, sessions
from walkapp.clock import now_ms
from walkapp.config import Config
from walkapp.envelopes import NEWEST
from walkapp.log import SqlLog
from walkapp.membership import grants_of
from walkapp.models import Account, Person
from walkapp.records import rules_for
from walkapp.rubric_files import load_library

A_COMMIT = 500


@dataclass(frozen=True)
class Somebody:
    person: str
    account: str
    device: str
    token: str


@dataclass(frozen=True)
class District:
    config: Config
    space: str
    school: str
    observers: list[Somebody]
    principal: Somebody

    def place(self, number: int) -> Place:
        return Place(self.observers[number].person, self.school)

    def client(self, origin: str, writer: int, packs: bool) -> dict[str, Any]:
        """What the tablets have to know; `writer` is the observer who pushes alone."""
        devices = [asdict(one) for one in self.observers]
        where = {"origin": origin, "space": self.space, "packs": packs, "schema": NEWEST}
        return where | {"devices": devices, "writer": writer, "reader": asdict(self.principal)}


def found(config: Config, observers: int) -> District:
    """A new database with one district in it, and everybody signed in on a tablet of their own."""
    migrations.upgrade(config.database)
    with opened(config), database.writing() as session:
        by, now = organisation.SERVICE, now_ms()
        space = organisation.create_space(session, "Bench County", now)
        school = organisation.add_school(session, space, by, "Oak Hill", "0031", now=now)
        people = [_enter(session, space, f"Observer {n}", "coach", None) for n in range(observers)]
        principal = _enter(session, space, "Ms. Ruiz", "principal", school)
    return District(config, space, school, people, principal)


def store(
    district: District,
    count: int,
    seed: int,
    beside: Callable[[dict[str, Any]], list[dict[str, Any]]] = lambda one: [],
) -> None:
    """That many observations of the last observer, through the log and under every rule, each with
    the changes that stand `beside` it."""
    last = len(district.observers) - 1
    changes, rules = endless(district.place(last), seed), rules_for(load_library())
    with opened(district.config):
        while count > 0:
            made = list(islice(changes, min(A_COMMIT, count)))
            some = [_change(each) for one in made for each in (one, *beside(one))]
            with database.writing() as session:
                author = author_of(session, district.space, district.observers[last])
                log, tag = SqlLog(session, district.space), uuid.uuid4().hex[:12]
                verdicts = append(log, rules, author, some, now_ms(), tag)
            assert all(verdict.verdict == "ok" for verdict in verdicts.values())
            count -= len(made)


@contextmanager
def opened(config: Config) -> Iterator[None]:
    app = Flask("walkapp")
    app.config["WALK"] = config
    database.init_app(app)
    with app.app_context():
        try:
            yield
        finally:
            database.db.session.remove()
            database.db.engine.dispose()


def _change(one: dict[str, Any]) -> Change:
    return Change(one["cid"], one["kind"], one["id"], one["at"], new=one["new"])


def author_of(session: Session, space: str, somebody: Somebody) -> Author:
    membership = grants_of(session, space, somebody.account)
    assert membership
    person, grants = membership
    return access.author(space, person, somebody.account, somebody.device, grants, now_ms())


def _enter(session: Session, space: str, name: str, role: str, school: str | None) -> Somebody:
    """Signed in without a password: its hash is slow on purpose, and not what is measured."""
    email, now = f"{uuid.uuid4()}@bench.example", now_ms()
    person = organisation.add_person(
        session, space, organisation.SERVICE, name, [(role, school)], email, now=now
    )
    account, device = str(uuid.uuid4()), str(uuid.uuid4())
    session.add(Account(id=account, email=email, created_at=now))
    session.flush()
    session.get_one(Person, (space, person)).account = account
    token = sessions.start(session, account, device, now)
    return Somebody(person, account, device, token)
