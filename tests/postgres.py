"""A real PostgreSQL of our own for the length of a test run: no port, no password, no leftovers."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

INSTALLED = Path("/usr/lib/postgresql")
# The data is thrown away: nothing has to survive a power cut.
HASTE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


class Postgres:
    """A running server, reached through a socket in its own folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = 0

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def new_database(self, template: str = "template0") -> str:
        """The URL of a new database, empty or a copy of another that nobody is connected to."""
        self.made += 1
        name = f"test_{self.made}"
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, url: str) -> None:
        name = make_url(url).database
        self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def run(self, statement: str) -> None:
        where = f"host={self.folder} user=postgres dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running(settings: str = HASTE) -> Iterator[Postgres]:
    """Start the newest PostgreSQL that is installed; stop and remove it at the end."""
    tools = _tools()
    folder = Path(tempfile.mkdtemp(prefix="walk-pg-"))
    _own(folder)
    data = folder / "data"
    try:
        _as_postgres(tools / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                     "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        options = f"{settings} -c listen_addresses='' -c unix_socket_directories='{folder}'"
        _as_postgres(
            tools / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"
        )
        try:
            yield Postgres(folder)
        finally:
            _as_postgres(tools / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tools() -> Path:
    versions = sorted(INSTALLED.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if not versions:
        raise RuntimeError("No PostgreSQL is installed: sudo apt install postgresql")
    return versions[-1].parent


def _own(folder: Path) -> None:
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres", "postgres")


def _as_postgres(*words: object) -> None:
    command = [str(word) for word in words]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    # Into a file, not a pipe: the server keeps a pipe open for ever.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(command, cwd="/", stdout=said, stderr=said, check=False)
        said.seek(0)
        assert done.returncode == 0, f"{' '.join(command)}\n{said.read()}"
