"""pg_dump, pg_restore and psql, with the password where no list of processes shows it."""

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import Engine, inspect
from sqlalchemy.engine import URL

PACKAGE = "postgresql-client"
LOCK_SECONDS = 20


class ToolError(Exception):
    """A tool of PostgreSQL is missing or could not do its work; the live data is as it was."""


def is_there() -> bool:
    return shutil.which("pg_dump") is not None


def dump(url: URL, target: Path, snapshot: str) -> None:
    """Write all of the database, as the transaction that exported the snapshot sees it."""
    words = ("--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}")
    _run(url, "pg_dump", *words, f"--file={target}")


def check(file: Path) -> None:
    """Refuse what is not a whole dump of a walkapp database."""
    listed = _run(None, "pg_restore", "--list", str(file))
    if "TABLE DATA public alembic_version" not in listed:
        raise ToolError(f"{file} is a dump, but not of a walkapp database.")
    _script_of(file)  # reads it to the end: a cut-off file fails here


def replace(url: URL, engine: Engine, file: Path) -> None:
    """Put a dump in the place of every table there is, in one transaction."""
    quote = engine.dialect.identifier_preparer.quote
    tables = ", ".join(quote(name) for name in inspect(engine).get_table_names())
    drop = f"DROP TABLE IF EXISTS {tables} CASCADE;\n" if tables else ""
    words = ("psql", "--no-psqlrc", "--quiet", "--single-transaction", "-v", "ON_ERROR_STOP=1")
    _run(url, *words, given=drop + _script_of(file))


def _script_of(file: Path) -> str:
    return _run(None, "pg_restore", "--no-owner", "--no-acl", "--file=-", str(file))


def _run(url: URL | None, *words: str, given: str | None = None) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - words of ours, and paths as single words
            words, env=os.environ | (_address(url) if url is not None else {}), input=given,
            capture_output=True, text=True, check=False, encoding="utf-8",
        )  # fmt: skip
    except FileNotFoundError as trouble:
        raise ToolError(
            f"{words[0]} is not installed: on Debian and Ubuntu, sudo apt install {PACKAGE}."
        ) from trouble
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or ["it did not say why"]
        raise ToolError(f"{words[0]} could not do it: {said[0]}")
    return done.stdout


def _address(url: URL) -> dict[str, str]:
    known = {
        "PGHOST": url.query.get("host") or url.host,
        "PGPORT": url.query.get("port") or url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": url.query.get("sslmode"),
        "PGSSLROOTCERT": url.query.get("sslrootcert"),
        # A server in the middle of something is told about, not waited for without end.
        "PGOPTIONS": f"-c lock_timeout={LOCK_SECONDS}s",
    }
    return {name: str(value) for name, value in known.items() if value}
