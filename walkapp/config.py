"""How this server is set up: WALK_* variables, read once and checked at the start."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from . import mail_settings
from .mail_settings import MailSettings

SECRET_MIN_CHARACTERS = 32
NAMES = (
    "WALK_HOME",
    "WALK_DATABASE",
    "WALK_HOST",
    "WALK_PORT",
    "WALK_SECRET",
    "WALK_PROXY",
    "WALK_KILL_WORKER",
    "WALK_READABLE",
    *mail_settings.NAMES,
)
YES, NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


class ConfigError(Exception):
    """The settings cannot be used; each fault is one sentence that names the setting."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Config:
    """Checked settings. `secret` is empty until `walkapp init` has made one."""

    home: Path
    database: str = field(default="", repr=False)  # may hold a password
    host: str = "127.0.0.1"
    port: int = 8000
    secret: str = field(default="", repr=False)
    proxy: bool = False
    kill_worker: bool = False  # serve a worker that removes itself: the way out of a bad release
    readable: bool = False  # serve scripts as they are written, for who works on the app
    mail: MailSettings | None = None  # none is sent without
    testing: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "home", Path(self.home).absolute())
        object.__setattr__(self, "database", _database(self.database, self.home))
        faults = [*_faults_of_database(self.database), *_faults_of_address(self.host, self.port)]
        if self.secret and len(self.secret) < SECRET_MIN_CHARACTERS:
            faults.append(
                f"WALK_SECRET (or {self.secret_file}) is too short: "
                f"it needs at least {SECRET_MIN_CHARACTERS} characters."
            )
        if faults:
            raise ConfigError(faults)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """The settings of this process, or a ConfigError that says what to correct."""
        env = os.environ if environ is None else environ
        home = Path(env.get("WALK_HOME") or "var").absolute()
        mail, faults = mail_settings.read(env)
        if faults:
            raise ConfigError(faults)
        return cls(
            home=home,
            database=env.get("WALK_DATABASE", ""),
            host=env.get("WALK_HOST") or "127.0.0.1",
            port=_port(env.get("WALK_PORT") or "8000"),
            secret=env.get("WALK_SECRET", "").strip() or _secret_in(home / "secret"),
            proxy=_yes_or_no("WALK_PROXY", env.get("WALK_PROXY", "")),
            kill_worker=_yes_or_no("WALK_KILL_WORKER", env.get("WALK_KILL_WORKER", "")),
            readable=_yes_or_no("WALK_READABLE", env.get("WALK_READABLE", "")),
            mail=mail,
        )

    @property
    def url(self) -> URL:
        return make_url(self.database)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @property
    def sqlite_file(self) -> Path | None:
        return Path(str(self.url.database)) if self.is_sqlite else None

    @property
    def secret_file(self) -> Path:
        return self.home / "secret"

    @property
    def is_loopback(self) -> bool:
        """Only this machine can reach the server: demo sign-ins are allowed."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def unknown_names(environ: Mapping[str, str]) -> list[str]:
    """WALK_* variables that nothing reads: most likely misspelt."""
    return sorted(name for name in environ if name.startswith("WALK_") and name not in NAMES)


def _database(given: str, home: Path) -> str:
    if not given:
        return f"sqlite:///{home / 'walkapp.sqlite3'}"
    # Bare PostgreSQL URLs mean a different driver from one SQLAlchemy to the next.
    for prefix in ("postgres://", "postgresql://"):
        if given.startswith(prefix):
            return "postgresql+psycopg://" + given.removeprefix(prefix)
    if given.startswith("sqlite:///"):
        name, query, options = given.removeprefix("sqlite:///").partition("?")
        if name and name != ":memory:":
            return f"sqlite:///{Path(name).absolute()}{query}{options}"
    return given


def _faults_of_database(database: str) -> list[str]:
    try:
        url = make_url(database)
    except ArgumentError:
        return [
            "WALK_DATABASE is not a database URL: write sqlite:////folder/file "
            "or postgresql://user:password@host/name."
        ]
    if url.drivername == "sqlite":
        if url.database in (None, "", ":memory:"):
            return ["WALK_DATABASE names no file: walks are kept in a file, never in memory."]
        return []
    if url.drivername == "postgresql+psycopg":
        return [] if url.database else ["WALK_DATABASE names no database: end it with /name."]
    return [f"WALK_DATABASE starts with {url.drivername}: only sqlite and postgresql are known."]


def _faults_of_address(host: str, port: int) -> list[str]:
    faults = []
    if not host or "/" in host or any(letter.isspace() for letter in host):
        faults.append(f"WALK_HOST is {host!r}: write an address or a host name, without http://.")
    if not 0 <= port <= 65535:
        faults.append(f"WALK_PORT is {port}: write a number from 1 to 65535.")
    return faults


def _port(text: str) -> int:
    if not text.strip().isdecimal():
        raise ConfigError([f"WALK_PORT is {text!r}: write a number from 1 to 65535."])
    return int(text)


def _yes_or_no(name: str, text: str) -> bool:
    word = text.strip().lower()
    if word not in YES + NO:
        raise ConfigError([f"{name} is {text!r}: write yes or no."])
    return word in YES


def _secret_in(file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as trouble:
        why = type(trouble).__name__
        raise ConfigError(
            [f"The secret in {file} cannot be read ({why}). Look at its rights."]
        ) from trouble
