"""Says which page shows a suspicion about staff, and gives the forms of incidents and signals their tick."""

from flask import Flask

from intranet.api import record_page
from intranet.staff_matters.reporting import fork


def setup(app: Flask) -> None:
    """Run once for an application."""
    record_page(app, "staff_matters.matter", "staff_matters.matter", "matter_id")
    app.jinja_env.globals["about_staff"] = fork
