"""A full disk, told from every other trouble: nothing was written, and making room mends it."""

import errno
import shutil
from pathlib import Path

from sqlalchemy.exc import DBAPIError

FULL = (errno.ENOSPC, errno.EDQUOT)
SQLITE_FULL = 13
POSTGRES_FULL = "53100"


def is_full(trouble: BaseException) -> bool:
    """Could this not be written because there is no room?"""
    if isinstance(trouble, DBAPIError):
        return _is_full_database(trouble.orig)
    return isinstance(trouble, OSError) and trouble.errno in FULL


def has_room(folder: Path, size: int) -> bool:
    """Would this many bytes fit? Asked of the nearest folder that is there."""
    there = next(each for each in (folder, *folder.absolute().parents) if each.is_dir())
    return shutil.disk_usage(there).free >= size


def _is_full_database(trouble: BaseException | None) -> bool:
    code = getattr(trouble, "sqlite_errorcode", None)
    if code is not None:
        return bool(code & 0xFF == SQLITE_FULL)
    if getattr(trouble, "sqlstate", None) == POSTGRES_FULL:
        return True
    return "database or disk is full" in str(trouble)
