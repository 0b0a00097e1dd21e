"""Do rows and bytes agree? For the doctor: looks, and changes nothing."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..config import Config
from ..models import File
from .shelf import Shelf, folder_of


@dataclass(frozen=True, slots=True)
class Looked:
    """Photos with all their bytes, photos without, and bytes no photo speaks of (yet)."""

    whole: int
    lost: int
    unspoken: int


def look(session: Session, config: Config) -> Looked:
    """By name and length: a look of seconds, also at a hundred thousand photos."""
    rows = session.execute(select(File.space, File.kept, File.kept_size).distinct())
    spoken = {(space, kept): Shelf.of(config, space).has(kept, size) for space, kept, size in rows}
    there = {(space, path.name) for space in _spaces(config) for path in _kept(config, space)}
    whole = sum(spoken.values())
    return Looked(whole, len(spoken) - whole, len(there - spoken.keys()))


def _spaces(config: Config) -> list[str]:
    folder = folder_of(config)
    return [each.name for each in folder.iterdir() if each.is_dir()] if folder.is_dir() else []


def _kept(config: Config, space: str) -> list[Path]:
    return list(Shelf.of(config, space).kept())
