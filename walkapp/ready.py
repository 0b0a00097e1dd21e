"""Statements that are made once and then only run.

To put a statement together, hash it and bind its values takes SQLAlchemy longer than SQLite takes
to answer it, and every push and every poll asks the same dozen. Here the text is made at the first
use in each dialect. Errors, events and the transaction stay those of the session.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, CursorResult, Dialect, Executable, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

Values = Mapping[str, Any]


class Ready:
    """A statement in which every value is a `bindparam` or a `OneOf`. Rows come as they are kept:
    a Boolean of SQLite is 0 or 1.
    """

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._made: dict[str, _Made] = {}

    def run(self, session: Session, **values: Any) -> CursorResult[Any]:
        """Run it once, after what the session still held back."""
        return self._run(session, lambda made: made.given(values))

    def run_each(self, session: Session, rows: Sequence[Values]) -> None:
        """Run it for every row."""
        if rows:
            self._run(session, lambda made: [made.given(row) for row in rows])

    def _run(self, session: Session, given: Any) -> CursorResult[Any]:
        session.flush()
        connection = session.connection()
        made = self._made_for(connection.dialect)
        return connection.exec_driver_sql(made.text, given(made))

    def _made_for(self, dialect: Dialect) -> "_Made":
        made = self._made.get(dialect.name)
        if made is None:
            made = self._made[dialect.name] = _make(self._statement, dialect)
        return made


class OneOf(ColumnElement[bool]):
    """Is the column one of a list that is handed in whole, however long it is?"""

    type = NullType()  # type: ignore[assignment] # as a Boolean it would be compared with 1 on SQLite, past every index
    inherit_cache = False

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        self.column = column
        self.name = name


@compiles(OneOf, "sqlite")
def _in_json(element: OneOf, compiler: Any, **how: Any) -> str:
    column, values = _sides(element, compiler, how)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - compiled, no values


@compiles(OneOf, "postgresql")
def _any_of(element: OneOf, compiler: Any, **how: Any) -> str:
    column, values = _sides(element, compiler, how)
    return f"{column} = ANY({values})"


def _sides(element: OneOf, compiler: Any, how: Values) -> tuple[str, str]:
    values: BindParameter[Any] = bindparam(element.name)
    return compiler.process(element.column, **how), compiler.process(values, **how)


@dataclass(frozen=True, slots=True)
class _Made:
    text: str
    order: tuple[str, ...] | None  # of what stands for the values; None: they are named
    own: Values  # what the dialect adds by itself, as SQLite's OFFSET

    def given(self, values: Values) -> Any:
        every = {**self.own, **values} if self.own else values
        if self.order is None:
            return every
        return tuple([_as_json(every[name]) for name in self.order])


def _as_json(value: Any) -> Any:
    return json.dumps(value) if type(value) is list else value


def _make(statement: Any, dialect: Dialect) -> _Made:
    compiled = statement.compile(dialect=dialect)
    own = {name: value for name, value in compiled.params.items() if value is not None}
    return _Made(str(compiled), tuple(compiled.positiontup) if compiled.positional else None, own)
