"""The files a browser gets, named by the hash of their bytes.

Names are stable and freshness comes from the ETag: plain modules import each other by fixed path.
"""

import json
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from .slimming import slim

TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}
MANIFEST_TYPE = "application/manifest+json"
DOCUMENT_TYPE = "text/html; charset=utf-8"
BYTES_TYPE = "application/octet-stream"
DOCUMENT = "/app/"
MANIFEST = "/manifest.json"
WORKER = "/static/sw.js"
NO_WORKER = "/static/no-worker.js"
FIRST_MODULE = "/static/js/boot.js"
FIRST_SHEET = "/static/css/app.css"
HASH_DIGITS = 16

# Only what a tablet without network needs: not the sheets of the pages, not the icons that the
# system fetches once when the app is put on the home screen.
OFFLINE_TYPES = (".js", ".svg")
OFFLINE = frozenset({MANIFEST, FIRST_SHEET})
NOT_OFFLINE = frozenset({WORKER, NO_WORKER})
# Of these a tablet keeps only those of its people's languages.
WORDS = "/static/words/"
# The way out of a worker that went wrong must not be handed out by that worker.
RESCUE = "/static/rescue/"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, ready to be sent."""

    raw: bytes
    tag: str
    mime: str


@dataclass(frozen=True, slots=True)
class Shell:
    """All files by path, the version of the app they make together, and its service worker."""

    assets: dict[str, Asset]
    build: str
    worker: Asset
    no_worker: Asset
    changed: float
    offline: tuple[str, ...]

    def in_one_piece(self) -> Asset:
        """All that is needed offline: a line of [path, length, type] for each, then their bytes.

        Packed together they are a third smaller than one by one.
        """
        found = [(path, self.assets[path]) for path in self.offline]
        listed = json.dumps([[path, len(asset.raw), asset.mime] for path, asset in found])
        return _asset(b"\n".join([listed.encode(), b"".join(a.raw for _, a in found)]), BYTES_TYPE)


class Document(Protocol):
    def __call__(self, *, modules: list[str], sheet: str, build: str) -> str:
        """The document of the app, which holds no data and so is a file like any other."""


def read_shell(document: Document, *, readable: bool = False) -> Shell:
    """Read `static/` and the manifest, and render the document of the app from what is there.

    `readable` serves scripts as they are written, for who works on the app.
    """
    changed = newest_change()
    sources = _read_sources()
    assets = _assets(sources, readable)
    kept = [path for path in sorted(assets, key=_in_the_pack) if _is_needed_offline(path)]
    words = {path: assets[path].tag for path in sorted(assets) if path.startswith(WORDS)}
    render = partial(document, modules=boot_modules(sources), sheet=FIRST_SHEET)
    # The document names the build and is part of it: the build is made from its blank form.
    hashes = {path: assets[path].tag for path in [*kept, WORKER]}
    build = _build(render(build=""), hashes | words)
    assets[DOCUMENT] = _asset(render(build=build).encode(), DOCUMENT_TYPE)
    files = {path: assets[path].tag for path in [DOCUMENT, *kept]}
    worker = _worker(assets, build, files, words)
    return Shell(assets, build, worker, assets[NO_WORKER], changed, tuple(files))


def newest_change() -> float:
    """When the newest of the files was written; also moves when one is added or taken away."""
    files = files_on_disk().values()
    return sum(file.stat().st_mtime for file in files if file.is_file())


def _build(blank: str, hashes: dict[str, str]) -> str:
    lines = [f"{path} {tag}" for path, tag in hashes.items()]
    return _hash("\n".join([blank, *lines]).encode())


def _worker(
    assets: dict[str, Asset], build: str, files: dict[str, str], words: dict[str, str]
) -> Asset:
    constants = (
        f"const BUILD = {json.dumps(build)};\nconst SHELL = {json.dumps(files, indent=1)};\n"
        f"const WORDS = {json.dumps(words)};\n"
    )
    return _asset(constants.encode() + assets[WORKER].raw, TYPES[".js"])


def boot_modules(sources: dict[str, bytes]) -> list[str]:
    """All that the first module imports at once, itself first: what starting waits for."""
    found: dict[str, None] = {}
    waiting = [FIRST_MODULE]
    while waiting:
        path = waiting.pop(0)
        if path in sources and path not in found:
            found[path] = None
            waiting += _links(path, sources[path].decode(), _STATIC_IMPORT)
    return list(found)


def one_sheet(path: str, sources: dict[str, bytes]) -> str:
    """The sheet with what it imports written in its place.

    Each sheet more is a question more that opening the app waits for; their order stays.
    """

    def written(found: re.Match[str]) -> str:
        imported = posixpath.normpath(posixpath.join(posixpath.dirname(path), found[1]))
        return one_sheet(imported, sources) if imported in sources else found[0]

    return _SHEET_IMPORT.sub(written, sources[path].decode())


# The first module brings the words and then, waiting for it, the app: that is at once as well.
_STATIC_IMPORT = re.compile(
    r"""^(?:[ \t]*(?:import|export)\b(?:[^'"();]*?\bfrom)?\s*"""
    r"""|(?:const \{ \w+ \} = )?await import\()"""
    r"""['"](\.[^'"]+)['"]""",
    re.MULTILINE,
)
_SHEET_IMPORT = re.compile(r"""@import\s+['"]([^'":]+)['"];""")


def _links(path: str, text: str, link: re.Pattern[str]) -> Iterable[str]:
    folder = posixpath.dirname(path)
    return [posixpath.normpath(posixpath.join(folder, to)) for to in link.findall(text)]


def files_on_disk() -> dict[str, Path]:
    """Path in the browser -> file. In a wheel the manifest lies inside `static/`."""
    static = asset_folder("static")
    files = {
        f"/static/{file.relative_to(static).as_posix()}": file
        for file in sorted(static.rglob("*"))
        if file.is_file() and file.suffix in TYPES and file.name != "manifest.json"
    }
    inside = static / "manifest.json"
    return files | {MANIFEST: inside if inside.is_file() else static.parent / "manifest.json"}


def asset_folder(name: str) -> Path:
    """A top-level folder: inside the package when installed, beside it in a checkout."""
    inside = Path(__file__).parent / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name


def _read_sources() -> dict[str, bytes]:
    return {path: file.read_bytes() for path, file in files_on_disk().items() if file.is_file()}


def _assets(sources: dict[str, bytes], readable: bool) -> dict[str, Asset]:
    whole = sources | {FIRST_SHEET: one_sheet(FIRST_SHEET, sources).encode()}
    small = {path: slim(path, raw, readable=readable) for path, raw in whole.items()}
    return {path: _asset(raw, _type(path)) for path, raw in small.items()}


def _type(path: str) -> str:
    return MANIFEST_TYPE if path == MANIFEST else TYPES[posixpath.splitext(path)[1]]


def _in_the_pack(path: str) -> tuple[bool, bool, bool, str]:
    """Where the file stands among those that come in one piece: what is alike packs best side by
    side, and after what the others are written in."""
    return not path.endswith(".js"), "/core/" not in path, "/store/" not in path, path


def _is_needed_offline(path: str) -> bool:
    if path in NOT_OFFLINE or path.startswith(RESCUE):
        return False
    return path in OFFLINE or path.endswith(OFFLINE_TYPES)


def _asset(raw: bytes, mime: str) -> Asset:
    return Asset(raw, _hash(raw), mime)


def _hash(raw: bytes) -> str:
    return sha256(raw).hexdigest()[:HASH_DIGITS]
