"""What can go wrong with a backup, in sentences for the one at the command line."""

DAMAGE = ("malformed", "not a database")  # in SQLite's own words


class BackupError(Exception):
    """A backup could not be made, or not be used; the live data is as it was."""


class Damaged(BackupError):
    """The file holds what SQLite cannot read as it was written."""


def is_damage(trouble: BaseException) -> bool:
    """Is a file broken, and not only out of reach?"""
    return isinstance(trouble, Damaged) or any(words in str(trouble) for words in DAMAGE)
