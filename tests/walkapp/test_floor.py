"""A tablet that was away for more than a year compares everything; nobody else notices."""

import pytest
from walkapp.sync.exchange import exchange

from tests.sync.cards import NOW, OKOYE, REYES, ROOM_12, RULES, edit, new
from walkapp import database
from walkapp.config import Config
from walkapp.floor import DAY_MS, REMEMBERED_MS, raise_floors
from walkapp.log import SqlLog
from walkapp.models import Space

SPACE = "00000000-0000-4000-8000-000000000001"


@pytest.mark.usefixtures("opened")
def test_only_a_tablet_that_was_away_too_long_starts_over(config: Config) -> None:
    with database.writing() as session:
        session.add(Space(id=SPACE, name="Oak Hill", created_at=0))
        session.flush()
        log = SqlLog(session, SPACE)
        exchange(log, RULES, OKOYE, {"changes": [new(1, ROOM_12)]}, NOW, "a1")
        long_ago = exchange(log, RULES, REYES, {}, NOW, "")["cursor"]
        private = edit(2, ROOM_12, {"private": True}, base=1)
        exchange(log, RULES, OKOYE, {"changes": [private]}, NOW + DAY_MS, "a2")
        later = exchange(log, RULES, REYES, {}, NOW, "")["cursor"]
        raise_floors(session, NOW + REMEMBERED_MS)
        assert exchange(log, RULES, REYES, {"cursor": long_ago}, NOW, "")["gone"]
        raise_floors(session, NOW + REMEMBERED_MS + 2 * DAY_MS)
        assert exchange(log, RULES, REYES, {"cursor": long_ago}, NOW, "")["reset"] == "floor"
        assert exchange(log, RULES, REYES, {"cursor": later}, NOW, "")["rows"] == []
