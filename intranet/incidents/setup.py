"""Says which page shows an incident, and who reads it."""

from uuid import UUID

from flask import Flask

from intranet.api import record_page
from intranet.incidents.readable import reader, standing_to


def setup(app: Flask) -> None:
    """Run once for an application."""
    record_page(app, "incidents.incident", "incidents.incident", "incident_id", _may_read)


def _may_read(incident_id: UUID) -> bool:
    standing = standing_to(incident_id, reader())
    return standing is not None and standing.may_read
