"""What a disk may hold after the power went: built from a record of what a program asked of it.

A write is certain once its file was synced after it, a new name once its folder was. Until then
any part of it may be there or not, in sectors of 512 bytes. This is the model that SQLite's own
crash tests use (https://www.sqlite.org/testing.html, "Crash testing").
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR_BYTES = 512
CALLS = "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink"

_LINE = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)\)\s+= (-?\d+)")
_PATH = re.compile(r"<((?:\\x[0-9a-f]{2})+)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Call:
    """One thing asked of the disk: name of the call, the file's name, where and what."""

    name: str
    file: str
    at: int = 0
    data: bytes = b""


@dataclass
class Disk:
    """Files by name: `certain` survives; `pending` may, in whole or in part, in any order."""

    certain: dict[str, bytes]
    pending: list[Call] = field(default_factory=list)

    def ask(self, call: Call) -> None:
        if call.name in ("fsync", "fdatasync"):
            mine = [one for one in self.pending if one.file == call.file]
            for one in mine:
                _apply(self.certain, one)
            self.pending = [one for one in self.pending if one.file != call.file]
        else:
            self.pending.append(call)

    def after_power_loss(self, chance: random.Random) -> dict[str, bytes]:
        """One disk there may be: of what is not certain, some, torn, in any order."""
        files = dict(self.certain)
        some = [one for one in self.pending if chance.random() < 0.6]
        if chance.random() < 0.5:
            chance.shuffle(some)
        for call in some:
            _apply(files, _torn(call, chance))
        return files

    def as_killed(self) -> dict[str, bytes]:
        """The disk if only the program dies: all it asked for is there."""
        files = dict(self.certain)
        for call in self.pending:
            _apply(files, call)
        return files


def calls_in(trace: str, folder: Path) -> Iterator[Call]:
    """The calls that strace (-y -xx) saw on files of the folder."""
    for line in trace.splitlines():
        found = _LINE.match(line)
        if found is None or int(found[3]) < 0:
            continue
        call = _call(found[1], found[2])
        if call and Path(call.file).parent == folder:
            yield Call(call.name, Path(call.file).name, call.at, call.data)


def _call(name: str, arguments: str) -> Call | None:
    texts = [_bytes(text) for text in _TEXT.findall(arguments)]
    if name == "unlink":
        return Call(name, texts[0].decode())
    path = _PATH.search(arguments)
    if name == "openat" or path is None:
        return None
    file = _bytes(path[1]).decode()
    if name == "pwrite64":
        return Call(name, file, int(arguments.rsplit(",", 1)[1]), texts[0])
    if name == "write":
        return Call("append", file, 0, texts[0])
    if name == "ftruncate":
        return Call(name, file, int(arguments.rsplit(",", 1)[1]))
    return Call(name, file)


def _bytes(hexed: str) -> bytes:
    return bytes.fromhex(hexed.replace("\\x", ""))


def _apply(files: dict[str, bytes], call: Call) -> None:
    if call.name == "unlink":
        files.pop(call.file, None)
        return
    held = files.get(call.file, b"")
    if call.name == "ftruncate":
        files[call.file] = held[: call.at].ljust(call.at, b"\0")
        return
    at = len(held) if call.name == "append" else call.at
    held = held.ljust(at, b"\0")
    files[call.file] = held[:at] + call.data + held[at + len(call.data) :]


def _torn(call: Call, chance: random.Random) -> Call:
    if call.name != "pwrite64" or len(call.data) <= SECTOR_BYTES or chance.random() < 0.5:
        return call
    cut = chance.randrange(0, len(call.data), SECTOR_BYTES)
    return Call(call.name, call.file, call.at, call.data[:cut])
