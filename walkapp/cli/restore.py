"""`walkapp restore`: a backup in the place of the live data."""

from pathlib import Path

import click

from .. import backup as backups
from .. import migrations
from ..config import Config
from .setting import version_of


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(file: Path, yes: bool) -> None:
    """Put the backup FILE in the place of the data. Stop the server first.

    What is replaced is kept. Tablets that know more than the backup send it again by themselves.
    """
    config = Config.from_env()
    if not yes:
        click.confirm("Replace the data of this server by the backup?", abort=True)
    kept = backups.restore(config, file)
    click.echo(f"Restored from {file}.")
    if kept is not None:
        click.echo(f"What was there before is kept in {kept}.")
    if version_of(config) != migrations.head():
        click.echo("The backup is of an older version: run `walkapp upgrade` now.")
