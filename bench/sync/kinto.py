"""Kinto on PostgreSQL, on request and for the record: it is slow, and it loses what it answered."""

import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from socket import create_server

from bench.documents import Place, endless
from tests.postgres import Postgres

from . import machine
from .node import Node
from .peers import fill_by_pushing
from .places import CLIENTS, KINTO

PACKAGES = ("kinto[postgresql]==26.5.0", "gunicorn", "setuptools")
START_SECONDS = 30
SETTINGS = """
[app:main]
use = egg:kinto
kinto.userid_hmac_secret = only-for-this-bench
kinto.storage_backend = kinto.core.storage.postgresql
kinto.storage_url = {url}
kinto.permission_backend = kinto.core.permission.postgresql
kinto.permission_url = {url}
kinto.cache_backend = kinto.core.cache.memory
kinto.bucket_create_principals = system.Everyone
kinto.batch_max_requests = 200
kinto.paginate_by = 500
kinto.storage_max_fetch_size = 10000
multiauth.policies = basicauth
multiauth.policy.basicauth.use = kinto.core.authentication.BasicAuthAuthenticationPolicy

[loggers]
keys = root
[handlers]
keys =
[formatters]
keys =
[logger_root]
level = ERROR
handlers =
"""


def install() -> None:
    """Kinto in an environment of its own: it needs other versions than we do."""
    if (KINTO / "bin" / "kinto").exists():
        return
    print("Installing Kinto ...", flush=True)
    subprocess.run([sys.executable, "-m", "venv", KINTO], check=True)
    pip = [KINTO / "bin" / "pip", "-qq", "--disable-pip-version-check", "install", *PACKAGES]
    subprocess.run(pip, check=True)


class Kinto:
    """gunicorn with two workers of eight threads, as walkapp has on PostgreSQL."""

    name = "Kinto, PostgreSQL"

    def __init__(self, folder: Path, people: int, server: Postgres, beside: int) -> None:
        folder.mkdir()
        self._folder, self._beside, self.stored = folder, beside, 0
        self.writer, self.places = Place(), [Place()] * people
        settings = folder / "kinto.ini"
        url = server.new_database().replace("postgresql+psycopg:", "postgresql:")
        settings.write_text(SETTINGS.format(url=url), "utf-8")
        self._run("kinto", "migrate", "--ini", settings)
        with create_server(("127.0.0.1", 0)) as found:
            port = found.getsockname()[1]
        words = [KINTO / "bin" / "gunicorn", "--paste", settings, "--bind", f"127.0.0.1:{port}",
                 "--workers", "2", "--threads", "8", "--log-level", "error"]  # fmt: skip
        with (folder / "kinto.log").open("w") as log:
            self._server = subprocess.Popen(words, stderr=log)
        self._given = {"origin": f"http://127.0.0.1:{port}"}
        self._wait()
        self._make("/v1/buckets/bench")
        self._make("/v1/buckets/bench/collections/observations")
        self.client = Node(CLIENTS / "kinto.mjs", self._given)

    def pids(self) -> list[int]:
        return machine.family(self._server.pid) + machine.family(self._beside)

    def bytes(self) -> None:
        return None

    def fill(self, stored: int) -> None:
        thin = Node(CLIENTS / "kinto.mjs", self._given)
        changes = endless(Place(), stored)
        fill_by_pushing(thin, self._folder / "fill.ndjson", changes, stored - self.stored)
        self.stored = stored
        thin.stop()

    def stop(self) -> None:
        self.client.stop()
        self._server.terminate()
        self._server.wait(timeout=30)

    def _run(self, tool: str, *words: object) -> None:
        command = [str(KINTO / "bin" / tool), *map(str, words)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                with urllib.request.urlopen(self._given["origin"] + "/v1/", timeout=5):
                    return
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def _make(self, path: str) -> None:
        basic = {"Authorization": "Basic YmVuY2g6YmVuY2g="}  # bench:bench
        asked = urllib.request.Request(self._given["origin"] + path, method="PUT", headers=basic)
        with urllib.request.urlopen(asked, timeout=30):
            pass
