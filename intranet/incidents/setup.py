"""Says which page shows an incident."""

from flask import Flask

from intranet.api import record_page


def setup(app: Flask) -> None:
    """Run once for an application."""
    record_page(app, "incidents.incident", "incidents.incident", "incident_id")
