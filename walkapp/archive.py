"""One file that holds many: a tar whose first member says what the others have to be.

The manifest names each member with its size and SHA-256, in their order, and itself with a digest.
Reading checks every byte against it; what was cut, altered, added or left out is refused.
"""

import io
import json
import os
import re
import tarfile
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from .backup_trouble import BackupError

FORMAT, VERSION = "walkapp-backup", 1
MANIFEST = "manifest.json"
MOST_MANIFEST_BYTES = 500_000_000
PIECE_BYTES = 1_000_000
FOLDER_OWNER_ONLY = 0o700

# No part begins with a dot: nothing leads out of the folder it is unpacked to.
_NAME = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)*", re.ASCII)


class BadArchive(BackupError):
    """The file is not a whole backup as it was written; the sentence says in what way."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside: its name there, and what its bytes have to be."""

    name: str
    size: int
    sha256: str


def member(name: str, file: Path) -> Member:
    """The file as it is now."""
    digest, size = sha256(), 0
    with file.open("rb") as source:
        while piece := source.read(PIECE_BYTES):
            digest.update(piece)
            size += len(piece)
    return Member(name, size, digest.hexdigest())


def write(target: Path, said: Mapping[str, Any], members: Sequence[tuple[Member, Path]]) -> None:
    """Write the manifest and then every member; one that is not what was said stops it."""
    with tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as tar:
        manifest = _manifest(said, [member for member, _ in members])
        tar.addfile(_header(MANIFEST, len(manifest)), io.BytesIO(manifest))
        for each, file in members:
            with file.open("rb") as source:
                told = _Told(source)
                tar.addfile(_header(each.name, each.size), told)
                if told.digest.hexdigest() != each.sha256 or source.read(1):
                    raise BadArchive(f"{file} changed while it was copied.")


def read(
    source: Path, into: Path | None = None, only: Container[str] | None = None
) -> dict[str, Any]:
    """Check every byte, and unpack into a folder (all of it, or `only` these); the manifest."""
    try:
        with source.open("rb") as file, tarfile.open(fileobj=file, mode="r:") as tar:
            said = _read_manifest(source, tar)
            for each in members_of(said):
                wanted = into is not None and (only is None or each.name in only)
                _read_member(source, tar, each, into if wanted else None)
            _refuse_more(source, tar, file)
            return said
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError, RecursionError) as trouble:
        raise BadArchive(f"{source} is not a whole backup of walkapp ({trouble}).") from trouble


def members_of(said: Mapping[str, Any]) -> list[Member]:
    """What is inside, in its order."""
    members = [Member(**each) for each in said["members"]]
    names = {each.name for each in members}
    if len(names) < len(members) or not all(map(_NAME.fullmatch, names)):
        raise BadArchive("The list of contents names what no backup holds.")
    return members


def manifest_of(source: Path) -> dict[str, Any]:
    """What a backup says of itself; its members are not looked at."""
    with tarfile.open(source, "r:") as tar:
        return _read_manifest(source, tar)


class _Told:
    """A source whose bytes are counted into a digest as they are read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self.digest.update(piece)
        return piece


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o600
    return header


def _manifest(said: Mapping[str, Any], members: Sequence[Member]) -> bytes:
    listed = [{"name": one.name, "size": one.size, "sha256": one.sha256} for one in members]
    whole = {"format": FORMAT, "version": VERSION, **said, "members": listed}
    return json.dumps({**whole, "digest": _digest(whole)}, indent=1).encode()


def _digest(said: Mapping[str, Any]) -> str:
    plain = {name: value for name, value in said.items() if name != "digest"}
    return sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _read_manifest(source: Path, tar: tarfile.TarFile) -> dict[str, Any]:
    first = tar.next()
    if first is None or first.name != MANIFEST or first.size > MOST_MANIFEST_BYTES:
        raise BadArchive(f"{source} is not a backup of walkapp.")
    said = json.loads(_bytes_of(tar, first).read())
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise BadArchive(f"{source} is not a backup of walkapp.")
    if said.get("version") != VERSION:
        raise BadArchive(
            f"{source} is a backup of a kind this version does not know "
            f"({said.get('version')}): install a newer walkapp first."
        )
    if said.get("digest") != _digest(said):
        raise BadArchive(f"{source} was altered: its list of contents is not as it was written.")
    return said


def _read_member(source: Path, tar: tarfile.TarFile, wanted: Member, into: Path | None) -> None:
    found = tar.next()
    if found is None:
        raise BadArchive(f"{source} is cut short: {wanted.name} is missing.")
    if (found.name, found.size) != (wanted.name, wanted.size) or not _is_plain(found):
        raise BadArchive(f"{source} was altered: {found.name!r} is not what the list says.")
    digest, bytes_in = sha256(), _bytes_of(tar, found)
    with _place(into, wanted.name) as out:
        for piece in _pieces(bytes_in):
            digest.update(piece)
            out.write(piece)
    if digest.hexdigest() != wanted.sha256:
        raise BadArchive(f"{source} is damaged: {wanted.name} is not as it was written.")


def _refuse_more(source: Path, tar: tarfile.TarFile, file: IO[bytes]) -> None:
    if (found := tar.next()) is not None:
        raise BadArchive(f"{source} was altered: {found.name!r} is not on its list.")
    end = file.seek(0, os.SEEK_END)
    # A tar ends in two empty blocks, and is filled up to a whole record.
    if end - tar.offset < 2 * tarfile.BLOCKSIZE or end % tarfile.RECORDSIZE:
        raise BadArchive(f"{source} is cut short.")
    file.seek(tar.offset)
    if any(piece.strip(b"\0") for piece in _pieces(file)):
        raise BadArchive(f"{source} was altered: something was added at its end.")


def _bytes_of(tar: tarfile.TarFile, header: tarfile.TarInfo) -> IO[bytes]:
    found = tar.extractfile(header) if _is_plain(header) else None
    if found is None:
        raise BadArchive(f"{header.name!r} in the backup is no file.")
    return found


def _is_plain(header: tarfile.TarInfo) -> bool:
    # A file with holes is as long as its header says, and takes no room before it is unpacked.
    return header.isreg() and not header.issparse()


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(PIECE_BYTES):
        yield piece


def _place(into: Path | None, name: str) -> IO[bytes]:
    if into is None:
        return Path(os.devnull).open("wb")
    path = into / name
    path.parent.mkdir(mode=FOLDER_OWNER_ONLY, parents=True, exist_ok=True)
    return open(path, "xb", opener=_for_owner_only)


def _for_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
