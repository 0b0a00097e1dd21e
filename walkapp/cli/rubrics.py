"""`walkapp rubrics`: check the files, and copy, edit, version, translate and publish one's own."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from .. import rubric_house
from ..config import Config
from ..rubric import Rubric
from ..rubric_diff import differences
from ..rubric_files import check_files, check_release, load_library, load_rubric, rubric_paths
from ..rubric_po_check import check_words, po_paths
from ..rubric_po_writing import refreshed
from .setting import Trouble
from .upgrade import publish_rubrics

T = TypeVar("T")


@click.group()
def rubrics() -> None:
    """The instruments: files of rubrics."""


@rubrics.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
def check(files: tuple[Path, ...]) -> None:
    """Check FILES, or every rubric and translation that is installed: where each fault is."""
    home = Config.from_env().home
    words = [one for one in files if one.suffix == ".po"] if files else po_paths(home)
    named = [one for one in files if one.suffix != ".po"]
    faults = check_files(named) if files else check_release() + rubric_house.check_house(home)
    faults += [fault for path in words for fault in check_words(path, home)]
    for fault in faults:
        click.echo(str(fault))
    own = rubric_paths(rubric_house.folder_of(home))
    count = len(named if files else (*rubric_paths(), *own))
    if faults:
        raise Trouble(
            f"{len(faults)} to correct in {count} rubric files and {len(words)} of words."
        )
    click.echo(f"{count} rubric files are right.")
    click.echo(f"{len(words)} files of translations are right.")


@rubrics.command("list")
def list_() -> None:
    """Every rubric and version, and where it stands."""
    library = load_library(Config.from_env().home).values()
    for rubric in sorted(library, key=lambda one: (one.id, one.version)):
        click.echo(f"{rubric.id}  version {rubric.version}  {rubric.status}  {rubric.title}")


@rubrics.command()
@click.argument("source")
@click.argument("id")
@click.option("--title", help="What the tablet calls it.")
def copy(source: str, id: str, title: str | None) -> None:
    """Begin a rubric of your own called ID, with the words of SOURCE."""
    path = _asked(lambda home: rubric_house.copied(home, source, id, title))
    click.echo(f"Wrote {path}, a draft. Edit it, then `walkapp rubrics publish {id}`.")


@rubrics.command()
@click.argument("name")
def version(name: str) -> None:
    """Begin the next version of your rubric NAME."""
    path = _asked(lambda home: rubric_house.next_version(home, name))
    click.echo(f"Wrote {path}, a draft. Edit it, then `walkapp rubrics publish {path.stem}`.")


@rubrics.command()
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str) -> None:
    """What changed from OLD to NEW, text by text."""
    found = differences(_named(old).content, _named(new).content)
    for one in found:
        click.echo(f"{one.what}: {one.place}")
        for sign, text in (("-", one.was), ("+", one.now)):
            if text:
                click.echo(f"  {sign} {text}")
    click.echo(f"{len(found)} differences." if found else "Nothing is different.")


@rubrics.command()
@click.argument("name")
@click.option("--backed-up", is_flag=True, help="There is a backup already: make none.")
def publish(name: str, backed_up: bool) -> None:
    """Publish your rubric NAME: its words stay as they are, and tablets get it."""
    rubric = _asked(lambda home: rubric_house.publish(home, name))
    click.echo(f"Version {rubric.version} of {rubric.title} is published and sealed.")
    click.echo(publish_rubrics(Config.from_env(), backed_up))


@rubrics.command()
@click.argument("name")
@click.option("--to", "language", required=True, help="The language: es, ht.")
def words(name: str, language: str) -> None:
    """Write or refresh the file in which the texts of NAME are translated side by side."""
    made = _asked(lambda home: refreshed(home, name, language))
    click.echo(f"Wrote {made.path}: {made.translated} of {made.texts} texts are translated.")
    if made.gone:
        click.echo(f"Left out {made.gone} that are no longer in the rubric.")
    if made.is_published:
        click.echo("`walkapp upgrade` brings what is translated to the tablets.")


def _named(name: str) -> Rubric:
    return load_rubric(_asked(lambda home: rubric_house.find(home, name)))


def _asked(work: Callable[[Path], T]) -> T:
    try:
        return work(Config.from_env().home)
    except rubric_house.NotPossible as trouble:
        raise Trouble(str(trouble)) from trouble
