"""The time of this machine, as it is stored: whole milliseconds since 1970 in UTC."""

import time

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def now() -> int:
    """Return the time in milliseconds."""
    return time.time_ns() // 1_000_000
