"""`walkapp init`: the folder, the secret and the empty database of a new server."""

import os
import secrets
from pathlib import Path

import click
from sqlalchemy import select

from .. import database, migrations, organisation
from ..config import Config
from ..models import Space
from .setting import Trouble, demand_head, version_of

SECRET_BYTES = 48
OWNER_ONLY, FOR_OTHERS = 0o700, 0o077


@click.command()
@click.option("--district", metavar="NAME", help="Also found a district of this name.")
@click.option("--if-missing", is_flag=True, help="Say nothing about what is already there.")
def init(district: str | None, if_missing: bool) -> None:
    """Make the folder, the secret and the database. What is there already stays as it is."""
    config = Config.from_env()
    made = [*make_home(config), *make_secret(config), *make_database(config)]
    if not made and not if_missing:
        click.echo(f"Everything is there already in {config.home}.")
    for sentence in made:
        click.echo(sentence)
    if district:
        click.echo(found_district(Config.from_env(), district))
    elif not if_missing:
        click.echo("Next: `walkapp init --district NAME`, or `walkapp demo` to try it first.")


def make_home(config: Config) -> list[str]:
    if config.home.is_dir():
        return close_home(config.home)
    try:
        config.home.mkdir(mode=OWNER_ONLY, parents=True)
    except OSError as trouble:
        raise Trouble(
            f"The folder {config.home} cannot be made ({trouble.strerror}): "
            "let WALK_HOME name a folder that this user may make."
        ) from trouble
    return [f"Made the folder {config.home}, for this user alone."]


def close_home(home: Path) -> list[str]:
    """Shut others out of a folder that was found; one with things in it is only told about."""
    if not home.stat().st_mode & FOR_OTHERS:
        return []
    if any(home.iterdir()) or home.stat().st_uid != os.getuid():
        return [f"Others on this machine can reach the folder {home}. Run: chmod 700 {home}"]
    home.chmod(OWNER_ONLY)
    return [f"Closed the folder {home} to others: it is for this user alone."]


def make_secret(config: Config) -> list[str]:
    if config.secret:
        return []
    # Exclusive: of two that run at once, one makes the secret and the other fails.
    handle = os.open(config.secret_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(SECRET_BYTES) + "\n")
    return [f"Made a secret in {config.secret_file}. Keep a copy away from the backups."]


def make_database(config: Config) -> list[str]:
    if version_of(config) is not None:
        return []
    file = config.sqlite_file
    if file is not None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
    migrations.upgrade(config.database)
    return [f"Made the database {file or config.url.render_as_string(hide_password=True)}."]


def found_district(config: Config, name: str) -> str:
    demand_head(config)
    with database.opened(config), database.writing() as session:
        space = session.scalar(select(Space.id).where(Space.name == name))
        if space is not None:
            return f"The district {name} is there already ({space})."
        space = organisation.create_space(session, name)
    return f"Founded the district {name} ({space}). Next: `walkapp create-admin`."
