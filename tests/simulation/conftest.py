"""What the simulation's tests share."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from .running import make_templates

MEMORY = Path("/dev/shm")


@pytest.fixture(scope="session")
def shelf() -> Iterator[Path]:
    """A folder in memory, where the machine has one: not the disk is tested here."""
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def templates(shelf: Path) -> Path:
    return make_templates(shelf / "templates")
