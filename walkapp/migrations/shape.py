"""What Alembic compares, and how it writes what it finds."""

from typing import Any

# The tables behind an FTS5 index belong to SQLite: Alembic would drop them.
FTS_SUFFIXES = ("_fts", "_fts_data", "_fts_idx", "_fts_content", "_fts_docsize", "_fts_config")


def is_ours(_object: Any, name: str | None, kind: str, reflected: bool, _other: Any) -> bool:
    return not (kind == "table" and reflected and (name or "").endswith(FTS_SUFFIXES))


OPTIONS: dict[str, Any] = {
    "include_object": is_ours,
    "compare_type": True,
    "compare_server_default": True,
    "render_as_batch": True,
    "transactional_ddl": True,
}
