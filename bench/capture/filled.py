"""A server and a tablet with much on them already."""

import uuid
from functools import partial
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import select

from bench import district
from bench.district import District, Somebody
from bench.documents import RUBRIC
from tests.browser.people import SignIn
from tests.browser.server import Server
from walkapp import database
from walkapp.config import Config
from walkapp.models import Account, Person, Room, School
from walkapp.rubric_files import load_library

from . import form

RUBRIC_TITLE = load_library()[RUBRIC].title
SEED = 10_000
PULLED_WITHIN_S = 600
# Another connection to the person's own database, beside the app's.
COUNT = """async () => {
  const all = await indexedDB.databases()
  const { name } = all.find(({ name }) => name.startsWith('walkapp:'))
  const result = (request) => new Promise((done) => {
    request.onsuccess = () => done(request.result)
  })
  const db = await result(indexedDB.open(name))
  const count = await result(db.transaction('docs').objectStore('docs').count())
  db.close()
  return count
}"""
WRITE = """async ([id, lines]) => {
  const app = document.querySelector('walk-app').app
  const set = Object.fromEntries(lines.map((line) => [`evidence/${app.newId()}`, line]))
  await app.save([{ id, kind: 'observation', set }])
}"""


def publish_form(server: Server) -> None:
    """The sixty indicators as a rubric of the server's own."""
    form.write_rubric(server.home / "rubrics")
    server.command("rubrics", "publish", form.NAME)


def store_observations(server: Server, somebody: SignIn, count: int) -> None:
    """As many given observations of that person, each with its visit and the room it went to,
    through the log and under every rule."""
    config = Config.from_env(server.environment())
    here = _district_of(config, somebody)
    district.store(here, count, SEED, partial(_stop, _rooms(here)))


def _rooms(here: District) -> list[str]:
    with district.opened(here.config), database.reading() as session:
        found = session.scalars(select(Room.id).where(Room.school == here.school).order_by(Room.id))
        return list(found)


def _stop(rooms: list[str], observed: dict[str, Any]) -> list[dict[str, Any]]:
    """The visit of an observation and its room, as a quick visit begins them."""
    body = observed["new"]
    same = {name: body[name] for name in ("walk", "school")} | {"by": body["observer"]}
    visit = same | {name: body[name] for name in ("number", "rubric", "started_at")}
    room = rooms[int(body["visit"][:8], 16) % len(rooms)]
    return [
        _begun("visit", body["visit"], visit, observed["at"]),
        _begun(
            "visit_room",
            str(uuid.uuid4()),
            same | {"visit": body["visit"], "room": room},
            observed["at"],
        ),
    ]


def _begun(kind: str, id: str, body: dict[str, Any], at: int) -> dict[str, Any]:
    return {"cid": str(uuid.uuid4()), "kind": kind, "id": id, "at": at, "new": body}


def _district_of(config: Config, somebody: SignIn) -> District:
    with district.opened(config), database.reading() as session:
        account = session.scalars(select(Account).where(Account.email == somebody.email)).one()
        person = session.scalars(select(Person).where(Person.account == account.id)).one()
        school = session.scalars(select(School).where(School.space == person.space)).first()
        assert school
        observer = Somebody(person.id, account.id, str(uuid.uuid4()), "")
        return District(config, person.space, school.id, [observer], observer)


def wait_until_pulled(page: Page, count: int) -> None:
    """The tablet has as many records and more, and no more come: the first fetch is over."""
    found, before = 0, -1
    for _ in range(PULLED_WITHIN_S):
        page.wait_for_timeout(1_000)
        found, before = page.evaluate(COUNT), found
        if found == before and found >= count:
            return
    raise AssertionError(f"the tablet got {found} records, and should have {count}")


def write_script(page: Page, observation: str, lines: int) -> None:
    """A long script into a draft, by the way the app itself writes."""
    page.evaluate(WRITE, [observation, [_line(n) for n in range(lines)]])


def _line(number: int) -> dict[str, Any]:
    return {
        "text": f"{number}: two students compare their answers and read the second line aloud",
        "at": 1_763_000_000_000 + number * 1_000,
        "chip": "saw",
        "indicators": [],
    }
