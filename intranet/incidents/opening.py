"""Opening an incident: whichever page shows something of a closed one, that it was read is recorded first."""

from uuid import UUID

from intranet.audit.readings import record_reading
from intranet.incidents.readable import Standing

KIND = "incidents.incident"


def before_showing(incident_id: UUID, standing: Standing) -> None:
    """Record and commit that somebody reads a closed incident; call it before its page is made.

    A page that comes back because its form was refused shows as much as any other. Raises `LogUnavailable` when it
    cannot be recorded: then nothing is shown.
    """
    if standing.closed:
        record_reading(KIND, incident_id, standing.ground)
