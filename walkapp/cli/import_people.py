"""`walkapp import-people`: schools, rooms or people from a CSV file."""

from pathlib import Path

import click

from .. import database
from ..organisation import SERVICE
from ..people_import import Preview, apply, preview
from .setting import Trouble, ready, the_space


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--yes", is_flag=True, help="Enter it; without this the file is only looked at.")
@click.option("--district", metavar="NAME", help="Needed when there are several.")
def import_people(file: Path, yes: bool, district: str | None) -> None:
    """Look at FILE and say what it would add, change and refuse; with --yes, enter it.

    The header says what the file holds: schools (school_code,school_name), rooms
    (school_code,room_code and more) or people (name,email,role,school_code).
    """
    data = file.read_bytes()
    with ready():
        with database.reading() as session:
            space = the_space(session, district).id
            seen = preview(session, space, data)
        tell(seen)
        if seen.refused:
            raise Trouble("Nothing was entered: correct these lines first.")
        if not seen.can_apply:
            return
        if not yes:
            click.echo("Nothing was entered yet. To enter it, add --yes.")
            return
        with database.writing() as session:
            apply(session, space, SERVICE, data, seen.digest)
    click.echo("Entered.")


def tell(seen: Preview) -> None:
    for word, lines in (("add", seen.added), ("change", seen.changed)):
        for one in lines:
            click.echo(f"{word:7} line {one.line}: {one.sentence}")
    for fault in seen.refused:
        column = f", {fault.column}" if fault.column else ""
        click.echo(f"refuse  line {fault.line}{column}: {fault.sentence}")
    click.echo(
        f"{len(seen.added)} to add, {len(seen.changed)} to change, "
        f"{len(seen.unchanged)} as they are, {len(seen.refused)} refused."
    )
