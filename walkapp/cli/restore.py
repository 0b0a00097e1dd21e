"""`walkapp restore`: a backup in the place of the live data."""

from pathlib import Path

import click

from .. import migrations, restoring
from ..config import Config
from ..restoring import Contents
from .setting import version_of


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--check", is_flag=True, help="Only look whether the backup is whole.")
def restore(file: Path, yes: bool, check: bool) -> None:
    """Put the backup FILE in the place of the data. Stop the server first.

    All of it is checked before anything is touched, and what is replaced is kept. Tablets that
    know more than the backup send it again by themselves.
    """
    if check:
        click.echo(f"{file} is whole: {in_words(restoring.check(file))}.")
        return
    config = Config.from_env()
    if not yes:
        click.confirm("Replace the data of this server by the backup?", abort=True)
    done = restoring.restore(config, file)
    click.echo(f"Restored from {file}: {in_words(done.contents)}.")
    for kept in (done.database, done.files):
        if kept is not None:
            click.echo(f"What was there before is kept in {kept}.")
    if version_of(config) != migrations.head():
        click.echo("The backup is of an older version: run `walkapp upgrade` now.")


def in_words(contents: Contents) -> str:
    if contents.files is None:
        return "the database alone; photos stay as they are"
    said = f"the database and {contents.files} photos"
    return f"{said} ({contents.missing} were lost before it was made)" if contents.missing else said
