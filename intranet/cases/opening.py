"""Opening a case: whichever page shows a serious one, or one in an emergency, that it was read is recorded first."""

from uuid import UUID

from intranet.audit.readings import record_reading
from intranet.cases.readable import Standing

KIND = "cases.case"


def before_showing(case_id: UUID, standing: Standing) -> None:
    """Record and commit that somebody reads a serious case, or in an emergency; call it before its page is made.

    Raises `LogUnavailable` when it cannot be recorded: then nothing is shown.
    """
    if standing.row.serious or standing.in_emergency:
        record_reading(KIND, case_id, standing.ground)
