"""What a device has just sent is not sent back to it, however much it was."""

from walkapp.sync.exchange import exchange
from walkapp.sync.log import MemoryLog
from walkapp.sync.pull import MOST_BYTES

from .cards import NOW, OKOYE, RULES, TAG, new


def test_a_push_that_is_larger_than_a_page_does_not_come_back() -> None:
    log, changes = MemoryLog(), [new(n, n, title="x" * (MOST_BYTES // 4)) for n in range(1, 11)]
    asked = {"known": None, "cursor": None, "changes": changes, "limit": 500}
    answer = exchange(log, RULES, OKOYE, asked, NOW, TAG)
    assert (answer["rows"], answer["more"]) == ([], False)
    asked = {"known": answer["at"], "cursor": answer["cursor"], "changes": [], "limit": 500}
    assert exchange(log, RULES, OKOYE, asked, NOW, TAG)["rows"] == []
