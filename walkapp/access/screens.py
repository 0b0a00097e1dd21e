"""Which parts of the program a person has something to do in."""

from collections.abc import Iterable

from .ability import ability_of
from .grants import Grant
from .table import ADMINISTER, DECIDE, DESK, OBSERVE, REPORTS

# Screen -> the verb that opens it. Everyone else is refused: a screen is added here first.
SCREENS = {
    "observe": OBSERVE, "desk": DESK, "admin": ADMINISTER, "kept": DECIDE, "reports": REPORTS,
}  # fmt: skip


def screens_for(grants: Iterable[Grant], now: int) -> set[str]:
    """The screens that the grants in force open: some of the names in SCREENS."""
    able = ability_of(grants, now)
    return {screen for screen, verb in SCREENS.items() if able.may_somewhere(verb)}
