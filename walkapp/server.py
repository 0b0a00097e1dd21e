"""gunicorn, set up for this app: threads, and one worker process where the database is one file."""

import os
import signal
import socket
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
from gunicorn.http import wsgi  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from . import create_app
from .config import Config

REQUEST_SECONDS = 60
STOP_SECONDS = 10
DRAIN_SECONDS = STOP_SECONDS - 1  # after a polite stop: requests that have begun may end
QUIT_SECONDS = 2  # after Ctrl-C: somebody is waiting at the terminal
KEEP_ALIVE_SECONDS = 15


class Server(BaseApplication):
    """Runs in the process that makes it, until a signal; then it ends with code 0."""

    def __init__(self, config: Config, say: Callable[[str], None]) -> None:
        self.config = config
        self.say = say
        super().__init__()

    def load_config(self) -> None:
        for name, value in settings(self.config).items():
            self.cfg.set(name, value)
        self.cfg.set("when_ready", lambda arbiter: self.say(sentence(arbiter, self.config)))

    def load(self) -> Flask:
        return create_app(self.config)


class TerseResponse(wsgi.Response):
    """Says neither what serves here, nor what HTTP/1.1 means anyway."""

    def default_headers(self) -> list[str]:
        lines: list[str] = super().default_headers()
        needless = (
            ("Server:", "Connection: keep-alive") if self.req.version >= (1, 1) else "Server:"
        )
        return [line for line in lines if not line.startswith(needless)]


class Worker(ThreadWorker):
    """Stops when the master says so, and in time whatever its threads wait for.

    A tablet that fell silent in the middle of a request holds a thread; the master would kill such
    a worker and guess aloud that memory ran out. What was not committed by then never happened.
    """

    def init_signals(self) -> None:
        super().init_signals()
        # Ctrl-C reaches every process of the terminal: two stops at once could block each other.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGALRM, lambda _signal, _frame: os._exit(0))
        wsgi.Response = TerseResponse  # gunicorn has no setting for it

    def handle_exit(self, sig: int, frame: Any) -> None:
        signal.alarm(DRAIN_SECONDS)
        super().handle_exit(sig, frame)

    def handle_quit(self, sig: int, frame: Any) -> None:
        signal.alarm(QUIT_SECONDS)
        super().handle_quit(sig, frame)


def settings(config: Config) -> dict[str, Any]:
    # On SQLite the lock that lets writers queue fairly lives in one process: there is only one.
    workers, threads = (1, 16) if config.is_sqlite else (2, 8)
    host = f"[{config.host}]" if ":" in config.host else config.host
    return {
        "bind": f"{host}:{config.port}",
        "workers": workers,
        "threads": threads,
        "worker_class": Worker,
        "timeout": REQUEST_SECONDS,
        "graceful_timeout": STOP_SECONDS,
        "keepalive": KEEP_ALIVE_SECONDS,
        "loglevel": "warning",
        "umask": 0o077,
        "control_socket_disable": True,
        # What a proxy says about the visitor is believed in one place, create_app, or nowhere.
        "forwarded_allow_ips": "",
        "secure_scheme_headers": {},
    }


def sentence(arbiter: Any, config: Config) -> str:
    """Where it listens, once it does."""
    host, port = arbiter.LISTENERS[0].sock.getsockname()[:2]
    name = f"[{host}]" if arbiter.LISTENERS[0].sock.family == socket.AF_INET6 else host
    said = f"walkapp is listening on http://{name}:{port} (Ctrl-C stops it)"
    if config.is_loopback or config.proxy:
        return said
    return f"{said}\nTablets can install the app only over https: put a TLS server in front."
