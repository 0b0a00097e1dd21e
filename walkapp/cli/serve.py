"""`walkapp serve`: the app under gunicorn."""

import errno
import socket
from dataclasses import replace

import click

from ..config import Config
from .setting import Trouble, demand_head

HIGHEST_PORT = 65535


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
    demand_address(config)
    Server(config, click.echo).run()


def demand_address(config: Config) -> None:
    """Say at once why nothing can listen there; gunicorn would try for seconds first."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except (OSError, UnicodeError) as trouble:
            raise Trouble(why_not(config, trouble)) from trouble


def why_not(config: Config, trouble: Exception) -> str:
    host, port = config.host, config.port
    if isinstance(trouble, socket.gaierror | UnicodeError):
        return f"There is no listening on {host}: no host is called that. Look at WALK_HOST."
    number = trouble.errno if isinstance(trouble, OSError) else None
    if number == errno.EADDRINUSE:
        other = port + 1 if port < HIGHEST_PORT else port - 1
        return (
            f"Port {port} is in use by another program. "
            f"Choose another: make run PORT={other}, or WALK_PORT={other}."
        )
    if number == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this machine. Look at WALK_HOST."
    if number == errno.EACCES:
        return f"Port {port} is not for this user. Choose one above 1023, as WALK_PORT=8000."
    return f"There is no listening on {host}, port {port} ({trouble})."
