"""The migrations make exactly the schema of the models, on both databases."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from walkapp import database, migrations
from walkapp.config import Config
from walkapp.models import Base

pytestmark = pytest.mark.usefixtures("on_both")


@pytest.fixture
def engine(empty: Config) -> Iterator[Engine]:
    empty.home.mkdir()
    engine = database.new_engine(empty.database)
    yield engine
    engine.dispose()


def schema(engine: Engine) -> dict[str, Any]:
    """All that the database knows of our tables, in an order that does not matter."""
    look = inspect(engine)
    tables = [name for name in look.get_table_names() if name != "alembic_version"]
    return {
        name: {
            "columns": {
                column["name"]: (
                    str(column["type"]), column["nullable"], column["default"],
                    column.get("autoincrement") is True,
                )
                for column in look.get_columns(name)
            },
            "primary key": look.get_pk_constraint(name),
            "foreign keys": _sorted(look.get_foreign_keys(name)),
            "indexes": _sorted(look.get_indexes(name)),
            "unique": _sorted(look.get_unique_constraints(name)),
            "checks": _sorted(look.get_check_constraints(name)),
        }
        for name in sorted(tables)
    }  # fmt: skip


def _sorted(found: Any) -> list[str]:
    return sorted(str(sorted(one.items())) for one in found)


def test_migrations_and_models_make_the_same_schema(empty: Config, engine: Engine) -> None:
    migrations.upgrade(empty.database)
    by_migrations = schema(engine)
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    assert schema(engine) == by_migrations
    assert set(by_migrations) == set(Base.metadata.tables)


def test_alembic_sees_nothing_left_to_migrate(empty: Config, engine: Engine) -> None:
    migrations.upgrade(empty.database)
    assert migrations.drift(engine) == [], "run: python -m walkapp.migrations.new 'What changes'"


def test_a_missing_column_is_noticed_and_checks_are_compared(empty: Config, engine: Engine) -> None:
    migrations.upgrade(empty.database)
    whole = schema(engine)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE school DROP COLUMN archived"))
    assert migrations.drift(engine) != []
    assert schema(engine) != whole
    # Alembic does not compare checks: the comparison of schemas has to see them.
    assert "facilitator" in str(whole["role_grant"]["checks"])


def test_upgrading_twice_is_the_same_as_upgrading_once(empty: Config, engine: Engine) -> None:
    migrations.upgrade(empty.database)
    migrations.upgrade(empty.database)
    with engine.connect() as connection:
        assert migrations.current(connection) == migrations.head()


def test_an_upgrade_that_breaks_leaves_the_database_as_it_was(
    empty: Config, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(_connection: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(migrations, "refuse_broken_references", break_off)
    with pytest.raises(RuntimeError, match="power cut"):
        migrations.upgrade(empty.database)
    assert inspect(engine).get_table_names() == []


def test_the_tables_behind_a_full_text_index_are_left_alone(
    empty: Config, engine: Engine, on_both: str
) -> None:
    migrations.upgrade(empty.database)
    if on_both == "sqlite":
        with engine.begin() as connection:
            connection.execute(text("CREATE VIRTUAL TABLE note_fts USING fts5(words)"))
    assert migrations.drift(engine) == []


def test_an_upgrade_never_leaves_rows_that_point_at_nothing(
    empty: Config, engine: Engine, on_both: str
) -> None:
    migrations.upgrade(empty.database)
    if on_both == "postgres":
        return  # it checks by itself
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    loose = database.new_engine(empty.database, foreign_keys=False)
    with loose.begin() as connection:
        connection.execute(text("INSERT INTO feed (space, seq, floor) VALUES ('nowhere', 0, 0)"))
    loose.dispose()
    with pytest.raises(RuntimeError, match="nowhere|feed"):
        migrations.upgrade(empty.database)


def test_teachers_who_were_there_before_are_known_to_a_coach_of_the_whole_district(
    empty: Config, engine: Engine
) -> None:
    migrations.upgrade(empty.database, "0003")
    with engine.begin() as connection:
        oak = "INSERT INTO space (id, kind, name, created_at) VALUES ('s', 'district', 'Oak', 0)"
        connection.execute(text(oak))
        for record, scope in (("novak", "lead:oak"), ("novak", "lead:pine"), ("bell", "space")):
            values = {"record": record, "scope": scope}
            connection.execute(text("INSERT INTO audience VALUES ('s', :record, :scope)"), values)
    migrations.upgrade(empty.database)
    with engine.connect() as connection:
        known = text("SELECT record FROM audience WHERE scope = 'teachers'")
        assert connection.execute(known).scalars().all() == ["novak"]
