"""`walkapp upgrade`: a backup, then the newest schema, then the newest rubrics and translations."""

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import backup, database, migrations, organisation, postgres_tools
from ..clock import now_ms
from ..config import Config
from ..floor import raise_floors
from ..models import Space
from ..notices.forgetting import forget
from ..rubric_files import load_library
from ..rubric_po import load_words
from .setting import Trouble, demand_head, version_of


@click.command()
@click.option("--backed-up", is_flag=True, help="There is a backup already: make none.")
def upgrade(backed_up: bool) -> None:
    """Bring the database and its rubrics to this version. Backs up first when anything changes."""
    config = Config.from_env()
    version = version_of(config)
    if version is None or version not in migrations.known():
        demand_head(config)
    if version != migrations.head():
        back_up(config, backed_up)
        migrations.upgrade(config.database)
        click.echo(f"The database went from version {version} to {migrations.head()}.")
        backed_up = True
    click.echo(publish_rubrics(config, backed_up))
    with database.opened(config), database.writing() as session:
        raise_floors(session, now_ms())
        forget(session, now_ms())


def back_up(config: Config, backed_up: bool) -> None:
    if backed_up:
        return
    if not config.is_sqlite and not postgres_tools.is_there():
        raise Trouble(
            "pg_dump is not installed, so no backup can be made first. Install postgresql-client, "
            "or make a backup by other means and run `walkapp upgrade --backed-up`."
        )
    click.echo(f"Backed up to {backup.backup(config)}.")


def publish_rubrics(config: Config, backed_up: bool) -> str:
    library = load_library(config.home)
    words = load_words(library, config.home)
    with database.opened(config):
        with database.reading() as session:
            lacking = [
                space
                for space in spaces(session)
                if organisation.lacks_rubrics(session, space, library, words)
            ]
        if not lacking:
            return "The database and the rubrics are those of this version."
        back_up(config, backed_up)
        for space in lacking:
            with database.writing() as session:
                organisation.publish_rubrics(session, space, library, words=words)
    return (
        "Published the new rubric versions and translations "
        f"({len(lacking)} of all districts lacked some)."
    )


def spaces(session: Session) -> list[str]:
    return list(session.scalars(select(Space.id).order_by(Space.id)))
