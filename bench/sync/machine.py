"""Whose work was it? CPU of our own processes, of everybody else's, and waiting for quiet."""

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
CORES = os.cpu_count() or 1
QUIET_SHARE = 0.10  # of the whole machine
LOOK_SECONDS = 0.25


@dataclass(frozen=True)
class Moment:
    """The clock, and the CPU seconds everybody and we have used until then."""

    at: float
    everybody: float
    ours: float

    def share_of_others(self, earlier: "Moment") -> float:
        """How much of the machine was used by what is not ours."""
        used = (self.everybody - earlier.everybody) - (self.ours - earlier.ours)
        return max(0.0, used / ((self.at - earlier.at) * CORES))


def now(beside: Iterable[int] = ()) -> Moment:
    """`beside` are processes of ours that are no children, like a database's."""
    ours = {*family(os.getpid()), *beside}
    return Moment(time.monotonic(), _everybody(), seconds_of(ours))


def wait_for_quiet(patience_seconds: float) -> float:
    """Wait until others use little of the machine, or patience ends; their share at the end."""
    until = time.monotonic() + patience_seconds
    while True:
        before = now()
        time.sleep(LOOK_SECONDS)
        share = now().share_of_others(before)
        if share <= QUIET_SHARE or time.monotonic() >= until:
            return share


def seconds_of(pids: Iterable[int]) -> float:
    """CPU seconds that these processes have used; those that have ended by now count nothing."""
    return sum(_seconds(pid) for pid in pids)


def family(pid: int) -> list[int]:
    """The process and all it has started."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and (fields := _stat(int(folder.name))):
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def _seconds(pid: int) -> float:
    fields = _stat(pid)
    # Its own, and that of children it has waited for: PostgreSQL's backends come and go.
    return sum(map(int, fields[11:15])) / TICKS_A_SECOND if fields else 0.0


def _stat(pid: int) -> list[str]:
    """/proc/PID/stat after the name, from the state on; empty when the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _everybody() -> float:
    words = Path("/proc/stat").read_text("utf-8").partition("\n")[0].split()[1:9]
    user, nice, system, _idle, _wait, irq, softirq, steal = map(int, words)
    return (user + nice + system + irq + softirq + steal) / TICKS_A_SECOND
