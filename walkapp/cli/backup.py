"""`walkapp backup`: database and photos in one checked file."""

from pathlib import Path

import click

from .. import archive
from .. import backup as backups
from ..config import Config


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
def backup(file: Path | None) -> None:
    """Copy everything to FILE, or to the backups folder; the server may go on meanwhile."""
    made = backups.backup(Config.from_env(), file)
    said = archive.manifest_of(made)
    photos, size_kb = len(said["members"]) - 1, made.stat().st_size // 1024 + 1
    click.echo(f"Backed up and checked: {made} ({size_kb} kB, {photos} photos).")
    if said["missing"]:
        click.echo(f"{len(said['missing'])} photos are lost here and not in it: walkapp doctor.")
    click.echo("The secret is not in it: keep a copy of that file elsewhere.")
