"""The one clock of the service."""

import time


def now_ms() -> int:
    """Milliseconds since the epoch, UTC, by this machine."""
    return time.time_ns() // 1_000_000
