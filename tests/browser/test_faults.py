"""Networks that let only some words through, and browsers that throw away what they kept."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from walkapp import database, organisation
from walkapp.config import Config
from walkapp.models import Room

from . import seen
from .browsers import Browser
from .kept import changes_to, records, wait_for
from .link import CHUNK, Link, hang_up
from .people import MR_ORTEGA
from .server import Server
from .tablet import Tablet, rubric_called

ROOM = "Room 9"
FEW = {"TE1": 3, "SA2": "not_observed"}
METHODS = (b"GET ", b"HEAD ", b"POST ", b"PUT ", b"PATCH ", b"DELETE ")
LET_THROUGH = METHODS[:3]
BLOCKED = b"<!doctype html><title>Blocked</title><p>Your school's network does not allow this.</p>"
BLOCKED_ANSWER = (
    b"HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(BLOCKED), BLOCKED)
)
WHO_AM_I = "fetch('/api/v1/session').then(answer => answer.status)"
CLEAR_CACHES = """async () => {
  for (const name of await caches.keys()) await caches.delete(name)
}"""

# The worker keeps them one by one; the document, which everything hangs on, and the last screens.
FILES_KEPT = """async () => {
  const kept = await Promise.all(
    ['/app/', '/static/js/app.js', '/static/js/ui/screens/desk.js'].map(one => caches.match(one))
  )
  return kept.every(Boolean)
}"""


class Filter(Link):
    """A school's filter: GET and POST alone, and no header it has not heard of."""

    def __init__(self, server_port: int) -> None:
        super().__init__(server_port)
        self.blocked: list[bytes] = []
        self.stripped = 0

    def copy(self, source, target, is_answer):  # type: ignore[no-untyped-def]
        super().copy(source if is_answer else Filtered(source, self), target, is_answer)


class Filtered:
    """What a tablet says, as it leaves the filter."""

    def __init__(self, tablet, filter: Filter) -> None:  # type: ignore[no-untyped-def]
        self.tablet = tablet
        self.filter = filter

    def recv(self, size: int = CHUNK) -> bytes:
        data: bytes = self.tablet.recv(size)
        if not data.startswith(METHODS):
            return data
        if not data.startswith(LET_THROUGH):
            self.filter.blocked.append(data.split(b" ", 1)[0])
            self.tablet.sendall(BLOCKED_ANSWER)
            hang_up(self.tablet)
            return b""
        head, end, body = data.partition(b"\r\n\r\n")
        plain, stripped = re.subn(rb"\r\nSec-[^\r]*", b"", head, flags=re.IGNORECASE)
        self.filter.stripped += stripped
        return plain + end + body

    def __getattr__(self, name: str):  # type: ignore[no-untyped-def]
        return getattr(self.tablet, name)

    def __hash__(self) -> int:
        return hash(self.tablet)

    def __eq__(self, other: object) -> bool:
        return bool(self.tablet == other)


@pytest.fixture
def filtered(server: Server) -> Iterator[Filter]:
    filter = Filter(server.port)
    filter.up()
    yield filter
    filter.down()


def test_behind_a_filter_of_verbs_and_headers_everything_works_to_the_sign_out(
    server: Server, filtered: Filter, tablet_of: Callable[..., Browser], engine: str
) -> None:
    tablet = Tablet(tablet_of("ortega", engine), filtered.url)
    tablet.sign_in(MR_ORTEGA)
    observation = tablet.start_visit(ROOM, seen.RUBRIC)
    tablet.note("Saw", "Two of three teams use the criteria")
    tablet.rate_all(rubric_called(seen.RUBRIC), {}, FEW)
    tablet.finish_and_give()
    tablet.wait_until_sent()
    (kept,) = [one for one in records(server, "observation") if one["id"] == observation]
    assert kept["ratings"] == seen.as_kept(FEW) and kept["state"] == "submitted"
    assert {verdict for _, verdict in changes_to(server, observation)} <= {"ok", "merged"}
    tablet.open_app("#/tablet")
    tablet.page.get_by_role("button", name="Sign out").click()
    expect(tablet.page.get_by_label("Password")).to_be_visible()
    assert tablet.page.evaluate(WHO_AM_I) == 401
    assert filtered.stripped and filtered.blocked == [b"DELETE"]


def test_files_the_browser_cleared_are_fetched_again_and_the_work_stays(
    server: Server, link: Link, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), link.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    link.lose_answers()  # what is written now waits on the tablet
    observation = tablet.start_visit(ROOM, seen.RUBRIC)
    tablet.rate_all(rubric_called(seen.RUBRIC), {}, FEW)
    tablet.wait_until_saved()
    tablet.page.evaluate(CLEAR_CACHES)
    link.lose_answers(False)
    tablet.reload()
    expect(tablet.parts).to_be_visible()
    tablet.open_app()
    tablet.wait_until_sent()
    wait_for(lambda: bool(tablet.page.evaluate(FILES_KEPT)))
    tablet.open_app()
    tablet.make_ready_for_offline()
    link.down()
    tablet.reload()
    expect(tablet.page.get_by_role("link", name="Start a visit")).to_be_visible()
    (kept,) = [one for one in records(server, "observation") if one["id"] == observation]
    assert kept["ratings"] == seen.as_kept(FEW)


def test_a_visit_at_a_place_that_was_archived_meanwhile_keeps_its_name_and_says_so(
    server: Server, link: Link, tablet_of: Callable[..., Browser]
) -> None:
    tablet = Tablet(tablet_of("ortega"), link.url)
    tablet.sign_in(MR_ORTEGA)
    tablet.make_ready_for_offline()
    link.down()
    observation = tablet.start_visit(ROOM, seen.RUBRIC)
    tablet.rate_all(rubric_called(seen.RUBRIC), {}, FEW)
    tablet.wait_until_saved()
    archive_room(server, "9")
    link.up()
    tablet.open_app()
    tablet.wait_until_sent()
    tablet.open_app(f"#/visit/{observation}")
    expect(tablet.page.get_by_text(f"{ROOM} (archived)")).to_be_visible()
    (kept,) = [one for one in records(server, "observation") if one["id"] == observation]
    assert kept["ratings"] == seen.as_kept(FEW)
    # Nobody begins another visit there.
    tablet.open_app("#/start")
    expect(tablet.page.get_by_role("button", name="Start without a room")).to_be_visible()
    expect(tablet.page.get_by_role("button", name=re.compile(rf"^{ROOM}\b"))).to_have_count(0)


def archive_room(server: Server, code: str) -> None:
    """As an administrator does it on the page of the room."""
    config = Config(home=server.home)
    with database.opened(config), database.writing() as session:
        for room in session.query(Room).filter_by(code=code).all():
            organisation.change_room(
                session, room.space, organisation.SERVICE, room.id, archived=True
            )
