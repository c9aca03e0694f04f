"""Says which page shows a person and which a class group, and gives the preview its filter."""

from flask import Flask

from intranet.api import record_page
from intranet.people.preview import counted


def setup(app: Flask) -> None:
    """Run once for an application."""
    record_page(app, "people.person", "people.person", "person_id")
    record_page(app, "schools.group", "people.group", "group_id")
    app.add_template_filter(counted)
