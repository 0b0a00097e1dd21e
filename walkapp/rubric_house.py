"""A server's own rubrics, in WALK_HOME/rubrics: copies that a district edits and publishes.

They are files like those of the release and pass the same check. What was published is sealed in a
`published.json` beside them and never changes; an id of the release cannot be taken.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path

from .rubric import Rubric
from .rubric_content import content_hash
from .rubric_files import (
    FOLDER,
    SEALS,
    RubricFault,
    RubricsBroken,
    check_files,
    load_rubric,
    rubric_paths,
    seals,
)
from .rubric_sense import file_name


class NotPossible(Exception):
    """A sentence for whoever asked."""


def folder_of(home: Path) -> Path:
    return home / "rubrics"


def house_library(home: Path) -> dict[str, Rubric]:
    """The house's rubrics by the id of their record; a draft that is not right yet is left out.

    RubricsBroken where a published one was altered.
    """
    sealed = {
        file_name(id, int(version))
        for id, versions in seals(folder_of(home)).items()
        for version in versions
    }
    found = {}
    for path in rubric_paths(folder_of(home)):
        try:
            rubric = load_rubric(path)
        except RubricsBroken:
            # A draft in the middle of being written waits; on what was published somebody stands.
            if path.name in sealed:
                raise
        else:
            found[rubric.record_id] = rubric
    return found


def check_house(home: Path) -> list[RubricFault]:
    """Everything wrong in the house's files; none may call itself what the release calls one."""
    taken = {path.stem for path in rubric_paths()}
    paths = rubric_paths(folder_of(home))
    faults = check_files(paths)
    for path in paths:
        if re.sub(r"-v\d+$", "", path.stem) in taken:
            faults.append(RubricFault(path.name, 1, "id", "is the id of a rubric of the release"))
    return faults


def find(home: Path, name: str) -> Path:
    """The file of a rubric by its name (`oak-hill-walk`, `oak-hill-walk-v2`), the house's first."""
    for folder in (folder_of(home), FOLDER):
        if (folder / f"{name}.yaml").exists():
            return folder / f"{name}.yaml"
    raise NotPossible(f"There is no rubric {name}. `walkapp rubrics list` shows all of them.")


def copied(home: Path, source: str, id: str, title: str | None) -> Path:
    """A draft of one's own with the words of another one, comments and all."""
    if any(path.stem == id for path in (*rubric_paths(), *rubric_paths(folder_of(home)))):
        raise NotPossible(f"There is a rubric {id} already. Choose another name.")
    facts = {"id": id, "version": "1", "status": "draft"}
    if title:
        facts["title"] = json.dumps(title, ensure_ascii=True)
    return _written(home, find(home, source), id, 1, facts)


def next_version(home: Path, name: str) -> Path:
    """A draft of the version after the newest one, to be edited."""
    id = re.sub(r"-v\d+$", "", name)
    own = [path for path in rubric_paths(folder_of(home)) if _is_version_of(path, id)]
    if not own:
        raise NotPossible(f"{id} is not a rubric of this server. Copy it first.")
    newest = max((load_rubric(path) for path in own), key=lambda rubric: rubric.version)
    if not newest.is_published:
        raise NotPossible(f"Version {newest.version} of {id} is still a draft: edit that one.")
    version = newest.version + 1
    source = folder_of(home) / file_name(id, newest.version)
    return _written(home, source, id, version, {"version": str(version), "status": "draft"})


def publish(home: Path, name: str) -> Rubric:
    """Seal a draft. From then on its words stay as they are."""
    path = find(home, name)
    if path.parent != folder_of(home):
        raise NotPossible(f"{name} belongs to the release, not to this server.")
    before = path.read_text("ascii")
    draft = load_rubric(path)
    if draft.is_published:
        raise NotPossible(f"{name} is published already.")
    path.write_text(_with(before, {"status": "published"}), "ascii")
    faults = [one for one in check_files([path]) if "without a seal" not in one.sentence]
    if faults:
        path.write_text(before, "ascii")
        raise NotPossible("\n".join(map(str, faults)))
    known = seals(folder_of(home))
    known.setdefault(draft.id, {})[str(draft.version)] = content_hash(draft.content)
    (folder_of(home) / SEALS).write_text(json.dumps(known, indent=2) + "\n", "ascii")
    return load_rubric(path)


def _is_version_of(path: Path, id: str) -> bool:
    return path.stem == id or re.fullmatch(rf"{re.escape(id)}-v\d+", path.stem) is not None


def _written(home: Path, source: Path, id: str, version: int, facts: Mapping[str, str]) -> Path:
    folder = folder_of(home)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file_name(id, version)
    path.write_text(_with(source.read_text("ascii"), facts), "ascii")
    return path


def _with(text: str, facts: Mapping[str, str]) -> str:
    """The file with some lines of its head rewritten; all else stays, byte for byte."""
    for key, value in facts.items():
        head, found, rest = re.split(rf"(?m)^({key}: .*)$", text, maxsplit=1)
        text = f"{head}{key}: {value}{rest}" if found else text
    return text
