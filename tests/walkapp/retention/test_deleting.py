"""A district's rule deletes what it says, after it was announced, and nothing that is held."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from walkapp.sync.exchange import exchange

from tests.oak_hill import OakHill
from tests.walkapp.observing import DEEPER, rules
from walkapp import access, database, organisation
from walkapp.clock import now_ms
from walkapp.config import Config
from walkapp.files import Shelf
from walkapp.log import SqlLog
from walkapp.membership import bonds_of, grants_of
from walkapp.models import ChangeRow, DeletionCertificate, File, Grant, Notice, RecordRow
from walkapp.retention import certificate, holds
from walkapp.retention.deleting import run

DAY_MS = 24 * 3_600_000
OLD, NEW = "2020-03-04", "2026-11-20"
WORDS = "Four students checked their plan against the criteria."
PHOTO = "ab" * 32
ONE_YEAR = {"years": 1, "from": "day"}


class District:
    """Oak Hill with what Mr. Bell gave there, and the clock of the nightly run."""

    def __init__(self, config: Config, people: OakHill) -> None:
        self.config, self.people, self.now = config, people, now_ms()

    def push(self, who: str, *changes: dict[str, Any]) -> dict[str, str]:
        """The verdicts, or the code of the problem."""
        account = self.people.people[who].account
        self.now += 1  # of two changes the later one is later
        with database.writing() as session:
            person, grants = grants_of(session, self.people.space, account) or ("", [])
            bonds = bonds_of(session, self.people.space, person)
            space = self.people.space
            author = access.author(space, person, account, None, grants, self.now, bonds)
            sent = [{"cid": str(uuid4()), "at": self.now, **one} for one in changes]
            asked = {"changes": sent, "thin": True, "limit": 1}
            log, tag = SqlLog(session, space), uuid4().hex[:12]
            results = exchange(log, rules(), author, asked, self.now, tag)["results"]
        return {
            one["id"]: results[one["cid"]].get("problem", {}).get("code")
            or results[one["cid"]]["verdict"]
            for one in sent
        }

    def give(self, date: str, state: str = "submitted", **more: Any) -> str:
        """The id of an observation of that day; visit and room are made with it."""
        walk, visit, id = str(uuid4()), str(uuid4()), str(uuid4())
        place = {"school": self.people.oak_hill, "rubric": DEEPER}
        me = self.people.bell.person
        body = {
            "walk": walk, "visit": visit, "number": 4, **place, "state": state, "form": "full",
            "observer": me, "date": date, "started_at": self.now, "ratings": {"TE1": {"value": 2}},
            "evidence": {id: {"text": WORDS, "at": 1, "chip": "saw", "indicators": []}}, **more,
        }  # fmt: skip
        stop = {"walk": walk, "number": 4, **place, "by": me}
        room = {"visit": visit, "walk": walk, "room": self.people.room_12,
                "school": self.people.oak_hill, "by": me}  # fmt: skip
        told = self.push(
            "bell", {"kind": "visit", "id": visit, "new": stop},
            {"kind": "visit_room", "id": str(uuid4()), "new": room},
            {"kind": "observation", "id": id, "new": body},
        )  # fmt: skip
        assert set(told.values()) == {"ok"}
        return id

    def comment(self, observation: str) -> None:
        body = {
            "observation": observation, "observer": self.people.bell.person,
            "school": self.people.oak_hill, "by": self.people.ruiz.person, "verb": "comment",
            "text": f"Thank you: {WORDS}", "at": self.now,
        }  # fmt: skip
        self.push("ruiz", {"kind": "review", "id": str(uuid4()), "new": body})

    def decide(self, observations: Any = ONE_YEAR, photos: Any = None) -> None:
        with database.writing() as session:
            organisation.change_keeping(
                session, self.people.space, organisation.SERVICE,
                observations=observations, photos=photos,
            )  # fmt: skip

    def nights(self, days: int) -> list[str]:
        """What the run said that night."""
        said: list[str] = []
        self.now += days * DAY_MS
        run(self.config, said.append, self.now)
        return said

    def standing(self, *kinds: str) -> set[str]:
        with database.reading() as session:
            there = RecordRow.removed.is_(False) & RecordRow.kind.in_(kinds or ("observation",))
            return set(session.scalars(select(RecordRow.id).where(there)))

    def certificates(self) -> list[dict[str, Any]]:
        with database.reading() as session:
            assert certificate.is_whole(session, self.people.space)
            rows = certificate.certificates(session, self.people.space)
            return [json.loads(one.said) for one in rows]


@pytest.fixture
def district(config: Config, oak_hill: OakHill) -> Iterator[District]:
    with database.opened(config):
        yield District(config, oak_hill)


def test_without_a_rule_nothing_is_ever_deleted(district: District) -> None:
    old = district.give(OLD)
    assert district.nights(400) == [] and district.standing() == {old}


@pytest.mark.usefixtures("on_both")
def test_what_is_due_is_announced_and_deleted_thirty_days_later(district: District) -> None:
    old, new = district.give(OLD), district.give(NEW)
    district.comment(old)
    district.decide()
    district.nights(1)
    assert district.standing() == {old, new}
    district.nights(29)
    assert district.standing() == {old, new}
    district.nights(1)
    assert district.standing() == {new}
    assert not district.standing("review") and len(district.standing("visit", "visit_room")) == 2
    [one] = district.certificates()
    assert one["deleted"] == {"observation": 1, "review": 1, "visit": 1, "visit_room": 1}
    assert one["days"] == [OLD, OLD] and one["rule"]["observations"] == ONE_YEAR
    assert WORDS not in json.dumps(one) and old not in json.dumps(one)


@pytest.mark.usefixtures("on_both")
def test_of_what_was_deleted_no_word_is_left_in_the_database(district: District) -> None:
    old = district.give(OLD)
    district.comment(old)
    district.push("bell", {"kind": "observation", "id": old, "base": 0, "seen": [],
                           "set": {"state": "draft"}})  # fmt: skip
    district.decide()
    with database.reading() as session:
        before = everything(session)
    assert WORDS in before
    district.nights(1)
    district.nights(31)
    with database.reading() as session:
        # It had been taken back: a draft is its observer's, and stays.
        assert WORDS in everything(session)
    district.push("bell", {"kind": "observation", "id": old, "base": 99, "seen": [],
                           "set": {"state": "submitted"}})  # fmt: skip
    district.nights(1)
    district.nights(31)
    assert not district.standing()
    with database.reading() as session:
        assert WORDS not in everything(session)


def everything(session: Any) -> str:
    rows = [*session.scalars(select(RecordRow.body))]
    for column in (ChangeRow.was, ChangeRow.kept):
        rows += [text or "" for text in session.scalars(select(column))]
    return " ".join(rows)


def test_in_the_file_itself_no_word_is_left(district: District) -> None:
    district.give(OLD)
    district.decide()
    file = district.config.sqlite_file
    assert file is not None
    district.nights(1)
    district.nights(31)
    companions = [file, *file.parent.glob(f"{file.name}-wal")]
    assert not any(WORDS.encode() in one.read_bytes() for one in companions)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("what", ["school", "person", "walk"])
def test_what_is_on_hold_stays_until_the_hold_is_ended(district: District, what: str) -> None:
    walk = str(uuid4())
    district.push("bell", {"kind": "walk", "id": walk, "new": {
        "kind": "walk", "date": OLD, "school": district.people.oak_hill, "rubric": DEEPER,
        "lead": district.people.bell.person, "focus": "Who does the thinking?",
    }})  # fmt: skip
    old = district.give(OLD, walk=walk)
    space, by = district.people.space, organisation.SERVICE
    target = {"school": district.people.oak_hill, "person": district.people.bell.person,
              "walk": walk}[what]  # fmt: skip
    with database.writing() as session:
        holds.hold(session, space, by, what, target, "A records request.", district.now)
    district.decide()
    for _night in range(3):
        district.nights(31)
    assert district.standing() == {old} and not district.certificates()
    with database.writing() as session:
        [one] = holds.holds(session, space)
        holds.end(session, space, by, one.id, district.now)
    district.nights(1)
    assert district.standing() == {old}, "it is announced again first"
    district.nights(31)
    assert not district.standing()


def test_a_draft_is_never_deleted_by_rule(district: District) -> None:
    draft = district.give(OLD, state="draft")
    district.decide()
    district.nights(31)
    district.nights(31)
    assert district.standing() == {draft}


def test_what_was_kept_for_the_lead_to_decide_is_not_deleted_meanwhile(district: District) -> None:
    old = district.give(OLD)
    with database.writing() as session:
        mine = Grant.person == district.people.bell.person
        grants = session.scalars(select(Grant).where(mine)).all()
        organisation.end_grant(
            session, district.people.space, organisation.SERVICE, grants[0].id, now=district.now
        )
    told = district.push("bell", {"kind": "observation", "id": old, "base": 0, "seen": [],
                                  "set": {"state": "draft"}})  # fmt: skip
    assert set(told.values()) == {"not-yours"}  # held: the code says why
    district.decide()
    district.nights(31)
    district.nights(31)
    assert district.standing() == {old}


def test_an_old_tablet_brings_nothing_back(district: District) -> None:
    old = district.give(OLD)
    district.decide()
    district.nights(1)
    district.nights(31)
    told = district.push("bell", {"kind": "observation", "id": old, "base": 0, "seen": [],
                                  "set": {"focus": "Late words"}})  # fmt: skip
    assert told == {old: "deleted-by-rule"} and not district.standing()


def test_a_rule_that_is_changed_in_time_deletes_nothing(district: District) -> None:
    old = district.give(OLD)
    district.decide()
    district.nights(1)
    district.decide(None)
    district.nights(60)
    district.decide()
    district.nights(1)
    assert district.standing() == {old}, "it is announced anew"


def test_photos_go_earlier_than_the_notes_and_their_bytes_with_them(district: District) -> None:
    shown = {PHOTO: {"at": 1, "width": 4, "height": 3, "bytes": 5, "alt": "A board"}}
    old = district.give(OLD, photos=shown)
    shelf = Shelf.of(district.config, district.people.space)
    shelf.put("cd" * 32, b"bytes")
    with database.writing() as session:
        session.add(File(
            space=district.people.space, sha256=PHOTO, size=5, kept="cd" * 32, kept_size=5,
            type="image/jpeg", width=4, height=3, account=district.people.bell.account,
            received_at=1,
        ))  # fmt: skip
    district.decide(None, ONE_YEAR)
    district.nights(1)
    district.nights(31)
    assert district.standing() == {old} and not shelf.path("cd" * 32).exists()
    with database.reading() as session:
        assert session.get(File, (district.people.space, PHOTO)) is None
        assert "A board" not in everything(session) and WORDS in everything(session)
    [one] = district.certificates()
    assert (one["deleted"], one["photos"]) == ({}, 1)


def test_the_lead_is_told_before_and_nobody_else(district: District) -> None:
    with database.writing() as session:
        lead = organisation.add_person(
            session, district.people.space, organisation.SERVICE, "Dr. Lead",
            [("district_lead", None)], now=district.now,
        )  # fmt: skip
    district.give(OLD)
    district.decide()
    district.nights(1)
    district.nights(1)
    with database.reading() as session:
        told = session.scalars(select(Notice.person).where(Notice.kind == "deletion")).all()
    assert told == [lead]


def test_a_certificate_that_was_altered_or_taken_out_is_noticed(district: District) -> None:
    for _time in range(2):
        district.give(OLD)
        district.decide()
        district.nights(1)
        district.nights(31)
    assert len(district.certificates()) == 2
    with database.writing() as session:
        first = session.get_one(DeletionCertificate, (district.people.space, 1))
        first.said = first.said.replace('"observation": 1', '"observation": 0')
    with database.reading() as session:
        assert not certificate.is_whole(session, district.people.space)
