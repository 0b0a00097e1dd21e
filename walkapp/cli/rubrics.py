"""`walkapp rubrics check`: are the rubric files right?"""

from pathlib import Path

import click

from ..rubric_files import check_files, check_release, rubric_paths
from .setting import Trouble


@click.group()
def rubrics() -> None:
    """The instruments: files of rubrics."""


@rubrics.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
def check(files: tuple[Path, ...]) -> None:
    """Check FILES, or every rubric that is installed: file, line and field of each fault."""
    faults = check_files(files) if files else check_release()
    for fault in faults:
        click.echo(str(fault))
    count = len(files or rubric_paths())
    if faults:
        raise Trouble(f"{len(faults)} to correct in {count} rubric files.")
    click.echo(f"{count} rubric files are right.")
