"""`walkapp demo`: an invented district to try everything in."""

import click

from .. import database
from .. import demo as demo_district
from .setting import ready


@click.command()
@click.option("--with-year", is_flag=True, help="Also the walks of the year before, for reports.")
def demo(with_year: bool) -> None:
    """Seed the demo district once and print its sign-ins."""
    with ready() as config:
        with database.writing() as session:
            seeded = demo_district.seed(session)
            if with_year:
                demo_district.seed_year(session)
        click.echo(f"{demo_district.NAME}: {'made' if seeded else 'there already, left as it is'}.")
        for person in demo_district.PEOPLE:
            click.echo(f"  {person.email:38} {person.words}")
        click.echo(f"  password for all of them: {demo_district.PASSWORD}")
        if not config.is_loopback:
            click.echo(
                f"They work only on this machine: on {config.host} demo sign-ins are refused."
            )
