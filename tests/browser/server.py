"""The real service in a process of its own, with its own data, that can be killed and started."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from .ports import free_port

STARTED_WITHIN_SECONDS = 30
WALKAPP = Path(sys.executable).with_name("walkapp")


class Server:
    """`walkapp serve` on one port and one home; both stay the same over every restart."""

    def __init__(self, home: Path, program: Path | None = None) -> None:
        self.home = home
        self.program = program  # a copy of the program, instead of the one that is installed
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def command(self, *words: str, given: str | None = None) -> str:
        """Run one walkapp command on this server's data and return what it printed."""
        done = subprocess.run(
            [WALKAPP, *words], env=self.environment(), input=given, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"walkapp {' '.join(words)}\n{done.stdout}"
        return done.stdout

    def start(self) -> None:
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [WALKAPP, "serve"], env=self.environment(),
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        wait_until_it_answers(self)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """SIGTERM asks it to finish; SIGKILL takes it and its workers away in mid-sentence."""
        if self.process is None:
            return
        if how == signal.SIGKILL:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        else:
            self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=10)
            raise
        self.process = None

    def kill(self) -> None:
        self.stop(signal.SIGKILL)

    def environment(self) -> dict[str, str]:
        ours = {
            "WALK_HOME": str(self.home), "WALK_HOST": "127.0.0.1", "WALK_PORT": str(self.port),
        }  # fmt: skip
        if self.program:
            ours["PYTHONPATH"] = str(self.program)
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("WALK_")}
        return inherited | ours

    def log(self) -> str:
        return (self.home / "server.log").read_text(errors="replace")


def wait_until_it_answers(server: Server) -> None:
    end = time.monotonic() + STARTED_WITHIN_SECONDS
    while time.monotonic() < end:
        if server.process is None or server.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{server.url}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{server.log()}")
