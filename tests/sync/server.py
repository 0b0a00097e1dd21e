"""One server that loses its memory, for the tests of what comes back."""

from typing import Any

from walkapp.sync.author import Author
from walkapp.sync.exchange import exchange
from walkapp.sync.log import MemoryLog
from walkapp.sync.marks import Marks

from .cards import NOW, RULES, uuid

MARKS = Marks("the district", b"kept away from the database")


class Server:
    """One space, with a clock that goes on by a second at each request."""

    def __init__(self) -> None:
        self.log = MemoryLog()
        self.now = NOW

    def __call__(self, who: Author, *changes: Any, **more: Any) -> dict[str, Any]:
        self.now += 1_000
        request = {"changes": list(changes), **more}
        return exchange(self.log, RULES, who, request, self.now, f"{self.now:012x}", MARKS)

    def rows(self, who: Author) -> list[Any]:
        """Everything this person may see, with its marks."""
        return self(who)["rows"]  # type: ignore[no-any-return]

    def body(self, id: int) -> dict[str, Any]:
        return self.log.kept[uuid(id)].body

    def verdict(self, answer: dict[str, Any], cid: int) -> str:
        return str(answer["results"][uuid(cid)]["verdict"])


def words(answer: dict[str, Any]) -> list[str]:
    return list(answer["offers"].values())
