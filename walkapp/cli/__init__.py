"""The `walkapp` command: one file a command, and errors that are sentences."""

from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from ..backup import BackupError
from ..config import ConfigError
from ..database import DatabaseBusy
from ..organisation import Refused
from ..postgres_tools import ToolError
from ..problems import Problem
from ..rubric_files import RubricsBroken
from . import (
    backup,
    create_admin,
    demo,
    doctor,
    import_people,
    init,
    refound,
    restore,
    retention,
    rubrics,
    serve,
    upgrade,
    worker,
)
from .setting import Trouble

SENTENCES = (BackupError, ConfigError, Problem, Refused, RubricsBroken, ToolError, Trouble)


class Commands(click.Group):
    """What a person can mend is told in a sentence; only a fault of ours shows a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SENTENCES as trouble:
            raise click.ClickException(sentence_of(trouble)) from trouble
        except DatabaseBusy as trouble:
            raise click.ClickException(
                "The database is busy. Nothing was changed: try again."
            ) from trouble
        except OSError as trouble:
            if trouble.filename is None:
                raise  # not about a file that a person could look at
            raise click.ClickException(f"{trouble.filename}: {trouble.strerror}.") from trouble
        except DBAPIError as trouble:
            said = str(trouble.orig).strip().splitlines() or [type(trouble.orig).__name__]
            raise click.ClickException(
                f"The database cannot be used ({said[0]}). `walkapp doctor` looks for the cause."
            ) from trouble


def sentence_of(trouble: Exception) -> str:
    if isinstance(trouble, Refused):
        return trouble.sentence
    if isinstance(trouble, Problem):
        return f"{trouble.entry.title} {trouble.entry.next}"
    return str(trouble)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="walkapp")
def main() -> None:
    """Learning walks on tablets that work all day without a network.

    Settings come from WALK_HOME, WALK_DATABASE, WALK_HOST, WALK_PORT, WALK_SECRET, WALK_PROXY,
    WALK_KILL_WORKER, WALK_URL and WALK_SMTP_* (docs/mail.md).
    """


for command in (
    init.init,
    upgrade.upgrade,
    serve.serve,
    demo.demo,
    create_admin.create_admin,
    import_people.import_people,
    rubrics.rubrics,
    backup.backup,
    restore.restore,
    refound.refound,
    worker.worker,
    retention.retention,
    doctor.doctor,
):
    main.add_command(command)
