"""The database of the service: engines, and the two ways to use one, `writing` and `reading`.

SQLite: WAL, synchronous FULL, foreign keys on, and BEGIN IMMEDIATE for everything that may
write, because a read that turns into a write is refused at once when another writer was faster.
One lock per process stands before it: writers queue fairly in memory, not by sleeping on the file.
PostgreSQL: READ COMMITTED for writing (the log takes its own row lock), one snapshot for reading.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from .config import Config
from .fair_lock import FairLock, TookTooLong
from .models.base import db

BUSY_SECONDS = 10
CHECKPOINT_PAGES = 4_000  # 16 MB: else every fourth push would carry the log over as well
POOL_SIZE = 16  # as many as one worker has threads
READ_ONLY = "walkapp_read_only"
SQLITE_BUSY, SQLITE_LOCKED = 5, 6
# lock_not_available, serialization_failure, deadlock_detected
POSTGRES_BUSY = ("55P03", "40001", "40P01")


class DatabaseBusy(Exception):
    """The database had too much to do; nothing of this was written, and trying again is safe."""

    retry_after_seconds = 2


def init_app(app: Flask) -> None:
    """Join the database of app.config["WALK"] to the app. Opens no connection."""
    config: Config = app.config["WALK"]
    app.config["SQLALCHEMY_DATABASE_URI"] = config.database
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(config.database)
    db.init_app(app)
    app.extensions["walkapp.writer"] = FairLock()
    with app.app_context():
        prepare(db.engine)


@contextmanager
def opened(config: Config) -> Iterator[None]:
    """The database without the web around it, for the command line."""
    app = Flask("walkapp")
    app.config["WALK"] = config
    init_app(app)
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def new_engine(database: str, *, foreign_keys: bool = True) -> Engine:
    """An engine like the app's own, for what works outside the app (migrations, checks)."""
    engine = create_engine(database, **engine_options(database))
    prepare(engine, foreign_keys=foreign_keys)
    return engine


def engine_options(database: str) -> dict[str, Any]:
    # The last one back is the next one out: its pages and statements are still at hand.
    options: dict[str, Any] = {"pool_size": POOL_SIZE, "max_overflow": 4, "pool_use_lifo": True}
    if make_url(database).get_backend_name() == "sqlite":
        return options | {"module": sqlite_module(), "connect_args": {"timeout": BUSY_SECONDS}}
    # Prepared statements break behind a transaction pool (PgBouncer before 1.21).
    return options | {"pool_pre_ping": True, "connect_args": {"prepare_threshold": None}}


def sqlite_module() -> ModuleType:
    """The SQLite that carries its own safe build where it is installed, else Python's own."""
    try:
        import pysqlite3  # type: ignore[import-untyped]

        return pysqlite3
    except ImportError:
        import sqlite3

        return sqlite3


def prepare(engine: Engine, *, foreign_keys: bool = True) -> None:
    """Give each new connection its settings, and each transaction its right kind of begin."""
    # By dialect, never by the class of a connection: there are two SQLite modules.
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the begin event speaks, not the driver
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
            f"busy_timeout={BUSY_SECONDS * 1000}",
            f"wal_autocheckpoint={CHECKPOINT_PAGES}",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get(READ_ONLY, False)
        if connection.info.get(READ_ONLY) is not read_only:
            connection.exec_driver_sql(f"PRAGMA query_only={int(read_only)}")
            connection.info[READ_ONLY] = read_only
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


@contextmanager
def writing() -> Iterator[Session]:
    """One write transaction: committed as a whole at the end, or nothing of it happened."""
    with _busy_by_name():
        if db.engine.dialect.name == "sqlite":
            with _my_turn(), _write_session() as session:
                yield session
        else:
            with _write_session() as session:
                yield session


@contextmanager
def reading() -> Iterator[Session]:
    """One consistent snapshot in which nothing can be written."""
    if db.engine.dialect.name == "sqlite":
        options: dict[str, Any] = {READ_ONLY: True}
    else:
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with _busy_by_name(), Session(db.engine.execution_options(**options)) as session:
        yield session


@contextmanager
def _my_turn() -> Iterator[None]:
    try:
        with current_app.extensions["walkapp.writer"].held(BUSY_SECONDS):
            yield
    except TookTooLong as trouble:
        raise DatabaseBusy("Other writes of this process took too long.") from trouble


@contextmanager
def _write_session() -> Iterator[Session]:
    with Session(db.engine, expire_on_commit=False) as session, session.begin():
        connection = session.connection()  # begin now: the lock comes before the first read
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
        yield session


@contextmanager
def _busy_by_name() -> Iterator[None]:
    try:
        yield
    except PoolTimeout as trouble:
        raise DatabaseBusy("Every connection was in use.") from trouble
    except OperationalError as trouble:
        if not is_busy(trouble):
            raise
        raise DatabaseBusy("The database was locked for too long.") from trouble


def is_busy(trouble: OperationalError) -> bool:
    """Was this only a lock that could not be had in time?"""
    sqlstate = getattr(trouble.orig, "sqlstate", None)
    code = getattr(trouble.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in (SQLITE_BUSY, SQLITE_LOCKED)
    return sqlstate in POSTGRES_BUSY or "database is locked" in str(trouble.orig)
