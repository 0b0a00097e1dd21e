"""The two ways to use the database, on both databases."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from flask import current_app
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from walkapp import database
from walkapp.config import Config
from walkapp.models import Space

pytestmark = pytest.mark.usefixtures("on_both", "opened")


def oak(id: str = "oak") -> Space:
    return Space(id=id, kind="district", name="Oak County", created_at=1)


def spaces() -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Space.id).order_by(Space.id)))


def test_what_is_written_is_there_after_the_block() -> None:
    with database.writing() as session:
        session.add(oak())
    assert spaces() == ["oak"]


def test_a_fault_inside_the_block_leaves_nothing() -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        session.add(oak())
        session.flush()
        1 / 0  # noqa: B018
    assert spaces() == []


def test_reading_refuses_to_write() -> None:
    with pytest.raises(DBAPIError), database.reading() as session:
        session.add(oak())
        session.flush()
    with database.writing() as session:
        session.add(oak("after"))
    assert spaces() == ["after"]


def test_reading_sees_one_moment_while_others_write() -> None:
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def write_meanwhile() -> None:
        with app.app_context(), database.writing() as session:
            session.add(oak())

    with database.reading() as session:
        before = list(session.scalars(select(Space.id)))
        writer = threading.Thread(target=write_meanwhile)
        writer.start()
        writer.join()
        assert list(session.scalars(select(Space.id))) == before == []
    assert spaces() == ["oak"]


def test_writing_inside_writing_is_caught_before_it_waits_for_itself(on_both: str) -> None:
    if on_both == "sqlite":
        with (
            pytest.raises(RuntimeError, match="inside"),
            database.writing(),
            database.writing(),
        ):
            pass


def test_read_then_write_by_many_threads_loses_nothing(on_both: str) -> None:
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    lock = "" if on_both == "sqlite" else " FOR UPDATE"
    with database.writing() as session:
        session.add(Space(id="count", kind="district", name="0", created_at=1))

    def count_up() -> None:
        for _ in range(10):
            with app.app_context(), database.writing() as session:
                name = session.scalar(text(f"SELECT name FROM space WHERE id = 'count'{lock}"))
                session.get_one(Space, "count").name = str(int(str(name)) + 1)

    threads = [threading.Thread(target=count_up) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert session.scalar(select(Space.name)) == "60"


def test_a_lock_that_cannot_be_had_is_called_busy(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    database.db.engine.dispose()
    with (
        held_by_another_process(config),
        pytest.raises(database.DatabaseBusy),
        database.writing() as session,
    ):
        session.add(oak())
        session.flush()


@contextmanager
def held_by_another_process(config: Config) -> Iterator[None]:
    engine = database.new_engine(config.database)
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql("LOCK TABLE space")
            yield
    finally:
        engine.dispose()


def test_sqlite_keeps_what_it_promised_through_a_power_cut(config: Config) -> None:
    if config.is_sqlite:
        with database.reading() as session:
            found = [
                session.scalar(text(f"PRAGMA {name}"))
                for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
        assert found == ["wal", 2, 1]


def test_the_sqlite_in_use_is_a_safe_build() -> None:
    module = database.sqlite_module()
    with closing(module.connect(":memory:")) as connection:
        version = connection.execute("SELECT sqlite_version()").fetchone()[0]
    assert tuple(map(int, version.split("."))) >= (3, 51, 3)
