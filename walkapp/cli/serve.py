"""`walkapp serve`: the app under gunicorn."""

from dataclasses import replace

import click

from ..config import Config
from .setting import Trouble, demand_head


@click.command()
@click.option("--host", help="Address to listen on, else WALK_HOST (127.0.0.1).")
@click.option(
    "--port", type=int, help="Port to listen on, else WALK_PORT (8000). 0 takes a free one."
)
def serve(host: str | None, port: int | None) -> None:
    """Serve the app until Ctrl-C. Refuses a database that is not of this version."""
    from ..server import Server

    config = Config.from_env()
    config = replace(config, host=host or config.host, port=config.port if port is None else port)
    if not config.secret:
        raise Trouble("There is no secret yet: run `walkapp init` first.")
    demand_head(config)
    Server(config, click.echo).run()
