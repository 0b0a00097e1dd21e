"""What somebody with a tablet of their own making cannot do with rows of a lost history."""

import copy
from uuid import NAMESPACE_OID, uuid5

import pytest

from .cards import OKOYE, REYES, ROOM_12, edit, new, uuid
from .server import Server, words


@pytest.fixture
def server() -> Server:
    return Server()


def lost(server: Server) -> tuple[str, list[list[object]]]:
    """A card was marked 2, and the server went back to when it was 1: the mark heard, the rows."""
    server(OKOYE, new(1, ROOM_12, mark=1, notes={"n1": "first"}))
    heard, backup = server(REYES)["at"], copy.deepcopy(server.log)
    server(OKOYE, edit(2, ROOM_12, {"mark": 2, "notes/n1": None}, base=1))
    held = server.rows(REYES)
    server.log = backup
    return heard, held


def test_who_claims_to_have_known_what_was_written_since_undoes_nothing(server: Server) -> None:
    _, held = lost(server)
    later = server.now + 500
    server(OKOYE, edit(3, ROOM_12, {"mark": 3, "notes/n1": "since"}, base=1, at=later))
    newest = server(REYES)["at"]
    server(REYES, trail=[newest], offers=held)
    assert server.body(ROOM_12)["mark"] == 3
    assert server.body(ROOM_12)["notes"] == {"n1": "since"}


def test_who_claims_to_have_known_of_a_removal_revives_nothing(server: Server) -> None:
    _, held = lost(server)
    server(OKOYE, edit(3, ROOM_12, {"": None}, base=1, at=server.now + 500))
    newest = server(REYES)["at"]
    server(REYES, trail=[newest], offers=held)
    assert server.log.kept[uuid(ROOM_12)].removed


def test_nobody_can_use_up_the_name_under_which_a_row_comes_back(server: Server) -> None:
    heard, held = lost(server)
    taken = str(uuid5(NAMESPACE_OID, str(held[0][4])))
    server(REYES, {**new(9, 99), "cid": taken})
    assert words(server(OKOYE, trail=[heard], offers=held)) == ["taken"]
    assert server.body(ROOM_12)["mark"] == 2
