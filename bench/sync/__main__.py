"""walkapp and its peers, side by side in one run: `python -m bench.sync`, or --small to try it."""

import argparse
import json
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from bench import push, validation
from tests import postgres

from . import kinto, report, workloads
from .node import install
from .peers import InNode, Peer, Sharing, Walkapp
from .places import BUILT
from .workloads import SMALL, Runs, Sizes

EVERYBODY = ("sqlite", "gzip", "postgres", "pouch", "express", "rxdb", "floor")
ON_POSTGRES = {"postgres", "kinto"}
IN_NODE = {"pouch", "express", "rxdb"}
# As Debian sets it up: what is committed survives a power cut, as it does on SQLite.
DURABLE = "-c max_connections=60"


def main() -> None:
    wanted = arguments()
    sizes = SMALL if wanted.small else Sizes()
    sizes = replace(
        sizes,
        patience_seconds=sizes.patience_seconds if wanted.patience is None else wanted.patience,
    )
    peers = set(wanted.peers.split(",")) | ({"kinto"} if wanted.kinto else set())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that no server is left behind
    if not shutil.which("node"):
        sys.exit("make bench needs Node.js 20: the clients of all peers run in it.")
    if peers & IN_NODE:
        install()
    if "kinto" in peers:
        kinto.install()
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="walk-bench-")))
        server = ends.enter_context(postgres.running(DURABLE)) if peers & ON_POSTGRES else None
        runs = Runs(sizes, folder)
        say(f"validation: {(us := validation.microseconds()):.1f} µs an observation")
        if "floor" in peers:
            floors(runs)
        with standing(folder / "a", sizes, peers, server) as all_of_them:
            stage("push", workloads.pushes, runs, all_of_them)
            stage("crowd", workloads.crowds, runs, all_of_them)
        with standing(folder / "b", sizes, peers - {"kinto"}, server) as all_of_them:
            for stored in sizes.stored:
                say(f"filling to {stored}")
                workloads.fill(all_of_them, stored)
                if stored == sizes.stored[1]:
                    stage("pull", workloads.pulls, runs, all_of_them)
                say(f"growth at {stored}")
                workloads.growth(runs, all_of_them, stored)
            stage("news", workloads.news, runs, all_of_them)
        finish(runs, us)


def arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m bench.sync", description=__doc__)
    asked.add_argument("--small", action="store_true", help="a few documents, under 3 minutes")
    asked.add_argument("--peers", default=",".join(EVERYBODY), help="some of: %(default)s")
    asked.add_argument("--kinto", action="store_true", help="Kinto on PostgreSQL too")
    asked.add_argument("--patience", type=float, help="seconds to wait for a quiet machine")
    return asked.parse_args()


@contextmanager
def standing(
    folder: Path, sizes: Sizes, wanted: set[str], server: postgres.Postgres | None
) -> Iterator[list[Peer]]:
    """Every wanted peer with an empty database, up and ready."""
    folder.mkdir()
    with ExitStack() as ends:
        found = []
        for peer in _start(folder, sizes.devices, wanted, server):
            ends.callback(peer.stop)
            found.append(peer)
        yield found


def _start(
    folder: Path, people: int, wanted: set[str], server: postgres.Postgres | None
) -> Iterator[Peer]:
    if wanted & {"sqlite", "gzip"}:
        ours = Walkapp(report.OURS, folder / "sqlite", people)
        yield ours
        if "gzip" in wanted:
            yield Sharing(report.PACKED, ours, ours.speaking(writer=1, packs=True), writer=1)
    if server:
        pid = int((server.folder / "data/postmaster.pid").read_text("utf-8").split()[0])
        if "postgres" in wanted:
            url = server.new_database()
            yield Walkapp(report.POSTGRES, folder / "postgres", people, url, pid)
        if "kinto" in wanted:
            yield kinto.Kinto(folder / "kinto", people, server, pid)
    if wanted & {"pouch", "express"}:
        theirs = InNode(report.RIVAL, "pouch", "pouch", folder / "pouch", people)
        yield theirs
        if "express" in wanted:
            yield Sharing("express-pouchdb, plain HTTP", theirs, theirs.speaking("couch"))
    if "rxdb" in wanted:
        yield InNode("rxdb-server, plain HTTP, in memory", "rxdb", "rxdb", folder / "rxdb", people)


def floors(runs: Runs) -> None:
    """The raw floor in this process: parse, check, one plain insert of the same bodies."""
    for ms in push.floor_ms(runs.sizes.push, runs.sizes.rounds):
        runs.all.append({"peer": report.FLOOR, "workload": "push", "ms": ms})


def stage(name: str, work: workloads.Stage, runs: Runs, peers: list[Peer]) -> None:
    say(name)
    work(runs, peers)


def finish(runs: Runs, validation_us: float) -> None:
    results = report.Results(runs.all)
    kept = BUILT / "sync.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(runs.all, indent=1), "utf-8")
    print()
    for line in report.tables(results, runs.sizes):
        print(line)
    print("Targets")
    for target in report.targets(results, runs.sizes, validation_us):
        print(target)
    print(f"Every single run: {kept.relative_to(Path.cwd())}")


def say(what: str) -> None:
    print(f"… {what}", flush=True)


main()
