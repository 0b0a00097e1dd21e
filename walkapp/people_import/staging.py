"""The lines laid out in a database of their own, in memory, every cell as text.

sqlite-utils is told the type of each column: left to itself it reads a school number 0031 as 31.
"""

from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from ..organisation.words import same_code
from .reading import Sheet


class Staged:
    """One file, and what it may refer to."""

    def __init__(self, sheet: Sheet, schools: Mapping[str, str]) -> None:
        """`schools` gives the id of each school by its code."""
        self._db = Database(memory=True)
        columns = {"line": int, "key": str, "school": str} | dict.fromkeys(sheet.shape.columns, str)
        self._db["line"].create(columns, pk="line")  # type: ignore[union-attr]
        self._db["line"].insert_all(_staged_rows(sheet))  # type: ignore[union-attr]
        self._db["line"].create_index(["key", "line"])  # type: ignore[union-attr]
        self._db["school"].create({"code": str, "id": str}, pk="code")  # type: ignore[union-attr]
        self._db["school"].insert_all(  # type: ignore[union-attr]
            {"code": same_code(code), "id": id} for code, id in schools.items()
        )

    def rows(self) -> Iterable[dict[str, str]]:
        """The lines in their order; `school_id` is None where the code names no school."""
        return self._db.query(
            "select line.*, school.id as school_id from line"
            " left join school on school.code = line.school order by line.line"
        )

    def doubles(self) -> dict[int, int]:
        """Each line that says again what an earlier line said, with that line."""
        pairs = self._db.query(
            "select line, first from (select line, min(line) over (partition by key) as first"
            " from line) where line <> first"
        )
        return {pair["line"]: pair["first"] for pair in pairs}


def _staged_rows(sheet: Sheet) -> Iterable[dict[str, object]]:
    for number, row in sheet.rows:
        key = "\n".join(same_code(row.get(column, "")) for column in sheet.shape.key)
        cells = {column: row.get(column, "") for column in sheet.shape.columns}
        yield {"line": number, "key": key, "school": same_code(row.get("school_code", "")), **cells}
