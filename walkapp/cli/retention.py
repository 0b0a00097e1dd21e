"""`walkapp retention`: delete what the districts' rules say, after it was announced."""

import click

from ..retention.deleting import run
from .setting import ready


@click.command()
def retention() -> None:
    """Announce what has become due, delete what was announced 30 days ago. For cron, once a day.

    Does nothing where an administrator has not chosen how long things are kept.
    """
    with ready() as config:
        run(config, click.echo)
