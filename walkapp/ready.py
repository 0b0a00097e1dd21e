"""Statements that are made once and then only run.

To put a statement together, to hash it and to bind its values takes SQLAlchemy longer than SQLite
takes to answer it, and every push and every poll runs the same dozen. Their text is made at the
first use of each dialect; errors and transactions stay those of the session.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import Boolean, ColumnElement, CursorResult, Executable, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session

Values = Mapping[str, Any]


class Ready:
    """A statement whose every value is a `bindparam` or a `OneOf`; rows come as they are kept."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._made: dict[str, _Made] = {}

    def run(self, session: Session, **values: Any) -> CursorResult[Any]:
        """Run it once; what the session still holds back is written before."""
        session.flush()
        connection = session.connection()
        made = self._for(connection.dialect)
        return connection.exec_driver_sql(made.text, made.given(values))

    def run_each(self, session: Session, rows: Sequence[Values]) -> None:
        """Run it for every row."""
        if not rows:
            return
        session.flush()
        connection = session.connection()
        made = self._for(connection.dialect)
        connection.exec_driver_sql(made.text, [made.given(row) for row in rows])

    def _for(self, dialect: Any) -> "_Made":
        made = self._made.get(dialect.name)
        if made is None:
            # A fresh one has no settings of an engine that could stand in the text.
            compiled: Any = self._statement.compile(dialect=dialect)  # type: ignore[attr-defined]
            made = self._made[dialect.name] = _Made(
                str(compiled), tuple(compiled.positiontup) if compiled.positional else None
            )
        return made
