"""Two leads who press the button at the same moment."""

import threading

from sqlalchemy import func, select

from tests.oak_hill import OakHill
from walkapp import database
from walkapp.config import Config
from walkapp.kept import Lead, NothingKept, decline
from walkapp.models import ChangeRow, KeptDecision

RECORD = "99999999-2222-4333-8444-555555555555"


def hold(session: object, home: OakHill) -> None:
    session.add(ChangeRow(  # type: ignore[attr-defined]
        space=home.space, cid="11111111-2222-4333-8444-555555555555", record=RECORD,
        person=home.bell.person, at=1, received_at=1, said="x", verdict="held", kept="{}",
    ))  # fmt: skip


def test_the_second_of_two_leads_at_once_is_told_that_nothing_waits(
    on_both: str, config: Config, oak_hill: OakHill
) -> None:
    with database.opened(config), database.writing() as session:
        hold(session, oak_hill)
    said: list[object] = []
    begun = threading.Event()

    def second() -> None:
        lead = Lead(oak_hill.space, oak_hill.okoye.account)
        try:
            begun.set()
            with database.opened(config), database.writing() as session:
                decline(session, lead, RECORD, oak_hill.bell.person, "", 2)
            said.append("declined")
        except Exception as trouble:
            said.append(type(trouble))

    other = threading.Thread(target=second)
    with database.opened(config):
        with database.writing() as session:
            lead = Lead(oak_hill.space, oak_hill.adler.account)
            decline(session, lead, RECORD, oak_hill.bell.person, "", 1)
            session.flush()
            other.start()
            begun.wait()
            other.join(0.5)  # long enough to read what stood before, if it reads at all
        other.join()
        with database.reading() as session:
            assert session.scalar(select(func.count()).select_from(KeptDecision)) == 1
    assert said == [NothingKept]
