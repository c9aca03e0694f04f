"""Opening a suspicion about staff: that somebody reads it is recorded first, whichever page shows something of it."""

from uuid import UUID

from intranet.audit.readings import record_reading
from intranet.staff_matters.readable import Standing

KIND = "staff_matters.matter"


def before_showing(matter_id: UUID, standing: Standing) -> None:
    """Record and commit that somebody reads it; call it before its page is made.

    Raises `LogUnavailable` when it cannot be recorded: then nothing is shown.
    """
    record_reading(KIND, matter_id, standing.ground)
