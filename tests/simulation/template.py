"""The world every run begins in: two districts, their people, and a session for every tablet.

Made once, by the migrations and the administration's own functions; each run gets a copy.
"""

import json
import os
import random
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session as Database
from walkapp.sync.change import Change
from walkapp.sync.exchange import append

from tests.oak_hill import DAY_ONE_MS, OakHill, Somebody, build
from walkapp import access, database, migrations, organisation
from walkapp.config import Config
from walkapp.log import SqlLog
from walkapp.membership import grants_of_person
from walkapp.models import Grant, Person, RecordRow, Session
from walkapp.records import rules_for
from walkapp.rubric import record_id

SECRET = "a secret of the simulation, long enough"
WORLD, BARE, IDS = "world.sqlite3", "bare.sqlite3", "world.json"
TABLETS_OF_A_PERSON = 12
YEAR_MS = 365 * 24 * 3_600_000
# What an administrator makes anew after a server was lost without a backup. No log, no records.
MADE_ANEW = ("account", "space", "person", "role_grant", "session", "alembic_version")


def make(folder: Path) -> None:
    """Both beginnings: the whole world, and the same accounts over an empty log."""
    folder.mkdir(parents=True, exist_ok=True)
    world, bare = folder / WORLD, folder / BARE
    config = Config(
        home=folder, database=f"sqlite:///{world}", secret=SECRET, host="127.0.0.1", testing=True
    )
    migrations.upgrade(config.database)
    with database.opened(config), database.writing() as session:
        (folder / IDS).write_text(json.dumps(_enter(session)))
    migrations.upgrade(f"sqlite:///{bare}")
    with closing(database.sqlite_module().connect(bare)) as connection:
        connection.execute("ATTACH ? AS world", (str(world),))
        for table in MADE_ANEW:
            connection.execute(f"DELETE FROM {table}")
            connection.execute(f"INSERT INTO {table} SELECT * FROM world.{table}")
        connection.commit()
    for file in (world, bare):
        _in_one_file(file)


def _in_one_file(file: Path) -> None:
    with closing(database.sqlite_module().connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _enter(session: Database) -> dict[str, Any]:
    oak = build(session)
    lake = build(session, "Lake County", "lake.example")
    _join(session, lake, oak)
    _agree(session, oak)
    _claim(session, oak)
    people = [*oak.people.items(), *((f"lake-{name}", one) for name, one in lake.people.items())]
    for name, one in people:
        for number in range(TABLETS_OF_A_PERSON):
            _sign_in(session, one.account, f"{name}-{number}")
    session.flush()
    return {
        "now": DAY_ONE_MS,
        "rubric": record_id("deeper-learning-walk", 1),
        "spaces": {one.space: {"schools": [one.oak_hill, one.pine_ridge]} for one in (oak, lake)},
        "people": {
            name: {"account": one.account, "in": _places(session, one.account)}
            for name, one in people
        },
        "grants": [
            {name: getattr(grant, name) for name in ("space", "id", "person", "role", "school")}
            for grant in session.scalars(select(Grant).order_by(Grant.space, Grant.id))
        ],
    }


def _join(session: Database, lake: OakHill, oak: OakHill) -> None:
    """Ms. Okoye coaches in Oak County and observes at one school of Lake County."""
    person = organisation.add_person(
        session, lake.space, organisation.SERVICE, "Ms. Okoye", [("observer", lake.oak_hill)],
        now=DAY_ONE_MS,
    )  # fmt: skip
    session.get_one(Person, (lake.space, person)).account = oak.okoye.account


def _agree(session: Database, oak: OakHill) -> None:
    """Mr. Novak agreed to be coached by Ms. Okoye: runs are too short to come to it every time."""
    id, coach, teacher = str(uuid4()), oak.okoye, oak.novak
    asked = {"purpose": "coaching", "coach": coach.person, "teacher": teacher.person,
             "school": oak.oak_hill, "asked_at": DAY_ONE_MS}  # fmt: skip
    said = {"agreed": {"at": DAY_ONE_MS, "by": teacher.person}}
    about = {"kind": "agreement", "id": id, "at": DAY_ONE_MS}
    _write_as(session, oak, coach, Change(cid=str(uuid4()), new=asked, **about))
    seq = session.get_one(RecordRow, (oak.space, id)).seq
    _write_as(session, oak, teacher, Change(cid=str(uuid4()), set=said, base=seq, **about))


def _claim(session: Database, oak: OakHill) -> None:
    """Mr. Novak claimed a room; Ms. Okoye is asked whose it was, and a room replied to Mr. Bell."""
    about = {"school": oak.oak_hill, "claim": str(uuid4())}
    said = {"purpose": "reading", "teacher": oak.novak.person, "school": oak.oak_hill, "number": 9,
            "date": "2026-11-21", "words": "I agree.", "agreed_at": DAY_ONE_MS}  # fmt: skip
    claim = Change(str(uuid4()), "claim", about["claim"], DAY_ONE_MS, new=said)
    _write_as(session, oak, oak.novak, claim)
    asked = {**about, "teacher": oak.novak.person, "walk": str(uuid4()), "visit": str(uuid4()),
             "number": 9, "date": "2026-11-21", "asked": {oak.okoye.person: True},
             "observations": {}, "asked_at": DAY_ONE_MS}  # fmt: skip
    reply = {**about, "copy": str(uuid4()), "observation": str(uuid4()), "number": 9,
             "observer": oak.bell.person, "says": "contest", "text": "Seen otherwise.",
             "at": DAY_ONE_MS}  # fmt: skip
    changes = [
        Change(str(uuid4()), kind, str(uuid4()), DAY_ONE_MS, new=body)
        for kind, body in (("claim_question", asked), ("reply", reply))
    ]
    log, rules, service = SqlLog(session, oak.space), rules_for({}), access.SYSTEM("walkapp")
    verdicts = append(log, rules, service, changes, DAY_ONE_MS, token_hex(6)).values()
    assert all(one.accepted for one in verdicts), verdicts


def _write_as(session: Database, oak: OakHill, who: Somebody, change: Change) -> None:
    grants = grants_of_person(session, oak.space, who.person)
    author = access.author(oak.space, who.person, who.account, None, grants, DAY_ONE_MS)
    log, rules = SqlLog(session, oak.space), rules_for({})
    [verdict] = append(log, rules, author, [change], DAY_ONE_MS, token_hex(6)).values()
    assert verdict.accepted, verdict


def _sign_in(session: Database, account: str, token: str) -> None:
    session.add(
        Session(
            token_hash=sha256(token.encode()).hexdigest(),
            account=account,
            device=None,
            created_at=DAY_ONE_MS,
            last_seen_at=DAY_ONE_MS,
            expires_at=DAY_ONE_MS + YEAR_MS,
        )  # fmt: skip
    )


def _places(session: Database, account: str) -> dict[str, str]:
    rows = session.scalars(select(Person).where(Person.account == account).order_by(Person.space))
    return {row.space: row.id for row in rows}


def _repeat_chance() -> None:
    """The same ids every time, so that a seed means the same run on every machine."""
    chance = random.Random(1)
    os.urandom = chance.randbytes  # type: ignore[assignment]
    random._urandom = os.urandom  # type: ignore[attr-defined]


if __name__ == "__main__":
    _repeat_chance()
    make(Path(sys.argv[1]))
