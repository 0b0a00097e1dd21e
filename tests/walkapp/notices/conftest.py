"""Oak Hill with mail set up: what is pushed there is told, on both databases."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from walkapp.sync.exchange import exchange

from tests.oak_hill import OakHill
from tests.walkapp.observing import DEEPER, rules
from walkapp import access, database
from walkapp.clock import now_ms
from walkapp.config import Config
from walkapp.mail_settings import MailSettings
from walkapp.membership import bonds_of, grants_of
from walkapp.notices import TellingLog

from .sink import SENDER, URL, Sink, listening

Give = Callable[..., str]


@pytest.fixture
def sink() -> Iterator[tuple[Sink, MailSettings]]:
    with listening() as made:
        yield made


@pytest.fixture
def here(config: Config, oak_hill: OakHill) -> Iterator[Config]:
    """The database of Oak Hill, in an app with mail set up."""
    named = replace(config, mail=MailSettings("localhost", 25, SENDER, URL))
    with database.opened(named):
        yield named


@pytest.fixture
def give(here: Config, oak_hill: OakHill) -> Give:
    """Mr. Bell, or who is named, gives a visit to the desk; the id of the observation comes."""

    def giving(who: str = "bell", now: int | None = None, school: str | None = None) -> str:
        at, id = now or now_ms(), str(uuid4())
        body = {
            "walk": str(uuid4()), "visit": str(uuid4()), "number": 4, "rubric": DEEPER,
            "school": school or oak_hill.oak_hill, "state": "submitted", "form": "full",
            "observer": oak_hill.people[who].person, "date": "2026-11-22", "started_at": at,
            "focus": "Who does the thinking?", "ratings": {"TE1": {"value": 2}},
        }  # fmt: skip
        push(oak_hill, who, {"kind": "observation", "id": id, "at": at, "new": body}, at)
        return id

    return giving


def push(oak_hill: OakHill, who: str, change: dict[str, Any], now: int) -> None:
    """One change, sent by one person and taken."""
    account = oak_hill.people[who].account
    with database.writing() as session:
        found = grants_of(session, oak_hill.space, account)
        assert found is not None
        person, grants = found
        bonds = bonds_of(session, oak_hill.space, person)
        author = access.author(oak_hill.space, person, account, None, grants, now, bonds)
        sent = {"cid": str(uuid4()), **change}
        log = TellingLog(session, oak_hill.space)
        asked = {"changes": [sent], "thin": True, "limit": 1}
        answer = exchange(log, rules(), author, asked, now, uuid4().hex[:12])
        assert {one["verdict"] for one in answer["results"].values()} <= {"ok", "merged"}, answer
