"""A folder on loopback, for the peer that has no server of its own."""

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from . import form
from .packages import SURVEYJS, contents

PAGE = Path(__file__).with_name("page")


@contextmanager
def survey(folder: Path) -> Iterator[str]:
    """SurveyJS with our form, served from this folder until the end; gives the origin."""
    folder.mkdir()
    for name in ("index.html", "survey.js"):
        shutil.copy(PAGE / name, folder)
    for name, data in contents(SURVEYJS).items():
        (folder / name).write_bytes(data)
    (folder / "form.json").write_text(json.dumps(form.survey()), "utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nobody reads it."""
