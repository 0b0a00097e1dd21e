"""The rubric files of this release: checked with file, line and field, and loaded."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from .rubric import PUBLISHED, Rubric
from .rubric_content import content_hash, normalised
from .rubric_sense import file_name, findings
from .rubric_shape import RubricFile
from .rubric_yaml import Place, Read, read

# A package of its own, so that it is found in an installed wheel and in a checkout alike.
FOLDER = Path(str(files("walkapp.rubrics")))
SEALS = "published.json"

_SHAPE = RubricFile()


@dataclass(frozen=True)
class RubricFault:
    """One thing wrong in a rubric file, said so that its writer can find and mend it."""

    file: str
    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        return (
            f"{where}: {self.field} {self.sentence}" if self.field else f"{where}: {self.sentence}"
        )


class RubricsBroken(Exception):
    """The rubric files of this release do not pass their own check."""

    def __init__(self, faults: list[RubricFault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def rubric_paths(folder: Path = FOLDER) -> list[Path]:
    """Every rubric file of the folder, by name."""
    return sorted(folder.glob("*.yaml"))


def check_files(paths: Iterable[Path | str]) -> list[RubricFault]:
    """Everything wrong in these files, file by file and in the order of the lines."""
    return [fault for path in paths for fault in _checked(Path(path))[1]]


def check_release(folder: Path = FOLDER) -> list[RubricFault]:
    """The same for every file of a folder, and no published version may be missing."""
    return check_files(rubric_paths(folder)) + _missing(folder)


def load_rubric(path: Path) -> Rubric:
    """The rubric of one file that passes the check."""
    data, faults = _checked(path)
    if faults:
        raise RubricsBroken(faults)
    return _rubric(data)


def load_library(home: Path | None = None) -> dict[str, Rubric]:
    """Every rubric version, drafts included, by the id of its record: those of this release and,
    of a server with rubrics of its own, those in its home."""
    if home is None:
        return dict(_library())
    from .rubric_house import house_library

    # The release's own stand whatever a house may have called its files.
    return house_library(home) | dict(_library())


def seals(folder: Path = FOLDER) -> dict[str, dict[str, str]]:
    """The hash of every version ever published: rubric -> version -> SHA-256 of its content."""
    path = folder / SEALS
    known: dict[str, dict[str, str]] = json.loads(path.read_text("ascii")) if path.exists() else {}
    return known


@cache
def _library() -> Mapping[str, Rubric]:
    rubrics = [load_rubric(path) for path in rubric_paths()]
    return {rubric.record_id: rubric for rubric in rubrics}


def _rubric(data: Mapping[str, Any]) -> Rubric:
    return Rubric(
        id=data["id"],
        version=data["version"],
        title=data["title"],
        status=data["status"],
        unit=data["unit"],
        content=normalised(data),
    )


def _checked(path: Path) -> tuple[Any, list[RubricFault]]:
    found = read(path)
    written = [RubricFault(path.name, t.line, _say(t.place), t.sentence) for t in found.troubles]
    if written:
        return None, written
    told = [
        RubricFault(path.name, found.line_of(place), _say(place), sentence)
        for place, sentence in _findings(found, path)
    ]
    return found.data, sorted(told, key=lambda fault: fault.line)


def _findings(found: Read, path: Path) -> list[tuple[Place, str]]:
    """Sense is asked for only where the shape holds."""
    messages = _SHAPE.validate(found.data) if isinstance(found.data, dict) else None
    if messages is None:
        return [((), "is not a list of keys and values")]
    if messages:
        return list(_flat(messages, ()))
    # Only a file that is whole has a normal form to compare with what was published.
    return list(findings(found.data, path.stem)) or list(_changed(found.data, path.parent))


def _flat(messages: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Marshmallow's nested messages as places and sentences."""
    if isinstance(messages, dict):
        for key, inner in messages.items():
            # "value" and "_schema" are marshmallow's own words, no keys of the file.
            own = key == "_schema" or (key in ("key", "value") and isinstance(inner, list))
            yield from _flat(inner, place if own else (*place, key))
        return
    for sentence in messages:
        yield place, _sentence(sentence)


def _sentence(message: str) -> str:
    said = {
        "Missing data for required field.": "is missing",
        "Not a valid integer.": "is not a whole number",
        "Not a valid string.": "is not a text",
        "Not a valid boolean.": "is neither true nor false",
        "Not a valid list.": "is not a list",
        "Not a valid mapping type.": "is not a group of keys",
        "Field may not be null.": "is empty",
    }
    return said.get(message, message[:1].lower() + message[1:])


def _changed(data: Mapping[str, Any], folder: Path) -> Iterator[tuple[Place, str]]:
    # A file on its own is held against what the release published.
    known = seals(folder) or seals()
    sealed = known.get(data["id"], {}).get(str(data["version"]))
    published = data["status"] == PUBLISHED
    if sealed is None and published:
        yield ("status",), "is published without a seal: see rubrics/README.md, Publishing"
    if sealed is None:
        return
    if not published:
        yield ("status",), "was published and stays so: make a new version instead"
    if content_hash(normalised(data)) != sealed:
        yield (
            ("version",),
            "was published and its text has changed since: make a new version instead",
        )


def _missing(folder: Path) -> list[RubricFault]:
    return [
        RubricFault(SEALS, 1, f"{rubric}.{version}", "was published and its file is gone")
        for rubric, versions in seals(folder).items()
        for version in versions
        if not (folder / file_name(rubric, int(version))).exists()
    ]


def _say(place: Place) -> str:
    """A place as a person reads it: `domains[0].indicators[2].levels.3`."""
    said = ""
    for part in place:
        is_item = isinstance(part, int) and not said.endswith("levels")
        said += f"[{part}]" if is_item else f".{part}"
    return said.lstrip(".")
