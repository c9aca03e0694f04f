"""Opening a signal: whichever page shows something of one about home, that it was read is recorded first."""

from uuid import UUID

from intranet.audit.readings import record_reading
from intranet.signals.readable import Standing

KIND = "signals.signal"


def before_showing(signal_id: UUID, standing: Standing) -> None:
    """Record and commit that somebody reads a signal about home, or in an emergency; call it before its page is made.

    Raises `LogUnavailable` when it cannot be recorded: then nothing is shown.
    """
    if standing.row.home_signs or standing.in_emergency:
        record_reading(KIND, signal_id, standing.ground)
