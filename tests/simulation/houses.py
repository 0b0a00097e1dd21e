"""The sources of the app laid out in a folder of their own, so that one of them may be a mutant."""

import shutil
from collections.abc import Mapping
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
PARTS = ("sync", "rubrics", "static")
INSIDE = ("walkapp/sync", "walkapp/rubrics", "walkapp/static")


def not_source(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name == "__pycache__" or f"{folder}/{name}".endswith(INSIDE)}


class DoesNotApply(Exception):
    """The text that a mutant changes is not there, or is there twice."""


def lay(folder: Path, edits: Mapping[str, tuple[str, str]] | None = None) -> Path:
    """`folder` as a checkout: walkapp with its parts inside, as they are installed."""
    for part in ("walkapp", *PARTS):
        shutil.copytree(HOUSE / part, folder / part, ignore=not_source, dirs_exist_ok=True)
    for part in PARTS:
        link = folder / "walkapp" / part
        if not link.exists():
            link.symlink_to(folder / part)
    shutil.copyfile(HOUSE / "package.json", folder / "package.json")
    for file, (old, new) in (edits or {}).items():
        change(folder / file, old, new)
    return folder


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    if text.count(old) != 1:
        raise DoesNotApply(f"{file.name} holds {old!r} {text.count(old)} times")
    file.write_text(text.replace(old, new), "utf-8")
