"""Send a photo in a process that is killed before its nth step towards the disk, for every n.

Run as a program: `python -m tests.walkapp.files.killing HOME DATABASE SPACE ACCOUNT`.
"""

import json
import os
import signal
import sys
from collections.abc import Container
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import select

from walkapp import database, files
from walkapp.config import Config
from walkapp.files import Sender, Shelf
from walkapp.models import File

from . import pictures
from .sending import send

# Calls after which the disk or the database may stand differently.
STEPS = frozenset({
    "open", "write", "pwrite", "ftruncate", "fsync", "replace", "unlink", "mkdir", "flush",
    "execute", "commit", "close",
})  # fmt: skip


def main(home: str, url: str, space: str, account: str) -> None:
    config, sender = Config(home=Path(home), database=url), Sender(space, account)
    step, killed = 0, True
    while killed:
        step += 1
        photo = pictures.jpeg(400 + step, 300) + b"\0" * 300_000  # two pieces
        killed = killed_at(step, config, sender, photo)
        check(config, sender, photo)
    print(json.dumps({"steps": step}))


def killed_at(step: int, config: Config, sender: Sender, photo: bytes) -> bool:
    child = os.fork()
    if child == 0:
        with database.opened(config):
            die_before(step)
            send(config, sender, photo)
            sys.setprofile(None)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, status
    return os.WIFSIGNALED(status)


def die_before(step: int, steps: Container[str] = STEPS) -> None:
    """From now on this process is killed as it begins its nth call of these names."""
    left = step

    def watch(_frame: Any, event: str, called: Any) -> None:
        nonlocal left
        if event == "c_call" and called.__name__ in steps:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)


def check(config: Config, sender: Sender, photo: bytes) -> None:
    """There is no row without its bytes, and the tablet's next try brings the receipt."""
    shelf = Shelf.of(config, sender.space)
    with database.opened(config):
        with database.reading() as session:
            for file in session.scalars(select(File)):
                kept = shelf.read(file.kept)
                assert kept is not None and sha256(kept).hexdigest() == file.kept
        receipt = send(config, sender, photo).receipt
        assert receipt is not None and shelf.has(
            receipt["kept"]["sha256"], receipt["kept"]["bytes"]
        )
        assert files.progress(config, sender, receipt["sha256"]).receipt == receipt


if __name__ == "__main__":
    main(*sys.argv[1:])
