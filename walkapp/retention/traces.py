"""Where something that was deleted may still lie: in backups made before. What this server can see
of them is said, and that it cannot see others."""

from dataclasses import dataclass
from pathlib import Path

from ..backup import COPIES
from ..config import Config


@dataclass(frozen=True, slots=True)
class Traces:
    """Backups in the server's own folder: how many, and when the oldest and newest were made."""

    count: int
    oldest: int | None
    newest: int | None


def traces(config: Config) -> Traces:
    times = sorted(int(file.stat().st_mtime * 1000) for file in _copies(config.home / COPIES))
    return Traces(len(times), times[0], times[-1]) if times else Traces(0, None, None)


def _copies(folder: Path) -> list[Path]:
    return [file for file in folder.glob("*.tar") if file.is_file()] if folder.is_dir() else []
