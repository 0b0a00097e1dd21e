"""`python -m walkapp.migrations.new "Add teams"`: write the migration the models now ask for.

Read what it wrote before you keep it: a renamed column looks to it like one dropped, one added.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command

from .. import database
from . import HERE, drift, settings, upgrade


def write(words: str) -> Path | None:
    """Compare the models with a database at head; None when there is nothing to migrate."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/at-head.sqlite3"
        upgrade(url)
        engine = database.new_engine(url)
        try:
            if not drift(engine):
                return None
            number = f"{len(list((HERE / 'versions').glob('0*.py'))) + 1:04}"
            with engine.connect() as connection:
                script = command.revision(
                    settings(connection), words, autogenerate=True, rev_id=number
                )
        finally:
            engine.dispose()
    return _without_remarks(Path(script.path))  # type: ignore[union-attr]


def _without_remarks(file: Path) -> Path:
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "# ###" not in line), "utf-8")
    return file


if __name__ == "__main__":
    print(write(sys.argv[1]) or "The migrations already make what the models ask for.")
