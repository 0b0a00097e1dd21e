"""A process of Node that hears commands as lines of JSON; and the packages of the peers."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from .places import CLIENTS, PEERS

# The versions whose numbers are in design and README; installed when first asked for.
PACKAGES = {
    "cors": "2.8.5",  # rxdb-server asks for it without saying so
    "express": "4.21.2",
    "express-pouchdb": "4.2.0",
    "pouchdb": "9.0.0",
    "pouchdb-adapter-memory": "9.0.0",
    "rxdb": "15.39.0",
    "rxdb-server": "15.22.0",
    "rxjs": "7.8.1",
}


class Node:
    """One script in one process; it ends when its input does."""

    def __init__(self, script: Path, given: dict[str, Any]) -> None:
        words = ["node", "--expose-gc", "--no-warnings", str(script), json.dumps(given)]
        piped = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen(words, text=True, cwd=CLIENTS, **piped)  # type: ignore[call-overload]
        self.pid: int = self._process.pid

    def answer(self) -> Any:
        """The next line it says."""
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._process.args[3]} ended with {self._process.wait()}")
        said = json.loads(line)
        if "trouble" in said:
            raise RuntimeError(said["trouble"])
        return said["ok"]

    def __call__(self, command: str, **given: Any) -> Any:
        self._process.stdin.write(json.dumps({"command": command, **given}) + "\n")
        self._process.stdin.flush()
        return self.answer()

    def stop(self) -> None:
        self._process.stdin.close()
        self._process.wait(timeout=60)


def install() -> None:
    """The peers' packages, in a folder that is thrown away with the other things that are built."""
    wanted = {"name": "walkapp-bench-peers", "private": True, "dependencies": PACKAGES}
    file = PEERS / "package.json"
    if (PEERS / "node_modules").exists() and json.loads(file.read_text("utf-8")) == wanted:
        return
    if not (shutil.which("npm") and shutil.which("node")):
        raise SystemExit("The peers need Node.js 20 with npm. Without: --peers walkapp,floor")
    PEERS.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(wanted), "utf-8")
    print("Installing the peers ...", flush=True)
    words = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
    subprocess.run(words, cwd=PEERS, check=True, stdout=subprocess.DEVNULL)
