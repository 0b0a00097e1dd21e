"""The real server at the end of a pipe: one line of JSON asks, one line answers.

Time and chance come with each line, so the same lines give the same answers. A life of the server
is a process of its own, forked from one that has everything imported: it can be killed at any
statement, and the next life finds only what the database file holds.
"""

import gc
import io
import json
import logging
import os
import random
import shutil
import sys
import uuid
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import event, select, text

from walkapp import clock, create_app, database, organisation, projections
from walkapp.config import Config
from walkapp.mine import claiming, reading
from walkapp.mine.here import Here
from walkapp.models import ChangeRow, RecordRow, Space
from walkapp.problems import Problem

from .template import BARE, IDS, SECRET, WORLD

KILLED = 137
OVER = 0
# Carried by every beginning and written by nobody here: rubrics and their words are long.
UNPEEKED = ("rubric", "rubric_words")


class Served:
    """One database file, and an app over it that has never been asked anything."""

    def __init__(self, templates: Path, home: Path) -> None:
        self.templates, self.file = templates, home / "walkapp.sqlite3"
        self.backups: Path = home
        database.BUSY_SECONDS = int(os.environ.get("SIMULATION_BUSY_SECONDS", "10"))
        self.config = Config(home=home, database=f"sqlite:///{self.file}", secret=SECRET)
        self.now = 0
        self.chance = random.Random(0)
        self.done = 0  # statements and commits of this request
        self.die_at: float = float("inf")
        self._take_over_time_and_chance()
        self.app = create_app(self.config)
        logging.disable(logging.CRITICAL)
        with self.app.app_context():
            self._watch(database.db.engine)

    def _take_over_time_and_chance(self) -> None:
        clock.time = SimpleNamespace(time_ns=lambda: self.now * 1_000_000)  # type: ignore[assignment]
        os.urandom = lambda size: self.chance.randbytes(size)  # type: ignore[assignment]
        random._urandom = os.urandom  # type: ignore[attr-defined]

    def _watch(self, engine: Any) -> None:
        """Count every statement and commit, and die at the one that was asked for."""
        event.listen(engine, "before_cursor_execute", lambda *_: self._step())
        event.listen(engine, "after_cursor_execute", lambda *_: self._step())
        commit = engine.dialect.do_commit

        def do_commit(connection: Any) -> None:
            self._step()
            commit(connection)
            self._step()

        engine.dialect.do_commit = do_commit

    def _step(self) -> None:
        self.done += 1
        if self.done == self.die_at:
            os._exit(KILLED)

    # ---- what a line may ask ----------------------------------------------------------------

    def answer(self, asked: dict[str, Any]) -> Any:
        self.now = asked.get("now", self.now)
        self.chance.seed(asked.get("rand", 0))
        self.done, self.die_at = 0, asked.get("die", float("inf"))
        return getattr(self, f"do_{asked.pop('op')}")(asked)

    def do_reset(self, _: dict[str, Any]) -> Any:
        for file in self.backups.glob("backup-*"):
            file.unlink()
        self._put(self.templates / WORLD)
        return json.loads((self.templates / IDS).read_text())

    def do_replace(self, _: dict[str, Any]) -> None:
        """The machine is lost without a backup; space and people are made anew under their ids."""
        self._put(self.templates / BARE)

    def do_backup(self, asked: dict[str, Any]) -> None:
        with self.app.app_context(), database.db.engine.connect() as connection:
            connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(self.file, self.backups / f"backup-{asked['name']}")

    def do_restore(self, asked: dict[str, Any]) -> None:
        self._put(self.backups / f"backup-{asked['name']}")

    def do_http(self, asked: dict[str, Any]) -> dict[str, Any]:
        bonds = self._bonds()
        status, headers, body = self._call(asked)
        ops = self.done
        return {
            "status": status,
            "headers": headers,
            "text": body.decode("utf-8"),
            "ops": ops,
            "kept": self._kept(asked.get("cids", ())),
            "bonds": bonds,
        }

    def do_grant(self, asked: dict[str, Any]) -> dict[str, Any]:
        by = organisation.SERVICE
        words = (asked["space"], by, asked["person"], asked["role"], asked["school"])
        try:
            with self.app.app_context(), database.writing() as session:
                return {"id": organisation.add_grant(session, *words, now=self.now)}
        except organisation.Refused as refused:
            return {"refused": refused.code}

    def do_end(self, asked: dict[str, Any]) -> dict[str, Any]:
        by = organisation.SERVICE
        try:
            with self.app.app_context(), database.writing() as session:
                organisation.end_grant(session, asked["space"], by, asked["id"], now=self.now)
                return {"id": asked["id"]}
        except organisation.Refused as refused:  # a server made anew may not know the person yet
            return {"refused": refused.code}

    def do_page(self, asked: dict[str, Any]) -> None:
        """What `/mine/` does for who opens it, and a reply to what can be read there."""
        here = Here(asked["space"], asked["person"], asked["account"])
        rules = self.app.extensions["walkapp.rules"]
        try:
            with self.app.app_context(), database.writing() as session:
                projections.catch_up(session, here.space, projections.REPORTS)
                claiming.settle(session, rules, here, self.now)
                for claim in reading.my_room(session, here):
                    for copy in claim.notes[claim.replies :]:
                        id = str(uuid.uuid4())
                        said = (asked["says"], "from the room")
                        claiming.reply(session, rules, here, copy.id, id, *said, self.now)
        except Problem:  # a server made anew may not know the person yet
            return

    def do_peek(self, _: dict[str, Any]) -> dict[str, Any]:
        """Everything the log holds, for the oracle: read past the app, straight from the rows."""
        records = select(RecordRow).where(RecordRow.kind.not_in(UNPEEKED))
        heads = "SELECT space, seq FROM feed ORDER BY space"
        with self.app.app_context(), database.reading() as session:
            return {
                "records": [_record(row) for row in session.scalars(records)],
                "changes": [_change(row) for row in session.scalars(select(ChangeRow))],
                "heads": {row.space: row.seq for row in session.execute(text(heads))},
                "spaces": list(session.scalars(select(Space.id))),
            }

    # ---- how -------------------------------------------------------------------------------

    def _put(self, file: Path) -> None:
        with self.app.app_context():
            database.db.engine.dispose()
        for ending in ("-wal", "-shm"):
            Path(f"{self.file}{ending}").unlink(missing_ok=True)
        shutil.copyfile(file, self.file)

    def _call(self, asked: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        body = asked.get("body", "").encode()
        environ = {
            "REQUEST_METHOD": asked["method"],
            "SCRIPT_NAME": "", "PATH_INFO": asked["path"], "QUERY_STRING": "",
            "SERVER_NAME": "walk.example", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "walk.example",
            "HTTP_ACCEPT": "application/json", "HTTP_SEC_FETCH_SITE": "same-origin",
            "HTTP_COOKIE": f"walkapp={asked['token']}",
            "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr, "wsgi.multithread": False, "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }  # fmt: skip
        said: list[Any] = []
        chunks = self.app.wsgi_app(
            environ, lambda status, headers, *_: said.extend((status, headers))
        )
        answer = b"".join(chunks)
        getattr(chunks, "close", lambda: None)()
        return int(said[0].split()[0]), dict(said[1]), answer

    def _bonds(self) -> list[dict[str, Any]]:
        """Those that stand when the request comes: what is in force then, it may read by."""
        die_at, self.die_at = self.die_at, float("inf")  # looking is no part of what may be cut off
        of_teams = RecordRow.body.contains('"team":') & ~RecordRow.removed
        query = select(RecordRow.id, RecordRow.body).where(
            (RecordRow.kind == "agreement") | ((RecordRow.kind == "walk") & of_teams)
        )
        with self.app.app_context(), database.reading() as session:
            found = [{"id": row.id, "body": json.loads(row.body)} for row in session.execute(query)]
        self.done, self.die_at = 0, die_at
        return found

    def _kept(self, cids: list[str]) -> dict[str, dict[str, str]]:
        """What the database itself says became of these changes, and of which content of each."""
        if not cids:
            return {}
        columns = (ChangeRow.cid, ChangeRow.verdict, ChangeRow.said)
        query = select(*columns).where(ChangeRow.cid.in_(cids))
        with self.app.app_context(), database.reading() as session:
            rows = session.execute(query)
            return {row.cid: {"verdict": row.verdict, "said": row.said} for row in rows}


def _record(row: RecordRow) -> dict[str, Any]:
    names = ("space", "id", "kind", "seq", "owner", "removed")
    return {name: getattr(row, name) for name in names} | {"body": json.loads(row.body)}


def _change(row: ChangeRow) -> dict[str, Any]:
    names = ("space", "cid", "record", "person", "seq", "verdict")
    texts = {name: json.loads(getattr(row, name) or "null") for name in ("was", "kept", "problem")}
    return {name: getattr(row, name) for name in names} | texts


def live(served: Served) -> int:
    """One life: answer lines until there are no more."""
    while line := _line():
        asked = json.loads(line)
        try:
            answer = {"ok": served.answer(asked)}
        except Exception as trouble:  # the driver stops and shows it
            answer = {"failed": f"{type(trouble).__name__}: {trouble}"}
        _say(answer)
    return OVER


def _line() -> bytes:
    """Read no further than the line: what follows belongs to whoever lives then."""
    parts = []
    while part := os.read(0, 1 << 20):
        parts.append(part)
        if part.endswith(b"\n"):
            break
    return b"".join(parts)


def _say(value: Any) -> None:
    data = json.dumps(value, separators=(",", ":")).encode() + b"\n"
    while data:
        data = data[os.write(1, data) :]


def _warm(served: Served) -> None:
    """Let every life begin with what the first requests of a process have to work out."""
    served.do_reset({})
    served.now = json.loads((served.templates / IDS).read_text())["now"]
    served.do_peek({})
    body = json.dumps(
        {"schema": 1, "device": "0" * 8 + "-0000-4000-8000-" + "0" * 12, "spaces": {}}
    )
    served._call({"method": "POST", "path": "/api/v1/sync", "token": "okoye-0", "body": body})
    with served.app.app_context():
        database.db.engine.dispose()


def main() -> None:
    served = Served(Path(sys.argv[1]), Path(sys.argv[2]))
    _warm(served)
    gc.collect()
    gc.freeze()  # what every life begins with is never looked through again
    _say({"ok": "ready"})
    while True:
        life = os.fork()
        if life == 0:
            os._exit(live(served))
        _, status = os.waitpid(life, 0)
        if os.waitstatus_to_exitcode(status) == OVER:
            return
        _say({"died": os.waitstatus_to_exitcode(status)})


if __name__ == "__main__":
    main()
