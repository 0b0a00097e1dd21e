"""`walkapp backup`: the whole database in one checked file."""

from pathlib import Path

import click

from .. import backup as backups
from ..config import Config


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
def backup(file: Path | None) -> None:
    """Copy the database to FILE, or to the backups folder; the server may go on meanwhile."""
    made = backups.backup(Config.from_env(), file)
    click.echo(f"Backed up and checked: {made} ({made.stat().st_size // 1024 + 1} kB).")
    click.echo("The secret is not in it: keep a copy of that file elsewhere.")
