"""`walkapp doctor`: what is wrong, in plain words."""

import os

import click

from ..config import Config
from ..doctor import examine


@click.command()
def doctor() -> None:
    """Look at everything this server stands on. Ends with code 1 when something needs attention."""
    findings = examine(Config.from_env(), os.environ)
    for finding in findings:
        mark = (
            click.style("ok       ", fg="green")
            if finding.ok
            else click.style("attention", fg="yellow")
        )
        click.echo(f"{mark}  {finding.what}")
        if finding.todo:
            click.echo(f"           {finding.todo}")
    if not all(finding.ok for finding in findings):
        raise SystemExit(1)
