"""The peers: each a real server in processes of its own, and the client that speaks to it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from bench.district import found, store
from bench.documents import Place, endless
from walkapp.config import Config

from . import machine
from .node import Node
from .places import CLIENTS, PEERS, SERVERS

SECRET = "only for this bench, and long enough"
A_FILE = 2_000
FILLING = 1_000_000  # seeds that no run uses
THIN = {"pouch": "couch", "rxdb": "rxdb"}  # who fills a server quickly


class Peer(Protocol):
    """What the workloads need of a peer: `client` does the work, `pids` are its server."""

    name: str
    client: Node
    writer: Place  # who pushes alone
    places: list[Place]  # who pushes at once

    def pids(self) -> list[int]: ...

    def bytes(self) -> dict[str, int] | None:
        """Counted at the server, where the client cannot; else None."""

    def fill(self, stored: int) -> None:
        """Store more documents, quickly, until there are so many."""

    def stop(self) -> None: ...


class Walkapp:
    """`walkapp serve` as it is shipped, on a database of its own."""

    def __init__(
        self, name: str, folder: Path, people: int, database: str = "", beside: int = 0
    ) -> None:
        self.name, self.stored = name, 0
        self._beside = beside  # the database's own process, where it has one
        folder.mkdir()
        self.district = found(Config(folder, database, secret=SECRET), people)
        self._server = self._serve(folder, database)
        assert self._server.stdout
        self.origin = self._server.stdout.readline().split()[4]
        self.places = [self.district.place(n) for n in range(people)]
        self.writer = self.places[0]
        self.client = self.speaking(writer=0, packs=False)

    def _serve(self, folder: Path, database: str) -> subprocess.Popen[str]:
        env = {name: value for name, value in os.environ.items() if not name.startswith("WALK_")}
        env |= {"WALK_HOME": str(folder), "WALK_DATABASE": database, "WALK_SECRET": SECRET}
        words = [sys.executable, "-m", "walkapp.cli", "serve", "--port", "0"]
        with (folder / "serve.log").open("w") as log:
            return subprocess.Popen(words, env=env, text=True, stdout=subprocess.PIPE, stderr=log)

    def speaking(self, writer: int, packs: bool) -> Node:
        """Tablets that pack what they send, and ask for packed answers, or not."""
        return Node(CLIENTS / "walkapp.mjs", self.district.client(self.origin, writer, packs))

    def pids(self) -> list[int]:
        beside = machine.family(self._beside) if self._beside else []
        return machine.family(self._server.pid) + beside

    def bytes(self) -> None:
        return None

    def fill(self, stored: int) -> None:
        store(self.district, stored - self.stored, FILLING + stored)
        self.stored = stored

    def stop(self) -> None:
        self.client.stop()
        self._server.send_signal(signal.SIGTERM)
        self._server.wait(timeout=30)


class InNode:
    """A server that runs in Node, with a client that does too."""

    def __init__(self, name: str, server: str, client: str, folder: Path, people: int) -> None:
        folder.mkdir()
        self.name, self._server_name, self.stored = name, server, 0
        self.writer, self.places = Place(), [Place()] * people
        self._folder = folder
        self._given = {"peers": str(PEERS), "name": "bench", "folder": str(folder)}
        self._server = Node(SERVERS / f"{server}.mjs", self._given)
        self._given["origin"] = f"http://127.0.0.1:{self._server.answer()}"
        self.client = self.speaking(client)

    def speaking(self, client: str) -> Node:
        return Node(CLIENTS / f"{client}.mjs", self._given)

    def pids(self) -> list[int]:
        return machine.family(self._server.pid)

    def bytes(self) -> dict[str, int]:
        counted: dict[str, int] = self._server("bytes")
        return counted

    def fill(self, stored: int) -> None:
        thin = self.speaking(THIN[self._server_name])
        changes = endless(Place(), FILLING + stored)
        fill_by_pushing(thin, self._folder / "fill.ndjson", changes, stored - self.stored)
        self.stored = stored
        thin.stop()

    def stop(self) -> None:
        self.client.stop()
        self._server.stop()


class Sharing:
    """Another client of a server that is already there."""

    def __init__(self, name: str, peer: Walkapp | InNode, client: Node, writer: int = 0) -> None:
        self.name, self.client = name, client
        self.writer, self.places = peer.places[writer], peer.places
        self.pids, self.bytes = peer.pids, peer.bytes

    def fill(self, stored: int) -> None:
        """The other one has filled it."""

    def stop(self) -> None:
        self.client.stop()


def write_changes(file: Path, changes: Iterable[dict[str, Any]]) -> None:
    """One a line, as the clients read them."""
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps(one, ensure_ascii=False)}\n" for one in changes)


def fill_by_pushing(
    client: Node, file: Path, changes: Iterator[dict[str, Any]], count: int
) -> None:
    """As any device would, file by file."""
    for begun in range(0, count, A_FILE):
        write_changes(file, islice(changes, min(A_FILE, count - begun)))
        client("push", file=str(file))
