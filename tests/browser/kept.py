"""What the server's database holds, read past the service."""

import json
import time
from collections.abc import Callable
from typing import Any

import pysqlite3

from .server import Server

KEPT_WITHIN_SECONDS = 20


def records(server: Server, kind: str) -> list[dict[str, Any]]:
    """Every record of the kind, oldest first: its body with its id."""
    found = rows(server, "SELECT id, body FROM record WHERE kind = ? ORDER BY seq", kind)
    return [{"id": record, **json.loads(body)} for record, body in found]


def changes_to(server: Server, record: str) -> list[tuple[str, str]]:
    """The (cid, verdict) of every change that reached the record."""
    return rows(server, "SELECT cid, verdict FROM change WHERE record = ?", record)


def rows(server: Server, query: str, *given: str) -> list[Any]:
    path = f"file:{server.home / 'walkapp.sqlite3'}?mode=ro"
    connection = pysqlite3.connect(path, uri=True, timeout=10)
    try:
        return list(connection.execute(query, given))
    finally:
        connection.close()


def wait_for(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + KEPT_WITHIN_SECONDS
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)
