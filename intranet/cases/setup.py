"""Says which page shows a case."""

from flask import Flask

from intranet.api import record_page


def setup(app: Flask) -> None:
    """Run once for an application."""
    record_page(app, "cases.case", "cases.case", "case_id")
