"""A server that takes one push after the other and writes down which were answered.

Run as a program, so that everything it asks of the disk can be recorded: home, e-mail, password,
space, person, school and the way the disk is synced.
"""

import os
import sys
from pathlib import Path
from uuid import uuid4

from sqlalchemy import event
from sqlalchemy.pool import Pool

from walkapp import create_app
from walkapp.config import Config
from walkapp.rubric import record_id

PUSHES = 10
PAGES_BEFORE_A_CHECKPOINT = 30
AT = 1_795_000_000_000


def main(home: str, email: str, password: str, space: str, me: str, school: str, sync: str) -> None:
    app = create_app(Config(home=Path(home), testing=True))
    answered = os.open(Path(home) / "answered", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    @event.listens_for(Pool, "checkout")  # after the app has set its own
    def settle(connection: object, *_more: object) -> None:
        run = connection.execute  # type: ignore[attr-defined]
        run(f"PRAGMA wal_autocheckpoint={PAGES_BEFORE_A_CHECKPOINT}").close()
        run(f"PRAGMA synchronous={sync}").close()

    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    who = {"email": email, "password": password, "device": {"id": str(uuid4()), "name": "iPad"}}
    assert client.post("/api/v1/session", json=who).status_code == 201
    for number in range(PUSHES):
        walk = {
            "cid": str(uuid4()), "kind": "walk", "id": str(uuid4()), "at": AT + number,
            "new": {"kind": "drop-in", "date": "2026-11-22", "school": school, "lead": me,
                    "rubric": record_id("deeper-learning-walk", 1)},
        }  # fmt: skip
        request = {
            "schema": 1, "device": who["device"]["id"],  # type: ignore[index]
            "spaces": {space: {"known": None, "cursor": None, "changes": [walk]}},
        }  # fmt: skip
        answer = client.post("/api/v1/sync", json=request).json
        assert answer["spaces"][space]["results"][walk["cid"]]["verdict"] == "ok"
        os.write(answered, f"{walk['cid']}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
