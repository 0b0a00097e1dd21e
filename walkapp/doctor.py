"""What this server stands on, looked at piece by piece, in plain words."""

import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from . import database, files, migrations, organisation, postgres_tools
from .backup_trouble import is_damage
from .clock import now_ms
from .config import Config, unknown_names
from .models import Account, Commit, Grant, Person, Space
from .notices.words import problem_words
from .queries import notices
from .rubric_files import load_library
from .rubric_po import load_words

SAFE_SQLITE = (3, 51, 3)  # below it a checkpoint can lose a commit (the WAL-reset race)
LEAST_FREE_BYTES = 1_000_000_000
CLOCK_SLACK_MS = 5 * 60_000
LATE_MS = 3_600_000
WEEK_MS = 7 * 24 * 3_600_000
# No machine runs this before it was written.
WRITTEN_MS = 1_795_000_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; what to do about it when it needs attention."""

    what: str
    todo: str = ""

    @property
    def ok(self) -> bool:
        return not self.todo


def examine(config: Config, environ: Mapping[str, str]) -> list[Finding]:
    """Every finding, in the order in which to mend them."""
    return [
        *names(environ), *home(config), *secret(config), *disk(config), *tools(config),
        *the_database(config),
    ]  # fmt: skip


def names(environ: Mapping[str, str]) -> Iterator[Finding]:
    for name in unknown_names(environ):
        yield Finding(f"{name} is set, but nothing reads it", "Look for a slip in its name.")


def home(config: Config) -> Iterator[Finding]:
    if not config.home.is_dir():
        yield Finding(f"The folder {config.home} is not there", "Run `walkapp init`.")
        return
    yield _for_owner_only(config.home, "folder", f"chmod 700 {config.home}")


def secret(config: Config) -> Iterator[Finding]:
    if not config.secret:
        yield Finding("There is no secret", "Run `walkapp init`, or bring back the one you kept.")
        return
    yield Finding("The secret is set")
    if config.secret_file.is_file():
        yield _for_owner_only(config.secret_file, "secret", f"chmod 600 {config.secret_file}")


def disk(config: Config) -> Iterator[Finding]:
    # The photos lie in the home, also where the database lies elsewhere.
    folders = {config.home, (config.sqlite_file or config.home / "x").parent}
    disks = {folder.stat().st_dev: folder for folder in sorted(folders) if folder.is_dir()}
    for folder in disks.values():
        free = shutil.disk_usage(folder).free
        said = f"The disk of {folder} has {free / 1e9:.1f} GB free"
        yield Finding(
            said, "" if free > LEAST_FREE_BYTES else "Make room before walks stop being kept."
        )


def tools(config: Config) -> Iterator[Finding]:
    if config.is_sqlite:
        version = database.sqlite_module().sqlite_version_info
        said = f"SQLite is {'.'.join(map(str, version))}"
        todo = "" if version >= SAFE_SQLITE else (
            "It can lose a commit when two programs write at once: install pysqlite3, or where "
            "that does not exist stop the server before other commands, or use PostgreSQL."
        )  # fmt: skip
        yield Finding(said, todo)
    else:
        there = postgres_tools.is_there()
        said = "pg_dump is " + ("there for backups" if there else "not installed")
        yield Finding(said, "" if there else f"Install {postgres_tools.PACKAGE} for backups.")


def the_database(config: Config) -> Iterator[Finding]:
    file = config.sqlite_file
    if file is not None and not file.is_file():
        yield Finding(f"There is no database at {file}", "Run `walkapp init`.")
        return
    if file is not None and file.parent != config.home:
        yield _for_owner_only(file, "database", f"chmod 600 {file}")
    try:
        with database.opened(config), database.reading() as session:
            version = migrations.current(session.connection())  # opening alone reads nothing
            yield Finding("The database answers")
            yield from contents(session, config, version)
    except (DBAPIError, database.DatabaseBusy) as trouble:
        yield _no_answer(trouble, config)


def contents(session: Session, config: Config, version: str | None) -> Iterator[Finding]:
    head = migrations.head()
    if version != head:
        unknown = version is not None and version not in migrations.known()
        todo = "Install a newer walkapp." if unknown else "Run `walkapp upgrade`."
        yield Finding(f"The database has version {version or 'none'}, not {head}", todo)
        return
    yield Finding(f"The database has this program's version, {head}")
    whole = list(damage(session, config))
    yield from whole
    if not all(finding.ok for finding in whole):
        return
    looks: tuple[Callable[[Session, Config], Iterator[Finding]], ...] = (
        clock, admins, rubric_versions, demo_accounts, photos, mail,
    )  # fmt: skip
    for look in looks:
        yield from look(session, config)


def damage(session: Session, config: Config) -> Iterator[Finding]:
    if not config.is_sqlite:
        return
    faults = session.connection().exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if faults == "ok":
        yield Finding("The database file is whole")
    else:
        yield _damaged(str(faults))


def clock(session: Session, _config: Config) -> Iterator[Finding]:
    newest = session.scalar(select(func.max(Commit.at))) or 0
    behind_ms = max(newest, WRITTEN_MS) - now_ms()
    if behind_ms > CLOCK_SLACK_MS:
        said = f"The clock of this machine is {behind_ms // 60_000} minutes behind the newest entry"
        yield Finding(said, "Set the clock, and let it follow a time server.")
    else:
        yield Finding("The clock agrees with the newest entry")


def admins(session: Session, _config: Config) -> Iterator[Finding]:
    spaces = dict(session.execute(select(Space.id, Space.name)).all())
    if not spaces:
        yield Finding("There is no district yet", "Run `walkapp init --district NAME`.")
    ruled = select(Grant.space).join(
        Person, (Person.space == Grant.space) & (Person.id == Grant.person)
    ).where(
        Grant.role == "admin", Person.account.is_not(None),
        Grant.ends_at.is_(None) | (Grant.ends_at > now_ms()),
    )  # fmt: skip
    for space in sorted(spaces.keys() - set(session.scalars(ruled))):
        yield Finding(f"Nobody can administer {spaces[space]}", "Run `walkapp create-admin`.")


def rubric_versions(session: Session, config: Config) -> Iterator[Finding]:
    library = load_library(config.home)
    words = load_words(library, config.home)
    for space in session.scalars(select(Space.id).order_by(Space.id)):
        if organisation.lacks_rubrics(session, space, library, words):
            what = "New rubric versions or translations are not published yet"
            yield Finding(what, "Run `walkapp upgrade`.")
            return
    yield Finding("Every district has the rubrics of this version")


def demo_accounts(session: Session, config: Config) -> Iterator[Finding]:
    if session.scalar(select(Account.id).where(Account.demo).limit(1)) is None:
        return
    if config.is_loopback and not config.proxy:
        yield Finding("There are demo sign-ins, and only this machine reaches the server")
        return
    way = "through a proxy" if config.proxy else f"on {config.host}"
    said = f"There are demo sign-ins, and other machines reach the server {way}"
    yield Finding(said, "Demo sign-ins are refused there. Start real work with a new WALK_HOME.")


def photos(session: Session, config: Config) -> Iterator[Finding]:
    found = files.look(session, config)
    if found.lost:
        yield Finding(
            f"{found.lost} photos have lost their bytes in {files.folder_of(config)}",
            "Open walkapp on the tablets that took them: they send them again. Or bring the "
            "folder back from a backup.",
        )
    elif found.whole:
        yield Finding(f"All {found.whole} photos have their bytes")
    if found.unspoken:
        yield Finding(f"{found.unspoken} files belong to no photo; they are put apart for 30 days")


def mail(session: Session, config: Config) -> Iterator[Finding]:
    if config.mail is None:
        yield Finding("Mail is not set up: what is new stands in walkapp alone")
        return
    late = notices.overdue(session, now_ms() - LATE_MS)
    if late:
        said = f"{late} mails should have gone out over an hour ago"
        yield Finding(said, "Is `walkapp worker` running? It sends them (docs/mail.md).")
    failed = notices.given_up(session, now_ms() - WEEK_MS)
    for problem, count in sorted(failed.items(), key=str):
        said = f"{count} mails of the last seven days could not be delivered"
        yield Finding(f"{said}. {problem_words(problem)}", "Look at docs/mail.md.")
    if not late and not failed:
        yield Finding(f"Mail goes out through {config.mail.host}, and none is late or failed")


def _for_owner_only(path: Path, what: str, command: str) -> Finding:
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding(f"Others on this machine can reach the {what} {path}", f"Run: {command}")
    return Finding(f"The {what} {path} is for this user alone")


def _no_answer(trouble: Exception, config: Config) -> Finding:
    said = str(getattr(trouble, "orig", trouble)).strip().splitlines()[0]
    if config.is_sqlite and is_damage(trouble):
        return _damaged(said)
    return Finding(f"The database does not answer ({said})", _how_to_reach(config))


def _damaged(said: str) -> Finding:
    return Finding(
        f"The database file is damaged ({' '.join(said.split())})",
        "Stop the server and put the newest backup in its place: `walkapp restore FILE`.",
    )


def _how_to_reach(config: Config) -> str:
    if config.is_sqlite:
        return "Look at the rights of the file and of its folder."
    return "Is PostgreSQL running, and are address, name and password in WALK_DATABASE right?"
